/** What the page is shown of the Discord stand-in: plain objects that survive JSON, with no token in them. */
import {
  guildPermissions,
  has,
  type Channel,
  type DiscordStandIn,
  type Guild,
  type Interaction,
  type Member,
  type Message,
  type User,
} from '../../discord/stand-in.ts';

interface UserView {
  id: string;
  name: string;
  bot: boolean;
  locale: string;
  /** The channel of their direct messages with the bot. */
  directMessages: string | null;
}

interface ChannelView {
  id: string;
  /** `null` for a direct message. */
  guildId: string | null;
  name: string;
  /** The channel a thread hangs on. */
  parentId: string | null;
}

interface GuildView {
  id: string;
  name: string;
  members: { userId: string; role: string }[];
  roles: { id: string; name: string }[];
}

export interface WorldView {
  botId: string;
  /** Bytes of one file that people may send. */
  maxFileBytes: number;
  users: UserView[];
  guilds: GuildView[];
  channels: ChannelView[];
  commands: unknown[];
}

export interface MessageView {
  id: string;
  channelId: string;
  authorId: string;
  /** Who alone sees it. */
  visibleTo: string | null;
  content: string;
  embeds: unknown;
  components: unknown;
  attachments: {
    url: string;
    name: string;
    alt: string;
    /** Whether it is drawn as a picture; any other is a file. */
    picture: boolean;
    width: number | null;
    height: number | null;
    inEmbed: boolean;
    spoiler: boolean;
  }[];
  flags: number;
  createdAt: number;
  editedAt: number | null;
  /** The command it answers, as `Ana used /seedream`; with the message that it was used on, if it was. */
  used: { userId: string; command: string; targetId: string | null } | null;
  repliesTo: string | null;
}

/** Every guild that people can be in. */
export const guildsOf = (discord: DiscordStandIn): Guild[] => Object.values(discord.guilds);

/** What a member is, for a list of people to be. */
function roleOf(member: Member, discord: DiscordStandIn): string {
  const permissions = guildPermissions(member);
  const rank =
    member.guild.ownerId === member.user.id
      ? 'owner'
      : has(permissions, 'ManageGuild')
        ? 'admin'
        : has(permissions, 'ManageMessages')
          ? 'moderator'
          : 'member';
  return member.user === discord.host ? `${rank}, hosts the bot` : rank;
}

function peopleOf(discord: DiscordStandIn): User[] {
  return [...new Set(guildsOf(discord).flatMap(({ members }) => [...members.values()].map(({ user }) => user)))];
}

function channelView({ id, guild, name, parent, recipient }: Channel): ChannelView {
  return {
    id,
    guildId: guild?.id ?? null,
    name: name ?? recipient?.username ?? '',
    parentId: parent?.id ?? null,
  };
}

/** Everything that exists besides messages. */
export function worldView(discord: DiscordStandIn): WorldView {
  const people = peopleOf(discord);
  const directMessages = people.filter(({ bot }) => !bot).map((user) => discord.directMessageWith(user));
  const guilds = guildsOf(discord);
  return {
    botId: discord.bot.id,
    maxFileBytes: discord.attachmentSizeLimit,
    users: people.map(({ id, username, globalName, bot, locale }) => ({
      id,
      name: globalName ?? username,
      bot,
      locale,
      directMessages: directMessages.find(({ recipient }) => recipient?.id === id)?.id ?? null,
    })),
    guilds: guilds.map((guild) => ({
      id: guild.id,
      name: guild.name,
      members: [...guild.members.values()]
        .filter(({ user }) => !user.bot)
        .map((member) => ({ userId: member.user.id, role: roleOf(member, discord) })),
      roles: [...guild.roles.values()].map(({ id, name }) => ({ id, name })),
    })),
    channels: [...guilds.flatMap(({ channels }) => [...channels.values()]), ...directMessages].map(channelView),
    commands: [...discord.commands(), ...guilds.flatMap((guild) => discord.commands(guild))],
  };
}

/** The command as typed: its name with group and subcommand. */
function commandOf({ payload }: Interaction): string {
  const data = payload['data'] as { name?: string; options?: { name: string; type: number }[] } | undefined;
  const words = [data?.name ?? ''];
  let level = data?.options;
  while (level?.[0] && level[0].type <= 2) {
    words.push(level[0].name);
    level = (level[0] as { options?: { name: string; type: number }[] }).options;
  }
  return words.join(' ');
}

/** A message as the page draws it; pictures are fetched from the page's own server. */
export function messageView(message: Message, discord: DiscordStandIn): MessageView {
  // Discord's client needs no address that is still good: it gets the file by its place.
  const hosts = new RegExp(`^http://127\\.0\\.0\\.1:${discord.port}/(?:cdn|media)/([^?]*).*$`);
  const own = (url: string) => url.replace(hosts, '/cdn/$1');
  const here = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? own(part) : part));
  const { interaction } = message;
  return {
    id: message.id,
    channelId: message.channel.id,
    authorId: message.author.id,
    visibleTo: message.visibleTo?.id ?? null,
    content: message.content,
    embeds: here(message.embeds),
    components: here(message.components),
    attachments: message.attachments.map((file) => ({
      url: own(file.url),
      name: file.filename,
      alt: file.description ?? '',
      picture: file.width !== null && (file.contentType ?? '').startsWith('image/'),
      width: file.width,
      height: file.height,
      inEmbed: file.inEmbed,
      spoiler: file.spoiler,
    })),
    flags: message.flags,
    createdAt: message.createdAt,
    editedAt: message.editedAt,
    used:
      // A response is posted before the interaction knows it for its own.
      interaction?.type === 2 && (interaction.original === null || interaction.original === message)
        ? { userId: interaction.user.id, command: commandOf(interaction), targetId: interaction.target?.id ?? null }
        : null,
    repliesTo: message.repliesTo?.id ?? null,
  };
}
