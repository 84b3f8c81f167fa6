/** As long as something of a job can be cancelled, its reply has the button for it. */
import { en } from '../../../src/languages/en.ts';
import type { Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import { requestsIn, type Jobs, type KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

/** A request is known to be in the queue by then, and an edit is on its way for so long at most, where nothing is wrong (milliseconds). */
const KNOWN_WITHIN = 5000;
const WELL_BEFORE = 60_000;

const UNDER_WAY = [en.state.in_queue, en.state.in_progress];

/** @returns what judges a version of a message, asked as soon as it was told. */
export function createCancellable({
  truth,
  jobs,
  isCalm,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  judge: Judge;
}): (told: Told) => void {
  /** Whether RunComfy has not begun a request of it, and the store says so too. */
  function isInQueue(job: KnownJob, at: number): boolean {
    const waiting = job.requests.filter(
      ({ state, answeredAt = Infinity, denials, forgottenAt }) =>
        state === 'in_queue' && answeredAt < at - KNOWN_WITHIN && denials.length === 0 && forgottenAt === undefined,
    );
    const record = waiting.length === 0 ? undefined : truth.jobs().live.find(({ id }) => id === job.id);
    if (record === undefined) return false;
    const written = new Map(requestsIn(record).map(({ number, state }) => [number, state.name]));
    return waiting.some((request) => written.get(jobs.numberOf(request) ?? 0) === 'in_queue');
  }

  return (told) => {
    const { at, messageId, text, buttons, pictures, interaction = '' } = told;
    const job = jobs.byId.get(interaction);
    if (job === undefined || at >= job.deadline || buttons.includes(`cancel:${job.id}`)) return;
    const isReply = truth.interactions.get(job.id)?.replyId === messageId;
    const isFilling = pictures.length > 0 && isReply && !buttons.includes(`again:${job.id}`);
    const saysSo = pictures.length === 0 && UNDER_WAY.some((sentence) => text.includes(sentence));
    if (!(isFilling || saysSo) || !isInQueue(job, at) || !isCalm(at - WELL_BEFORE, at)) return;
    // Who has pressed it has no more use of it.
    if ([...truth.interactions.values()].some(({ name }) => name === `cancel:${job.id}`)) return;
    judge.broken(
      'a gallery says what it is',
      `${messageId} cancel`,
      `Message ${messageId} of job ${job.id} has no button to cancel it, though RunComfy has not begun all of it.`,
    );
  };
}
