/** What must be true of how a job is said to have ended: by whom it was cancelled, and why it was not made. */
import type { Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import { failed, unless, type Reason } from './reason.ts';

/** @param isKept - whether whatever a process heard between two moments could be written down, and read again. */
export function reasonsOfEnds({ truth, isKept }: { truth: Truth; isKept: IsCalm }): readonly [string, Reason][] {
  /** In this world nobody cancels but by a press, which is told with a name, or the bot at a deadline, which is told too. */
  const byNobody: Reason = ({ asked, told }) => {
    const isJob = truth.reservations().some(({ jobId }) => jobId === asked.id);
    return unless(!isJob || !isKept(asked.at, told.at), 'it does not say who did that');
  };
  /** What RunComfy says of a request that it could not make is told with it: here, where the words are the bot's own, as they are. */
  const withReason: Reason = (said) => {
    const { job, asked, told } = said;
    const without = failed(said);
    if (without !== undefined || job === undefined || asked.id !== job.id) return without;
    const reasons = job.requests.flatMap(({ state, reason }) => (state === 'failed' ? [reason] : []));
    return unless(
      reasons.some((reason) => reason === undefined || told.text.includes(reason)),
      `RunComfy says: ${reasons.join(', ')}`,
    );
  };
  return [
    ['cancelled.text', byNobody],
    ['failure.model', withReason],
  ];
}
