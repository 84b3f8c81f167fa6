/**
 * A job's options in its gallery's own message, so that the buttons still work when the job's record is long gone: the prompt
 * is the embed's text, the rest is in the url that the embeds of one group share. Pure.
 */
import { z } from 'zod';
import { readShownText } from './display.ts';
import type { Job } from '../job/job.ts';
import { COUNT_MAX, QUALITIES, SEED_MAX, SIZES } from '../models/seedream.ts';

/** The prompt and the options that a job was asked for with. */
export type JobOptions = Pick<Job, 'prompt' | 'count' | 'size' | 'seed' | 'quality' | 'spoiler'>;

/** Discord draws embeds that share a url together; which page it leads to does not matter for that. */
const PAGE = 'https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential';

const optionsSchema = z.object({
  count: z.coerce.number().int().min(1).max(COUNT_MAX),
  size: z.enum(SIZES),
  seed: z.coerce.number().int().min(0).max(SEED_MAX),
  quality: z.enum(QUALITIES),
  spoiler: z.stringbool(),
});

/** The url of one group of embeds (`part`: unique among the job's groups), with the job's options in it. */
export function optionsUrl(job: Job, part: string): string {
  const { id, count, size, seed, quality, spoiler } = job;
  const options = { job: id, part, count: String(count), size, seed: String(seed), quality, spoiler: String(spoiler) };
  return `${PAGE}#${new URLSearchParams(options).toString()}`;
}

/** The options in a gallery's first embed; `undefined` where there are none. */
export function readOptions(
  embed: { url?: string | null; description?: string | null } | undefined,
): JobOptions | undefined {
  const hash = embed?.url?.split('#')[1];
  if (hash === undefined || typeof embed?.description !== 'string') return undefined;
  const read = optionsSchema.safeParse(Object.fromEntries(new URLSearchParams(hash)));
  return read.success ? { prompt: readShownText(embed.description), ...read.data } : undefined;
}
