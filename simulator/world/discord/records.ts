/** What Discord keeps of messages, channels and interactions, beside what is true for everybody. */
import type { GivenPicture, InteractionTruth, MessageTruth } from '../truth.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface Channel {
  readonly id: string;
  /** As the plan calls it; for direct messages, the member's name. */
  readonly name: string;
  /** `undefined`: direct messages. */
  readonly guild: string | undefined;
  /** Whose direct messages they are. */
  readonly recipient: string | undefined;
  readonly thread: boolean;
  /** What the bot lacks there, by Discord's names. */
  lacking: ReadonlySet<string>;
  deleted: boolean;
  archived: boolean;
}

/** What can be chosen for an option of a command. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** A file of a message. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly description: string | null;
  readonly url: string;
  /** The picture that its bytes are, or what the file says. */
  readonly picture: string | undefined;
  readonly text: string | undefined;
  /** Whether an embed shows it by `attachment://`: the API then leaves it out of `attachments`. */
  readonly inEmbed: boolean;
}

/** A component as a request has it, as far as it is read here. */
export interface Component {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly value?: string;
  readonly style?: number;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly emoji?: object;
  readonly max_length?: number;
  readonly min_length?: number;
  readonly required?: boolean;
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly components?: readonly Component[];
  readonly component?: Component;
}

export interface Message {
  readonly truth: Mutable<MessageTruth>;
  readonly channel: Channel;
  /** The one whose token made it. */
  readonly interaction: Interaction | undefined;
  /** Seen by one person and reached by a token alone. */
  readonly ephemeral: boolean;
  flags: number;
  attachments: readonly Attachment[];
  readonly nonce: string | undefined;
  /** Buttons of its last version but one, and when that was replaced: somebody may just have them before their eyes. */
  replaced: { components: readonly Component[]; at: number } | undefined;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 2 a command, 3 a component, 4 autocomplete, 5 a form. */
  readonly type: 2 | 3 | 4 | 5;
  /** The person's id. */
  readonly user: string;
  readonly channel: Channel;
  readonly truth: Mutable<InteractionTruth>;
  readonly sentAt: number;
  /** The message whose button was pressed. */
  readonly source: Message | undefined;
  /** The type of its first response. */
  acknowledgement: number | undefined;
  /** The message that `@original` means. */
  original: Message | undefined;
  followUps: Message[];
  /** The form that it showed. */
  modal: { custom_id: string; components: readonly Component[] } | undefined;
  /** The choices that were offered for what was being typed. */
  choices: readonly Choice[];
  /** The pictures that it was used on, in the order in which they are seen: the form that it opens offers them. */
  readonly offers: readonly GivenPicture[];
  /** Whether its deferral has not been filled yet. */
  loading: boolean;
}
