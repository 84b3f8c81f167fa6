/**
 * The floor for starting, idling and acknowledging: a bare discord.js bot that only defers, with nothing loaded that it
 * does not need. Plain JavaScript, which starts sooner than TypeScript does.
 */
import { Client, Events, Options } from 'discord.js';

const client = new Client({
  intents: [],
  makeCache: Options.cacheWithLimits({ UserManager: 0, MessageManager: 0, GuildMemberManager: 0 }),
  // As it comes, discord.js would hold itself to 50 calls a second, which Discord does not ask of these calls.
  rest: { api: process.env.DISCORD_API_URL, globalRequestsPerSecond: 1_000_000 },
});

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) interaction.deferReply().catch(console.error);
});
client.once(Events.ClientReady, (ready) => {
  console.log('ready');
  const prompt = { type: 3, name: 'prompt', description: 'What the pictures show', required: true };
  ready.application.commands
    .set([{ name: 'seedream', description: 'Makes pictures', options: [prompt] }])
    .catch(console.error);
});
process.on('SIGTERM', () => process.exit(0));
await client.login(process.env.DISCORD_TOKEN);
