/**
 * A job's settings in its gallery's own message, so that its buttons work when the record is long gone: the prompt stands
 * in the embed's text, the rest in the address that the embeds of one group share and nobody sees. Pure.
 */
import { z } from 'zod';
import { readShownText } from './display.ts';
import type { Job } from '../job/job.ts';
import { COUNT_MAX, QUALITIES, SEED_MAX, SIZES } from '../models/seedream.ts';

/** What a job was asked for with. */
export type Settings = Pick<Job, 'prompt' | 'count' | 'size' | 'seed' | 'quality' | 'spoiler'>;

/** Any address will do: embeds that share it are drawn together. */
const ADDRESS = 'https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential';

const settingsSchema = z.object({
  count: z.coerce.number().int().min(1).max(COUNT_MAX),
  size: z.enum(SIZES),
  seed: z.coerce.number().int().min(0).max(SEED_MAX),
  quality: z.enum(QUALITIES),
  spoiler: z.stringbool(),
});

/** The address of one group of embeds (`part`: unique among the job's groups), with the job's settings in it. */
export function settingsUrl(job: Job, part: string): string {
  const { id, count, size, seed, quality, spoiler } = job;
  const settings = { job: id, part, count: String(count), size, seed: String(seed), quality, spoiler: String(spoiler) };
  return `${ADDRESS}#${new URLSearchParams(settings).toString()}`;
}

/** The settings in a gallery's first embed; `undefined` where there are none. */
export function readSettings(
  embed: { url?: string | null; description?: string | null } | undefined,
): Settings | undefined {
  const hash = embed?.url?.split('#')[1];
  if (hash === undefined || typeof embed?.description !== 'string') return undefined;
  const read = settingsSchema.safeParse(Object.fromEntries(new URLSearchParams(hash)));
  return read.success ? { prompt: readShownText(embed.description), ...read.data } : undefined;
}
