/**
 * A job's options in its gallery's own message, so that the buttons still work when the job's record is long gone: the prompt
 * is the first line of the embed's text, the rest is in the url that the embeds of one group share. Likewise in a refusal, where there is no
 * record. Pure.
 */
import { z } from 'zod';
import { readShownText } from './display.ts';
import { modelOf, type Job } from '../job/job.ts';
import { COUNT_MAX, MODEL, QUALITIES } from '../models/seedream.ts';

/** The prompt and the options that a job was asked for with. */
type JobOptions = Pick<Job, 'prompt' | 'count' | 'model' | 'size' | 'seed' | 'quality' | 'spoiler'>;

/** What was asked for and refused. */
export interface AskedOptions extends Omit<JobOptions, 'seed'> {
  /** `undefined` where none was given. */
  seed: number | undefined;
  private: boolean;
}

/** Discord draws embeds that share a url together; which page it leads to does not matter for that. */
const PAGES = 'https://www.runcomfy.com/models';

const optionsSchema = z.object({
  count: z.coerce.number().int().min(1).max(COUNT_MAX),
  // Galleries of before there were several models do not name theirs.
  model: z.string().optional(),
  size: z.string(),
  seed: z.coerce.number().int().min(0),
  quality: z.enum(QUALITIES),
  spoiler: z.stringbool(),
});

const askedSchema = optionsSchema.extend({ seed: optionsSchema.shape.seed.optional(), private: z.stringbool() });

/** The url of one group of embeds (`part`: unique among the job's groups), with the job's options in it. */
export function optionsUrl(job: Job, part: string): string {
  const { id, count, size, seed, quality, spoiler } = job;
  const options = { job: id, part, count: String(count), size, seed: String(seed), quality, spoiler: String(spoiler) };
  return urlOf(job, options);
}

/** The url of a refusal's embed, with what was asked for in it. */
export function askedUrl(id: string, asked: AskedOptions): string {
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
export function readOptions(embed: ShownEmbed | undefined): JobOptions | undefined {
  return readEmbed(embed, optionsSchema);
}

/** What was asked for, from a refusal's embed; `undefined` where it is none. */
export function readAsked(embed: ShownEmbed | undefined): AskedOptions | undefined {
  const read = readEmbed(embed, askedSchema);
  return read && { ...read, seed: read.seed };
}
