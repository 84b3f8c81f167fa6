/** A job's record: what is kept of one `/seedream` from reservation to delivery. Pure. */
import { z } from 'zod';
import { QUALITIES } from '../models/seedream.ts';
import { referenceSchema } from '../references/references.ts';

/** A Discord message of a job's gallery and which of the job's pictures (numbered from 1) it holds. */
const postedMessageSchema = z.object({
  number: z.int().min(1),
  channelId: z.string(),
  messageId: z.string(),
  pictures: z.array(z.int().min(1)),
  /** Those of them that were made lighter, with a link to the original above. */
  lighter: z.array(z.int().min(1)).optional(),
  /** Its files as Discord has them, where more may come: an edit names what it keeps. */
  files: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  /** Set where it says that further pictures could not be fetched yet. */
  awaited: z.literal(true).optional(),
  /** Set where Discord does not forget it: a direct message, or one that everybody sees, whose pictures one person asked for again. */
  lasting: z.literal(true).optional(),
  /** Set where more was to be shown in it and it was out of reach: it still shows the job as it was before. */
  outdated: z.literal(true).optional(),
});
export type PostedMessage = z.infer<typeof postedMessageSchema>;

/** Why a request failed. Members read a sentence for each; `docs/reliability.md` says what each costs. */
export const FAILURES = [
  /** RunComfy refused the request as wrong or not allowed. */
  'refused',
  /** RunComfy does not accept the host's API key. */
  'authentication',
  /** The host's RunComfy balance is empty. */
  'balance',
  /** RunComfy does not know the model. */
  'gone',
  /** RunComfy took the request and reported that it failed, moderation included. */
  'model',
  /** RunComfy took nothing before the deadline. */
  'not_taken',
  /** RunComfy did not finish before the deadline. May be paid. */
  'deadline',
  /** RunComfy finished without a single picture. Paid. */
  'no_pictures',
  /** RunComfy finished, and what it answered could not be read before the deadline. Paid. */
  'unreadable',
  /** Before it was sent, a picture to start from could not be had any more. */
  'reference_gone',
] as const;
export type Failure = (typeof FAILURES)[number];

const requestId = z.string().min(1);

/** How often in a row RunComfy has said that it does not know the request, and when it first did (milliseconds since the epoch). */
const lost = z.object({ times: z.int().min(1), since: z.number() }).optional();

const requestStateSchema = z.discriminatedUnion('name', [
  /** Nobody has been asked yet, or nobody took it so far. */
  z.object({ name: z.literal('reserved') }),
  /**
   * The submit may be under way, since a moment (milliseconds since the epoch) and by the step with this claim. Found at a
   * start, its outcome is unknown.
   */
  z.object({ name: z.literal('submitting'), since: z.number().optional(), holder: z.string().optional() }),
  z.object({ name: z.literal('in_queue'), requestId, position: z.int().optional(), lost }),
  z.object({ name: z.literal('in_progress'), requestId, lost }),
  /** Paid and made. */
  z.object({ name: z.literal('completed'), requestId, images: z.array(z.string()), videos: z.array(z.string()) }),
  z.object({
    name: z.literal('failed'),
    failure: z.enum(FAILURES),
    reason: z.string().optional(),
    requestId: requestId.optional(),
  }),
  /** `withdrawn`: by the bot, as it was still in the queue at the deadline; else by a member, whose id `by` is where it is known. */
  z.object({
    name: z.literal('cancelled'),
    requestId: requestId.optional(),
    withdrawn: z.literal(true).optional(),
    by: z.string().optional(),
  }),
  /** Nobody can say whether the submit was taken and billed, or RunComfy no longer knows the request. */
  z.object({ name: z.literal('unknown'), requestId: requestId.optional() }),
]);
export type RequestState = z.infer<typeof requestStateSchema>;

/** What is submitted to RunComfy for a job: all its pictures, or some. Times in milliseconds since the epoch. */
const requestSchema = z.object({
  /** Its place among the job's requests, from 1. */
  number: z.int().min(1),
  /** The images that it asks for. */
  images: z.int(),
  submittedAt: z.number().optional(),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  /** What RunComfy says it billed, in millionths of a US dollar. */
  billed: z.int().optional(),
  state: requestStateSchema,
});
export type JobRequest = z.infer<typeof requestSchema>;

/** What became of a job's pictures in Discord. */
const gallerySchema = z.object({
  posted: z.array(postedMessageSchema),
  /** The message that may have been made without its id having been written; with an id, one that waits to be filled. */
  posting: z.object({ number: z.int().min(1), messageId: z.string().optional() }).optional(),
  /** Messages of the replies before this one, where pictures that were missing then were asked for again. */
  earlier: z.array(postedMessageSchema).optional(),
  /** Set where what one person alone sees was brought again or removed: the messages before may stand, and are known no more. */
  forgotten: z.literal(true).optional(),
  /** Where pictures were posted while others were being made: how often the job's messages were edited by then, and when that was (milliseconds since the epoch). */
  filled: z.object({ times: z.int(), at: z.number() }).optional(),
  /** Set when they could not be brought to Discord before the deadline. */
  givenUp: z.boolean(),
  /** Set when Discord refused the content, so that another try by the bot itself would end the same. */
  refused: z.literal(true).optional(),
  delivered: z.boolean(),
});
export type Gallery = z.infer<typeof gallerySchema>;

export const recordSchema = z.object({
  version: z.literal(2),
  /** Our id: the id of the interaction that asked for the job, so that a replayed interaction is the same job. */
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  userId: z.string(),
  /** The language of the member and of the guild, as Discord names them. */
  locale: z.string(),
  guildLocale: z.string(),
  /** The prompt as typed, and the text that is sent. */
  prompt: z.string(),
  text: z.string(),
  count: z.int(),
  /** RunComfy's id of the model. Records of before there were several do not name it: `modelOf` reads it. */
  model: z.string().optional(),
  /** As the model spells it. */
  size: z.string(),
  seed: z.int(),
  quality: z.enum(QUALITIES),
  /** The pictures to start from, where there are some. */
  references: z.array(referenceSchema).optional(),
  private: z.boolean(),
  /** Set where it was public, until its requester asked for its pictures again, which come to them alone. */
  wasPublic: z.literal(true).optional(),
  spoiler: z.boolean(),
  /** Set where it was asked for by a button or a form: Discord's client does not say then whose job it is. */
  pressed: z.literal(true).optional(),
  /** How the job's reply is reached. Times in milliseconds since the epoch, sizes in bytes. */
  reply: z.object({
    applicationId: z.string(),
    token: z.string(),
    tokenExpiresAt: z.number(),
    messageId: z.string().optional(),
    attachmentSizeLimit: z.int(),
  }),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  deadline: z.number(),
  /** When it was over for the first time: from then on its record is kept, whatever happens to it after. */
  endedAt: z.number().optional(),
  /** When its requester last asked for the pictures that had been given up. */
  reopenedAt: z.number().optional(),
  requests: z.array(requestSchema).min(1),
  gallery: gallerySchema,
});
export type JobRecord = z.infer<typeof recordSchema>;
