/** Pictures that somebody asks for once more are brought, also where they cannot be had for the first moments. */
import type { Fault } from '../../plan.ts';
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';

const SECOND = 1000;

/** Before it nothing else was wrong for so long, and after it they are tried for so long (milliseconds). */
const WELL_BEFORE = 60 * SECOND;
const TRIED_FOR = 120 * SECOND;

/** Their host is well again by then (milliseconds): from there on there are tries enough. */
const WELL_WITHIN = 50 * SECOND;

/** Ways in which a picture cannot be had for the moment. */
const PASSES = new Set(['http_500', 'refused', 'cut_short']);

/** What Discord does to a call now and then that is made again at once (a part of the calls at most). */
const NOW_AND_THEN = 0.02;
const SENT_AGAIN = new Set(['http_500', 'http_502_html', 'reset_before', 'cloudflare_403', 'cloudflare_403_html']);

/** Whether a fault may keep pictures that are there from being brought within minutes. */
export function keepsFromBringing(fault: Fault): boolean {
  if (fault.kind !== 'trouble') return true;
  if (fault.with === 'discord') return fault.probability > NOW_AND_THEN || !SENT_AGAIN.has(fault.trouble);
  return fault.with === 'store';
}

export function judgeBroughtAgain({
  truth,
  jobs,
  faults,
  begin,
  isElseWell,
  isBrief,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  faults: readonly Fault[];
  /** Of the history, from which the plan's moments count (milliseconds since the epoch). */
  begin: number;
  /** Whether nothing was wrong but with the host of the pictures. */
  isElseWell: IsCalm;
  /** Whether pictures of a job may not be there to be fetched. */
  isBrief: (job: KnownJob) => boolean;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}): void {
  const hostTroubles = faults.flatMap((fault) => (fault.kind === 'trouble' && fault.with === 'assets' ? [fault] : []));

  /** Whether the pictures could be had for long enough of the time in which they are tried. */
  function isHostWell(at: number): boolean {
    const met = hostTroubles.filter(({ from, until }) => begin + from <= at + TRIED_FOR && begin + until >= at);
    return met.every(({ trouble, until }) => PASSES.has(trouble) && begin + until <= at + WELL_WITHIN);
  }

  const refuses = ({ text }: Told) => sentencesIn(text).some(({ key }) => /^(deliver|refusal)\./.test(key));

  const presses = [...truth.interactions.values()].filter(({ name }) => name.startsWith('deliver:'));
  if (presses.length === 0) return;
  const answers = Map.groupBy(truth.told, ({ interaction }) => interaction);
  for (const { id, name, at } of presses) {
    const job = jobs.byId.get(name.slice('deliver:'.length));
    const own = answers.get(id) ?? [];
    if (job === undefined || isBrief(job) || own.length === 0 || own.some(refuses)) continue;
    if (own.some(({ pictures }) => pictures.length > 0) || !isHostWell(at)) continue;
    // Of processes whose clocks were set one may give up what another has just begun.
    if (tolerance.clocks(at) >= WELL_WITHIN || !isElseWell(at - WELL_BEFORE, at + TRIED_FOR + WELL_BEFORE)) continue;
    judge.broken(
      'no picture is lost',
      `${id} again`,
      `The pictures of job ${job.id} were asked for again, and none came, though they could be had for a minute and more.`,
    );
  }
}
