/** What exists in Discord besides messages: users, and guilds with their roles, members and channels. */

/** A Discord account. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly globalName: string | null;
  readonly bot: boolean;
  /** Of a bot whose application is older than 2016: its application's id, which is another than its own. */
  readonly applicationId?: string;
  /** The language the person's client is set to, which interactions carry. */
  locale: string;
  /** True when the person takes no direct messages from the bot (50007). */
  dmsClosed: boolean;
}

/** The id of a bot's application. */
export function applicationIdOf({ id, applicationId = id }: User): string {
  return applicationId;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly position: number;
  readonly mentionable: boolean;
}

/** A user in one guild. */
export interface Member {
  readonly user: User;
  readonly guild: Guild;
  readonly roles: Role[];
  readonly nick: string | null;
  readonly joinedAt: string;
}

interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  readonly id: string;
  /** 0 a guild's text channel, 1 a direct message, 11 a public thread. */
  readonly type: 0 | 1 | 11;
  readonly name: string | null;
  readonly guild: Guild | null;
  /** The channel a thread hangs on. */
  readonly parent: Channel | null;
  /** The person at the other end of a direct message. */
  readonly recipient: User | null;
  readonly overwrites: Overwrite[];
  lastMessageId: string | null;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The guild's preferred language, which interactions carry. */
  locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
}
