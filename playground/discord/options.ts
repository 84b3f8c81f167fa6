/** How a stand-in for Discord is set up. */
export interface DiscordStandInOptions {
  /** The bot's token: what `Authorization: Bot` and IDENTIFY must carry. */
  readonly token: string;
  /** Any free port when absent. */
  readonly port?: number;
  /** The id of the application. */
  readonly applicationId?: string;
  /** The id of its bot user. Default: the application's; one older than 2016 has another. */
  readonly botUserId?: string;
  /** Life of an interaction's token. Default: 15 minutes. */
  readonly tokenLifeMs?: number;
  /** After this, an unanswered interaction is unknown. Default: 3000. */
  readonly acknowledgeWithinMs?: number;
  /** Whether requests are limited. Default: true. */
  readonly rateLimits?: boolean;
  /** The clock of ids, timestamps and tokens, in milliseconds. Limits and heartbeats run on real time. */
  readonly now?: () => number;
  /** Bytes of one file that a person sends, or that an interaction's response has. Default: 10 MiB. */
  readonly attachmentSizeLimit?: number;
  /** How long the address of a file is good. Default: a day, as it is seen in practice. */
  readonly addressLifeMs?: number;
  /** The number of shards that `GET /gateway/bot` recommends. Default: 1. */
  readonly shards?: number;
  /** Shards that may identify at once. Default: 1. */
  readonly maxConcurrency?: number;
  /** One IDENTIFY in so long for each key of that concurrency. Default: 5000, as Discord has it. */
  readonly identifyWindowMs?: number;
  /** Default: 41250. */
  readonly heartbeatMs?: number;
}
