import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  Client,
  ComponentType,
  MessageFlags,
  RESTEvents,
  type Attachment,
  type ChatInputCommandInteraction,
  type Interaction,
  type RESTOptions,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { png } from './raw.ts';

type MakeRequest = RESTOptions['makeRequest'];

let standIn: DiscordStandIn;
let client: Client<true>;

/** Logs a real discord.js client in, and waits until it is ready. */
async function login(options: { intents?: number[]; shards?: 'auto' } = {}): Promise<Client<true>> {
  const made = new Client({
    intents: options.intents ?? [],
    // By Node's own fetch: it knows the forms that discord.js makes.
    rest: { api: standIn.apiUrl, globalRequestsPerSecond: 5000, makeRequest: fetch as unknown as MakeRequest },
    ...options,
  });
  made.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    made.once('clientReady', resolve);
    made.login(standIn.token).catch(reject);
  });
}

const onCommand = (act: (interaction: ChatInputCommandInteraction) => Promise<unknown>): void => {
  client.on('interactionCreate', (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) void act(interaction);
  });
};
const paint = (member = standIn.members.ana) =>
  standIn.command({ member, channel: standIn.channels.general, name: 'paint', options: { text: 'a fox' } });

const again = {
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Again', custom_id: 'again:1' }],
} as const;

beforeEach(async () => {
  // The bot shares this process with the stand-in: on a busy machine a burst may take it longer than three seconds.
  standIn = await createDiscordStandIn({ token: 'the.token', identifyWindowMs: 0, acknowledgeWithinMs: 60_000 });
  client = await login();
  const options = [{ type: 3, name: 'text', description: 'd', required: true }];
  await client.application.commands.set([{ name: 'paint', description: 'Paints', options }]);
});

afterEach(async () => {
  await client.destroy();
  await standIn.close();
});

describe('discord.js against the stand-in', () => {
  it('becomes ready with no intents, and with guilds in its cache when it asks for them', async () => {
    expect(client.user.id).toBe(standIn.bot.id);
    const other = await login({ intents: [1] });
    expect(other.guilds.cache.map(({ name }) => name)).toEqual(['Picture Club', 'Otra Casa']);
    expect(other.channels.cache.has(standIn.channels.thread.id)).toBe(true);
    await other.destroy();
  });

  it('knows its application and its owner', async () => {
    const application = await client.application.fetch();
    expect(application.owner?.id).toBe(standIn.host.id);
  });

  it('defers, edits with a picture and a button, follows up privately, and answers the press', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      await interaction.editReply({
        content: `Painted: ${interaction.options.getString('text', true)}`,
        files: [{ attachment: Buffer.from('picture'), name: 'fox.png', description: 'a fox' }],
        embeds: [{ image: { url: 'attachment://fox.png' } }],
        components: [again],
      });
      await interaction.followUp({ content: 'Only you see this', flags: MessageFlags.Ephemeral });
    });
    client.on('interactionCreate', (interaction) => {
      if (interaction.isButton())
        void interaction.reply({ content: `Pressed ${interaction.customId}`, flags: MessageFlags.Ephemeral });
    });
    const interaction = await paint().until(({ followUps }) => followUps.length === 1);
    const { original: message } = interaction;
    if (!message) throw new Error('no response');
    expect(message).toMatchObject({
      content: 'Painted: a fox',
      attachments: [{ filename: 'fox.png', description: 'a fox', inEmbed: true }],
      versions: [{ flags: 128, content: '' }, { flags: 0 }],
    });
    expect(interaction.followUps[0]?.visibleTo).toBe(standIn.members.ana.user);
    const press = standIn.press({ member: standIn.members.ben, message, customId: 'again:1' });
    await press.until(({ original }) => original !== null);
    expect(press.original).toMatchObject({ content: 'Pressed again:1', visibleTo: standIn.members.ben.user });
  });

  it('takes files from an option, a message that a command is used on, and a form', async () => {
    const draw = {
      type: ApplicationCommandOptionType.Attachment as const,
      name: 'picture',
      description: 'd',
      fileTypes: ['image'] as const,
    };
    await client.application.commands.set([
      { name: 'paint', description: 'Paints', options: [draw] },
      { name: 'Edit with Paint', type: ApplicationCommandType.Message },
    ]);
    const seen: string[] = [];
    const see = ({ name, url, width, contentType, ephemeral }: Attachment) =>
      seen.push(
        `${name} ${String(width)} ${contentType ?? ''} ${String(ephemeral)} ${new URL(url).pathname.split('/')[2] ?? ''}`,
      );
    const upload = { type: ComponentType.FileUpload as const, custom_id: 'files', max_values: 10 };
    const label = { type: ComponentType.Label as const, label: 'Files', component: upload };
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) see(interaction.options.getAttachment('picture', true));
      if (interaction.isMessageContextMenuCommand()) {
        interaction.targetMessage.attachments.forEach(see);
        void interaction.showModal({ custom_id: 'form', title: 'Edit', components: [label] });
      }
      if (interaction.isModalSubmit()) {
        interaction.fields.getUploadedFiles('files', true).forEach(see);
        void interaction.reply({ content: 'done' });
      }
    });
    const { ana, ben } = standIn.members;
    const channel = standIn.channels.general;
    const file = (name: string) => ({ name, bytes: png(640, 480) });
    standIn.command({ member: ana, channel, name: 'paint', options: { picture: file('a.png') } });
    const message = standIn.say({ member: ben, channel, files: [file('b.jpg')] });
    const interaction = standIn.messageCommand({ member: ana, message, name: 'Edit with Paint' });
    await interaction.until(({ modal }) => modal !== null);
    const submitted = standIn.submitModal({ interaction, values: { files: [file('c.webp'), file('d.txt')] } });
    await submitted.until(({ original }) => original !== null);
    expect(seen).toEqual([
      'a.png 640 image/png true ephemeral-attachments',
      'b.jpg 640 image/jpeg false attachments',
      'c.webp 640 image/webp true ephemeral-attachments',
      'd.txt 640 text/plain; charset=utf-8 true ephemeral-attachments',
    ]);
  });

  it.each([
    [
      'a dropped connection',
      () => {
        standIn.dropGateway();
      },
    ],
    [
      'a close code that allows it',
      () => {
        standIn.dropGateway(4000);
      },
    ],
    [
      'a request to reconnect',
      () => {
        standIn.reconnectGateway();
      },
    ],
  ])('resumes after %s and hears what it missed', async (_what, disturb) => {
    onCommand((interaction) => interaction.reply('Heard'));
    let resumes = 0;
    standIn.on((event) => {
      if (event.type === 'gateway' && event.change === 'resume') resumes += 1;
    });
    disturb();
    const interaction = await paint().acknowledged();
    expect(interaction.original?.content).toBe('Heard');
    await standIn.until(() => resumes === 1);
    expect(standIn.identifies()).toBe(1);
  });

  it('gets the errors of Discord as such', async () => {
    const codes: unknown[] = [];
    const failing = (act: () => Promise<unknown>) =>
      act().catch((error: unknown) => {
        codes.push(error instanceof Object && 'code' in error && error.code);
      });
    onCommand(async (interaction) => {
      await interaction.deferReply();
      await failing(() =>
        client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
          body: { type: 5 },
          auth: false,
        }),
      );
      await failing(() => interaction.editReply({ content: 'x'.repeat(2001) }));
      standIn.expireTokens();
      await failing(() => interaction.editReply('late'));
      await client.rest
        .patch(`/channels/${interaction.channelId}/messages/${interaction.id}`, { body: {} })
        .catch(() => undefined);
    });
    paint();
    await standIn.until(() => codes.length === 3);
    expect(codes).toEqual([40060, 50035, 50027]);
  });

  it('waits out a rate limit that it runs into', async () => {
    const limited: string[] = [];
    client.rest.on(RESTEvents.RateLimited, ({ scope }) => limited.push(scope));
    standIn.failNext({ path: /users\/@me$/, status: 429, retryAfter: 1 });
    const started = performance.now();
    await client.rest.get('/users/@me');
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(standIn.requests.slice(-2).map(({ status }) => status)).toEqual([429, 200]);
  });

  it('answers 500 interactions at once, each one, without a rate limit', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      await interaction.editReply('Done');
    });
    const sent = Array.from({ length: 500 }, () => paint());
    await Promise.all(
      sent.map((interaction) => interaction.until(({ original }) => original?.content === 'Done', 30_000)),
    );
    expect(standIn.rateLimited()).toBe(0);
  });
});
