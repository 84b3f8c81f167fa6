/** The load: Discord's stand-in with many guilds, and members who all use the bot. */
import {
  createDiscordStandIn,
  type DiscordStandIn,
  type Interaction,
  type Message,
} from '../playground/discord/stand-in.ts';
import type { Channel, Member } from '../playground/discord/stand-in.ts';

/** What a member may do has no end here: what is measured is the bot, not its limits. */
export const NO_LIMITS = {
  LIMIT_GUILD_DAILY_IMAGES: '1000000000',
  LIMIT_GUILD_MONTHLY_IMAGES: '1000000000',
  LIMIT_USER_DAILY_IMAGES: '1000000000',
  LIMIT_GUILD_ACTIVE_JOBS: '1000000',
  LIMIT_USER_ACTIVE_JOBS: '1000000',
};

export const TOKENS = { discord: 'discord-bench-token', runcomfy: 'runcomfy-bench-token' };

export interface LoadGenerator extends AsyncDisposable {
  discord: DiscordStandIn;
  /** Has the members, one guild after another, send so many `/seedream` in this moment. */
  burst(commands: number, options?: { count?: number; prompt?: string }): Interaction[];
}

/** Many guilds with one channel and one member each. */
export async function createLoadGenerator({
  guilds = 50,
  rateLimits = true,
}: { guilds?: number; rateLimits?: boolean } = {}) {
  const discord = await createDiscordStandIn({ token: TOKENS.discord, identifyWindowMs: 0, rateLimits });
  const places: { member: Member; channel: Channel }[] = [];
  for (let i = 0; i < guilds; i += 1) {
    const guild = discord.addGuild({ name: `Guild ${i}` });
    places.push({
      member: discord.addMember(guild, { name: `Member ${i}` }),
      channel: discord.addChannel(guild, { name: 'pictures' }),
    });
  }
  let sent = 0;
  const load: LoadGenerator = {
    discord,
    burst(commands, { count, prompt = 'a lighthouse in a storm, oil on canvas' } = {}) {
      return Array.from({ length: commands }, () => {
        const place = places[(sent += 1) % places.length];
        if (place === undefined) throw new Error('There are no guilds');
        return discord.command({
          ...place,
          name: 'seedream',
          options: { prompt, ...(count !== undefined && { count }) },
        });
      });
    },
    [Symbol.asyncDispose]: () => discord.close(),
  };
  return load;
}

/** Every message an interaction's job has made, as far as it has files or links. */
export function isDelivered({ original, followUps }: Interaction): boolean {
  return [original, ...followUps].some((message) => message !== null && hasGallery(message));
}

/** Only a gallery carries the button that tells its seed. */
function hasGallery({ components }: Message): boolean {
  return JSON.stringify(components).includes('seed:');
}
