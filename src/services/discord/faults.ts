/** How Discord refuses a message, as far as the bot acts on the difference. */
import { DiscordAPIError } from 'discord.js';

/**
 * An edit that nobody answered may still be taken: so long after it was sent it is not (milliseconds). What comes after it
 * waits for that or makes sure of itself then, else the old edit would stand over it for good.
 */
export const ARRIVES_WITHIN = 30_000;

type Taking = Pick<ReplyTrouble, 'unanswered' | 'mayBeTaken'>;

/** Discord cannot take the message now; later it may. */
export class ReplyTrouble extends Error {
  override readonly name = 'ReplyTrouble';
  /** Whether Discord has not said so, nor anything else: it may take the call yet. */
  readonly unanswered: boolean;
  /** Whether it may have taken the call: so may what stood behind a gateway that failed. */
  readonly mayBeTaken: boolean;

  constructor(
    message: string,
    { unanswered = false, mayBeTaken = unanswered, ...options }: ErrorOptions & Partial<Taking> = {},
  ) {
    super(message, options);
    this.unanswered = unanswered;
    this.mayBeTaken = mayBeTaken;
  }
}

/** Every way to a message is closed, by a documented code each. Only somebody in the server, or the member, can open one. */
export class ReplyOutOfReach extends ReplyTrouble {
  constructor() {
    super('Neither the channel nor the member takes a message');
  }
}

/** Discord does not take what the message says or shows: another try with the same would end the same. */
export class ReplyRefused extends Error {
  constructor(options?: ErrorOptions) {
    super('Discord refuses the content', options);
    this.name = 'ReplyRefused';
  }
}

/** The files are too large for Discord, though they were within the limit it had named. */
export class ReplyTooLarge extends Error {
  constructor(options?: ErrorOptions) {
    super('Discord finds the files too large', options);
    this.name = 'ReplyTooLarge';
  }
}

/** Why a call failed, as far as the next way to a message depends on it. */
export type Fault = 'token_dead' | 'message_gone' | 'no_access' | 'too_large' | 'refused' | 'trouble';

/**
 * What a failed call means, by Discord's documented JSON error codes. Only a documented code closes a way or refuses a
 * message: any other answer (a 403 of Cloudflare's before Discord, as 40333 or as a page, among them) is trouble that passes.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof DiscordAPIError)) return 'trouble';
  switch (error.code) {
    case 50027: // invalid webhook token
    case 10015: // unknown webhook
    case 10062: // unknown interaction
      return 'token_dead';
    case 10008: // unknown message
    case 30046: // too many edits of a message older than an hour
    case 50005: // the message is another author's
      return 'message_gone';
    case 40005: // request entity too large
    case 50045: // file too large
      return 'too_large';
    case 10003: // unknown channel
    case 10004: // unknown guild
    case 50001: // missing access
    case 50007: // cannot message this user
    case 50013: // lacks permission
    case 50083: // thread is archived
    case 160005: // thread is locked
      return 'no_access';
    case 20009: // explicit content cannot be sent to the recipient
    case 200000: // blocked by AutoMod
    case 200001: // a title blocked by AutoMod
    case 240000: // harmful link
      return 'refused';
    default:
      if (error.status === 413) return 'too_large';
      // A 400 with a code is Discord's own word on the body, and the body will not change.
      return error.status === 400 && typeof error.code === 'number' && error.code > 0 ? 'refused' : 'trouble';
  }
}

/** Whether a message is known not to stand any more: it was deleted, or the place where it was. */
export function isGone(error: unknown): boolean {
  // Unknown channel, guild, message.
  return error instanceof DiscordAPIError && [10003, 10004, 10008].includes(Number(error.code));
}
