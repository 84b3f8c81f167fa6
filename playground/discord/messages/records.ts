import type { Attachment } from '../files/files.ts';
import type { Choice, Component, Embed, ModalBody } from '../request-bodies.ts';
import type { Pings } from './pings.ts';
import type { Channel, Guild, Member, User } from '../world/world.ts';

/** What a message looked like from one moment until the next version. */
export interface MessageVersion {
  /** Milliseconds, by the stand-in's clock. */
  readonly at: number;
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: readonly Component[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
  /** Whom the request behind this version asked to notify, whether or not an edit really notifies. */
  readonly pings: Pings;
}

/** A message, live: its fields change as it is edited. */
export interface Message extends MessageVersion {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  /** 0 default, 19 reply, 20 the response to a slash command. */
  readonly type: number;
  readonly nonce: string | number | null;
  /** The interaction whose token posted it. */
  readonly interaction: Interaction | null;
  /** The one who alone sees it (an ephemeral message), or null. */
  readonly visibleTo: User | null;
  readonly repliesTo: Message | null;
  readonly createdAt: number;
  readonly editedAt: number | null;
  readonly deleted: boolean;
  readonly deletedAt: number | null;
  /** Every state it had, the present one last. */
  readonly versions: readonly MessageVersion[];
}

/** What a member did, and what came of it so far. Live. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal submit. */
  readonly type: number;
  readonly user: User;
  readonly member: Member | null;
  readonly guild: Guild | null;
  readonly channel: Channel;
  /** The event as the application got it. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sentAt: number;
  /** Gateway sessions that got it, or will by resuming. */
  readonly deliveredTo: number;
  readonly acknowledgement: { readonly type: number; readonly at: number; readonly afterMs: number } | null;
  /** The message that `@original` means: the response, or for an update the component's message. */
  readonly original: Message | null;
  /** The message whose component was used. */
  readonly source: Message | null;
  /** The message that a message command was used on. */
  readonly target: Message | null;
  readonly followUps: readonly Message[];
  readonly modal: ModalBody | null;
  readonly choices: readonly Choice[] | null;
  /** Resolves once the application has responded. Rejects after `timeoutMs` (default 45 s). */
  readonly acknowledged: (timeoutMs?: number) => Promise<Interaction>;
  /** Resolves once the predicate holds; looked at whenever something of this interaction changes. */
  readonly until: (predicate: (interaction: Interaction) => boolean, timeoutMs?: number) => Promise<Interaction>;
}

export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
