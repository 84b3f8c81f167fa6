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
import type { Reference } from '../references/references.ts';
import { COUNT_MAX, MODEL, QUALITIES } from '../models/seedream.ts';

/** The prompt and the options that a job was asked for with. */
type JobOptions = Pick<Job, 'prompt' | 'count' | 'model' | 'size' | 'seed' | 'quality' | 'spoiler'>;

/** What was asked for and refused. */
export interface AskedOptions extends Omit<JobOptions, 'seed'> {
  /** `undefined` where none was given. */
  seed: number | undefined;
  private: boolean;
  /** The pictures that it was to start from. */
  references?: readonly Reference[] | undefined;
}

/** What a gallery says of its job's options. Addresses of pictures it started from are its record's alone. */
interface ShownOptions extends JobOptions {
  /** How many pictures it started from. */
  madeFrom: number;
}

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

const askedSchema = optionsSchema.extend({ seed: optionsSchema.shape.seed.optional(), private: z.stringbool() });

/** The url of one group of embeds (`part`: unique among the job's groups), with the job's options in it. */
export function optionsUrl(job: Job, part: string): string {
  const { id, count, size, seed, quality, spoiler, references = [] } = job;
  const options = { job: id, part, count: String(count), size, seed: String(seed), quality, spoiler: String(spoiler) };
  return urlOf(job, { ...options, ...(references.length > 0 && { from: String(references.length) }) });
}

/** The url of a refusal's embed, with what was asked for in it. */
function askedUrl(id: string, asked: AskedOptions): string {
  const { count, size, seed, quality, spoiler } = asked;
  const options = { asked: id, count: String(count), size, quality, spoiler: String(spoiler) };
  const given = seed === undefined ? {} : { seed: String(seed) };
  return urlOf(asked, { ...options, ...given, private: String(asked.private) });
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
  const [prompt = ''] = embed.description.split('\n');
  return read.success ? { prompt: readShownText(prompt), ...read.data } : undefined;
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
  return read && { ...read, seed: read.seed, references: readReferences(embeds) };
}

/** A refusal's embeds: what was asked for, and each picture that it was to start from, small, which keeps its address fresh. */
export function askedEmbeds(id: string, asked: AskedOptions): APIEmbed[] {
  const { prompt, references = [] } = asked;
  const [first, ...others] = references.filter(isShowable).map(({ url }) => ({ thumbnail: { url } }));
  return [
    { color: COLOURS.grey, description: showText(prompt, 2000), url: askedUrl(id, asked), ...first },
    ...others.map((other) => ({ color: COLOURS.grey, ...other })),
  ];
}

/** Whether an embed takes its address (source: Discord's API description). */
function isShowable({ url }: Reference): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url) && url.length <= 2048;
}

function readReferences(embeds: readonly ShownEmbed[]): Reference[] {
  return embeds.flatMap(({ thumbnail }) => {
    if (typeof thumbnail?.url !== 'string') return [];
    const { url, width, height } = thumbnail;
    return [{ url, ...(width && height && { width, height }) }];
  });
}
