/** How long a gallery says that its pictures took: from when they were asked for until the last of them was made. */
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { KnownJob } from '../jobs.ts';

const SECOND = 1000;

/** ` · 1 min 7 s · `, a part of the quiet line. */
const TOOK = /^\d+(?: of |, for ).* · (?:(\d+) min )?(\d+) s(?: · .*)?$/m;

/** It is told in whole seconds, and one at least (milliseconds). */
const ROUNDED = SECOND;

/** Where nothing is wrong a job is noted so soon after its interaction has come (milliseconds). */
const NOTED_WITHIN = 5 * SECOND;

/** @returns what is wrong with the time that a gallery names, if that is. */
export function wrongTime(
  { text, at }: Told,
  job: KnownJob,
  { truth, isCalm, tolerance }: { truth: Truth; isCalm: IsCalm; tolerance: Pick<Tolerance, 'clocks'> },
): string | undefined {
  const [, minutes = 0, seconds] = TOOK.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const said = (60 * Number(minutes) + Number(seconds)) * SECOND;
  const most = at - job.askedAt + tolerance.clocks(at);
  if (said > most + ROUNDED) return `it was asked for ${Math.round(most / SECOND)} s ago`;
  if (tolerance.clocks(at) > 0 || !isCalm(job.askedAt, at)) return undefined;
  const heard = job.requests.flatMap(({ heardAt = Infinity }) => (heardAt <= at ? heardAt : []));
  const received = truth.interactions.get(job.id)?.receivedAt ?? Infinity;
  const least = Math.max(...heard) - received - NOTED_WITHIN;
  return said < least - ROUNDED ? `its last picture was made ${Math.round(least / SECOND)} s later or more` : undefined;
}
