/** What is true in a history, as the world knows it: the invariants judge from this alone, never from what the bot believes. */
import type { CallTruth } from './call-truth.ts';
import type { StatementTruth } from './statement-truth.ts';

export type { CallTruth, StatementTruth };

/** An interaction that Discord made of what somebody did. */
export interface InteractionTruth {
  id: string;
  /** The act of the plan that it came from. */
  act: string;
  kind: 'command' | 'button' | 'form' | 'autocomplete';
  /** The command's name, or the custom id. */
  name: string;
  member: string;
  guild: string;
  channel: string;
  /** When Discord sent it first (milliseconds since the epoch). */
  at: number;
  /** When a process first had it; never where none was there. */
  receivedAt: number | undefined;
  acknowledgedAt: number | undefined;
  /** Whether the first response was seen by the person alone. */
  ephemeral: boolean | undefined;
  /** The message that its first response made, or the one it changed. */
  replyId: string | undefined;
  /** What was typed. */
  options: Readonly<Record<string, string | number | boolean>>;
  /** The options that have a choice which Discord's client offered then, by its value or its name. */
  offered: readonly string[];
  /** The message that it was used under, or on. */
  source: string | undefined;
  /** The pictures to start from that were given with it, in order. */
  gives: readonly GivenPicture[];
  /** Whether it asks to start from what the job, or the refusal, under whose messages it was used had. */
  same: boolean;
  /** The pictures to start from that the message shows under which it was used. */
  shown: readonly string[];
  /** What stood in the form that it showed, by its fields; `undefined` where it showed none. */
  form: Readonly<Record<string, string>> | undefined;
  /** The choices that were offered for what was being typed, by their names. */
  choices: readonly string[];
}

/** A picture that somebody gave to start from. */
export interface GivenPicture {
  /** Which it is: the name of somebody's file, or a picture of RunComfy's. */
  picture: string;
  /** Until when the address holds that the bot was told then (milliseconds since the epoch); sooner where it was deleted. */
  until: () => number;
  /** The message of the bot's that it stands in, where everybody sees that. */
  messageId?: string | undefined;
}

/** A picture to start from as RunComfy was told of it. */
interface ReferenceTruth {
  address: string;
  /** Which picture the address leads to; `undefined` where it is none of Discord's. */
  picture: string | undefined;
  /** Whether anything was served there when it was told. */
  served: boolean;
}

/** A picture as it stands in Discord. */
interface ShownPicture {
  attachmentId: string;
  fileName: string;
  /** What is read to those who cannot see it. */
  description: string | null;
  /** The picture of RunComfy's that its bytes are. */
  picture: string;
}

/** A message of the bot's, as it stands now. */
export interface MessageTruth {
  id: string;
  channel: string;
  /** `undefined` in direct messages. */
  guild: string | undefined;
  /** The one person who sees it; `undefined`: everybody in the channel. */
  onlyFor: string | undefined;
  /** The interaction whose token made it; `undefined`: made by the channel route. */
  interaction: string | undefined;
  content: string;
  /** As the API has them. */
  embeds: readonly object[];
  components: readonly object[];
  /** In the order in which they are seen: embeds show theirs first. */
  pictures: readonly ShownPicture[];
  /** By which the bot said that it is one and the same, where it did. */
  nonce: string | undefined;
  createdAt: number;
  editedAt: number | undefined;
  deletedAt: number | undefined;
  /** Whether it is a deferral that has not been filled yet ("is thinking ..."). */
  thinking: boolean;
  /** Whether it was sent so that no notification is pushed. */
  quiet: boolean;
}

/** Something that somebody could read: each version of each message is one. */
export interface Told {
  at: number;
  /** The process whose call it was. */
  by: string;
  messageId: string;
  /** Content, embeds and buttons in one text, line by line, as they were sent. */
  text: string;
  /** The custom ids of the buttons under it. */
  buttons: readonly string[];
  /** The pictures that it shows, in the order in which they are seen. */
  pictures: readonly string[];
  /** The pictures to start from that it shows, small. */
  references: readonly string[];
  onlyFor: string | undefined;
  interaction: string | undefined;
  /** Whether it notified somebody: it mentions them and did not forbid it. */
  pings?: true;
  /** Whether the answer to its call reached the process. */
  heard?: true;
}

/** A call to Discord that was to change something, and was not taken, or not answered as if it had been. */
export interface FailedCall {
  sentAt: number;
  /** When it arrived. */
  at: number;
  /** As the API has it: `/channels/123/messages/456`. */
  route: string;
}

/** A request that RunComfy took. A job has one for all its pictures, or one for each few of them. */
export interface RequestTruth {
  id: string;
  /** The process that submitted it. */
  by: string;
  model: string;
  /** The body as it was submitted. */
  body: Readonly<Record<string, unknown>>;
  /** The word of its prompt that one act alone has; `undefined` where the prompt bears none. */
  marker: string | undefined;
  at: number;
  /** Pictures asked for: what is billed unless it fails or is cancelled. */
  asked: number;
  /** The pictures that it starts from, in the order of its body. */
  references: readonly ReferenceTruth[];
  /** Whether it failed because one of them could not be had. */
  unreachable: boolean;
  /** Why it failed, where it tells. */
  reason?: string | undefined;
  /** Of one of them (US dollars). */
  price: number;
  /** Whether RunComfy tells what it was billed, once it has ended. */
  tellsCost: boolean;
  state: 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';
  endedAt: number | undefined;
  /** From when on RunComfy knows its id no more: what became of it can't be learnt. */
  forgottenAt: number | undefined;
  /** Addresses of the pictures that were made. */
  pictures: readonly string[];
  /** When the answer to the submit, with its id, reached the process; never where it did not. */
  answeredAt: number | undefined;
  /** When a process first heard that its pictures are made. */
  heardAt: number | undefined;
  /** How many requests RunComfy has said to be before it in the queue, each number once. */
  places: Set<number>;
  /** When a process was told that there is no such request (404001), whether or not that was true, since it was told otherwise. */
  denied: number[];
  /** From when to when a process was told so and nothing else, how many times, each time over, and when. */
  denials: { from: number; to: number; times: number; moments: number[] }[];
  /** Whether a process has asked to cancel it, whatever came of that. */
  cancelAsked: boolean;
}

/** A reservation as it stands in the store. */
export interface ReservationTruth {
  jobId: string;
  guild: string;
  member: string;
  images: number;
  at: number;
  state: 'held' | 'settled' | 'released';
}

/** A job's record as it stands in the store, unparsed fields and all. */
export type JobRecord = Readonly<Record<string, unknown>> & { id: string };

export interface Truth {
  interactions: ReadonlyMap<string, InteractionTruth>;
  messages: ReadonlyMap<string, MessageTruth>;
  told: readonly Told[];
  failures: readonly FailedCall[];
  requests: readonly RequestTruth[];
  calls: readonly CallTruth[];
  /** What the host's balance at RunComfy was from which moments on (milliseconds since the epoch), in millionths of a US dollar. */
  balances(): readonly { at: number; balance: number }[];
  /** The statement in the end, by its UTC months (`2026-11`), and when it was made (milliseconds since the epoch). */
  statement(): ReadonlyMap<string, StatementTruth>;
  endedAt(): number;
  /** The same list as long as nothing has changed in it. */
  reservations(): readonly ReservationTruth[];
  /** Jobs that are not final, and finished ones that are kept, as durable in the store; and which ones somebody is written to wish to cancel. */
  jobs(): { live: JobRecord[]; finished: JobRecord[]; wished: () => string[] };
}
