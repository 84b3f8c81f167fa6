/**
 * A job's options in its gallery's own message, so that the buttons still work when the job's record is long gone: the prompt
 * is the first line of the embed's text, the rest is in the url that the embeds of one group share. Likewise in a refusal, where there is no
 * record. Pure.
 */
import { z } from 'zod';
import type { APIEmbed } from 'discord.js';
import { COLOURS } from './colours.ts';
import { readShownText, showText } from './display.ts';
import { modelOf, type Job } from '../job/job.ts';
import { plainText } from '../plain-text.ts';
import type { Reference } from '../references/references.ts';
import { COUNT_MAX, MODEL, QUALITIES } from '../models/seedream.ts';

/** The prompt and the options that a job was asked for with. */
type JobOptions = Pick<Job, 'prompt' | 'count' | 'model' | 'size' | 'seed' | 'quality' | 'spoiler'>;

/** What was asked for and refused. */
export interface AskedOptions extends Omit<JobOptions, 'count' | 'seed'> {
  /** `undefined` where none was given beside the prompt. */
  count: number | undefined;
  /** `undefined` where none was given; a text where what was typed is no number. */
  seed: number | string | undefined;
  private: boolean;
  /** The pictures that it was to start from. */
  references?: readonly Reference[] | undefined;
  /** Pictures of a job before, which its record alone knows. */
  sameAs?: JobPictures | undefined;
}

/** What a job started from, before its record has been read. */
export interface JobPictures {
  jobId: string;
  count: number;
}

/** What a gallery says of its job's options. Addresses of pictures it started from are its record's alone. */
interface ShownOptions extends JobOptions {
  /** How many pictures it started from. */
  madeFrom: number;
}

/** The most characters of a prompt that are quoted, escapes counted: an embed's text takes 4096, and all of a message's 6000. */
const QUOTED_MAX = 4000;

/** Discord draws embeds that share a url together; which page it leads to does not matter for that. */
const PAGES = 'https://www.runcomfy.com/models';

const optionsSchema = z.object({
  // Only a gallery's first message shows the prompt.
  part: z.string().regex(/^1-/).optional(),
  count: z.coerce.number().int().min(1).max(COUNT_MAX),
  // Galleries of before there were several models do not name theirs.
  model: z.string().optional(),
  size: z.string(),
  seed: z.coerce.number().int().min(0),
  quality: z.enum(QUALITIES),
  spoiler: z.stringbool(),
  from: z.coerce.number().int().min(0).optional(),
});

/** A seed as it was typed: one that is no number, or none that any model takes, stays a text. */
export function seedOrText(typed: string): number | string {
  return /^\d{1,15}$/.test(typed) ? Number(typed) : typed;
}

const askedSchema = optionsSchema.extend({
  count: optionsSchema.shape.count.optional(),
  seed: z.string().transform(seedOrText).optional(),
  private: z.stringbool(),
  /** The job whose pictures `from` counts. */
  of: z.string().optional(),
  /** The prompt, where the embed does not quote it. */
  prompt: z.string().optional(),
});

/** The longest address that an embed takes (source: Discord's API description). */
const URL_MAX = 2048;

/** The url of one group of embeds (`part`: unique among the job's groups), with the job's options in it. */
export function optionsUrl(job: Job, part: string): string {
  const { id, count, size, seed, quality, spoiler, references = [] } = job;
  const options = { job: id, part, count: String(count), size, seed: String(seed), quality, spoiler: String(spoiler) };
  return urlOf(job, { ...options, ...(references.length > 0 && { from: String(references.length) }) });
}

/** The url of a refusal's embed, with what was asked for in it; the prompt too, where that is `unquoted`. */
function askedUrl(id: string, asked: AskedOptions, unquoted: string | undefined): string {
  const { count, size, seed, quality, spoiler, sameAs } = asked;
  const options = {
    ...{ asked: id, size, quality, spoiler: String(spoiler), private: String(asked.private) },
    ...(asked.model !== undefined && { model: asked.model }),
    ...(count !== undefined && { count: String(count) }),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(sameAs !== undefined && { of: sameAs.jobId, from: String(sameAs.count) }),
  };
  if (unquoted === undefined) return urlOf(asked, options);
  const room = URL_MAX - urlOf(asked, { ...options, prompt: '' }).length;
  return urlOf(asked, { ...options, prompt: wrapped(unquoted, room) });
}

/**
 * A prompt that is not to be read where it stands, as the part of an address. Two bytes a code unit: the longest prompt that a
 * model takes fits in any script.
 *
 * @param room - characters; what is longer is cut.
 */
function wrapped(prompt: string, room: number): string {
  const most = Math.max(0, Math.floor((room * 3) / 8));
  return Buffer.from(plainText(prompt).slice(0, most), 'utf16le').toString('base64url');
}

function unwrapped(prompt: string): string {
  return Buffer.from(prompt, 'base64url').toString('utf16le');
}

/** The page of the model, with options behind it; the model's name where it is not the one that none stands for. */
function urlOf(of: Pick<Job, 'model'>, options: Record<string, string>): string {
  const model = modelOf(of);
  const named = { ...options, ...(model !== MODEL && { model }) };
  return `${PAGES}/${model}#${new URLSearchParams(named).toString()}`;
}

interface ShownEmbed {
  url?: string | null;
  description?: string | null;
  thumbnail?: { url?: string; width?: number | null; height?: number | null } | null | undefined;
}

/** The prompt and what else stands in an embed; `undefined` where it is none of ours. */
function readEmbed<Options>(embed: ShownEmbed | undefined, schema: z.ZodType<Options>) {
  const hash = embed?.url?.split('#')[1];
  if (hash === undefined || typeof embed?.description !== 'string') return undefined;
  const read = schema.safeParse(Object.fromEntries(new URLSearchParams(hash)));
  if (!read.success) return undefined;
  const { prompt: hidden } = read.data as { prompt?: string | undefined };
  const [quoted = ''] = embed.description.split('\n');
  return { ...read.data, prompt: hidden === undefined ? readShownText(quoted) : unwrapped(hidden) };
}

/** The options in a gallery's first embed; `undefined` where there are none. */
export function readOptions(embed: ShownEmbed | undefined): ShownOptions | undefined {
  const read = readEmbed(embed, optionsSchema);
  if (read === undefined) return undefined;
  const { prompt, count, model, size, seed, quality, spoiler, from: madeFrom = 0 } = read;
  return { prompt, count, ...(model !== undefined && { model }), size, seed, quality, spoiler, madeFrom };
}

/** What was asked for, from a refusal's embed; `undefined` where it is none. */
export function readAsked(embeds: readonly ShownEmbed[]): AskedOptions | undefined {
  const read = readEmbed(embeds[0], askedSchema);
  if (read === undefined) return undefined;
  const { count, model, size, seed, quality, spoiler, private: isPrivate, of: jobId, from = 0 } = read;
  return {
    ...{ prompt: read.prompt, count, ...(model !== undefined && { model }), size, seed, quality, spoiler },
    private: isPrivate,
    references: readReferences(embeds),
    ...(jobId !== undefined && { sameAs: { jobId, count: from } }),
  };
}

/** Most pictures that any model is given, and that a refusal can give back: Discord takes ten embeds. */
export const REFERENCES_MAX = 10;

/**
 * A refusal's embeds: what was asked for, and each picture that it was to start from, small, which keeps its address fresh.
 * Of more than can be given back none is: which of them are meant is for the member to say.
 *
 * @param instead - what is shown in place of the prompt, which its buttons know all the same.
 */
export function askedEmbeds(id: string, asked: AskedOptions, instead?: string): APIEmbed[] {
  const { prompt, references: all = [] } = asked;
  const references = all.length > REFERENCES_MAX ? [] : all;
  const [first, ...others] = references.filter(isShowable).map(({ url }) => ({ thumbnail: { url } }));
  const description = instead ?? showText(prompt, QUOTED_MAX);
  const url = askedUrl(id, asked, instead === undefined ? undefined : prompt);
  return [
    { color: COLOURS.grey, description, url, ...first },
    ...others.map((other) => ({ color: COLOURS.grey, ...other })),
  ];
}

/** Whether an embed takes its address. */
function isShowable({ url }: Reference): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && url.length <= URL_MAX;
}

function readReferences(embeds: readonly ShownEmbed[]): Reference[] {
  return embeds.flatMap(({ thumbnail }) => {
    if (typeof thumbnail?.url !== 'string') return [];
    const { url, width, height } = thumbnail;
    return [{ url, ...(width && height && { width, height }) }];
  });
}
