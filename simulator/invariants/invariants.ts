/** What must hold in every history, judged from the world's truth alone. */
import type { Plan } from '../plan.ts';
import type { Life } from '../world/life.ts';
import type { RequestTruth, Truth } from '../world/truth.ts';
import { Violation } from './violation.ts';

export interface Invariants {
  /** Judges what has changed since it was asked last. @throws Violation */
  afterEvent(): void;
  /** Judges once everything is at rest: faults are over, and everybody had the time that the promises give. */
  atEnd(): Violation[];
}

/** Discord takes a first response for this long (milliseconds). Source: Discord, "Receiving and Responding to Interactions". */
const ACKNOWLEDGED_WITHIN = 3000;

/** @param lives - when which process ran. */
export function createInvariants({
  truth,
  plan,
  lives,
}: {
  truth: Truth;
  plan: Plan;
  lives: readonly Life[];
}): Invariants {
  const taken = new Set<string>();
  let judged = 0;

  /** Words that were given a seed by hand, or a job's own seed again by a press: two of those may rightly be alike. */
  function hasGivenSeed(marker: string): boolean {
    return plan.acts.some((act) =>
      act.kind === 'command'
        ? 'seed' in act.options && String(act.options['prompt']).includes(marker)
        : act.kind === 'send_form' || (act.kind === 'press' && act.button === 'seed'),
    );
  }

  /** A job draws a seed of its own, so nothing is asked for twice with the same words and the same seed. */
  function judgeRequest({ id, marker, body }: RequestTruth): void {
    if (marker === undefined || hasGivenSeed(marker)) return;
    const job = `${marker} ${JSON.stringify(body['seed'])}`;
    if (taken.has(job)) {
      throw new Violation('request-once', `RunComfy took the request of "${marker}" twice: ${id} is the second.`);
    }
    taken.add(job);
  }

  /** Whether some process ran, undisturbed, from when the interaction reached it until its time was over. */
  function livedThrough(from: number): boolean {
    return lives.some(
      ({ startedAt, endedAt = Infinity, stoppedAt = Infinity, frozen }) =>
        startedAt <= from &&
        Math.min(endedAt, stoppedAt) > from + ACKNOWLEDGED_WITHIN &&
        !frozen.some((span) => span.from < from + ACKNOWLEDGED_WITHIN && (span.until ?? Infinity) > from),
    );
  }

  return {
    afterEvent() {
      for (; judged < truth.requests.length; judged += 1) {
        const request = truth.requests[judged];
        if (request !== undefined) judgeRequest(request);
      }
    },
    atEnd() {
      const unanswered = [...truth.interactions.values()].filter(
        ({ receivedAt, acknowledgedAt, at }) =>
          receivedAt !== undefined &&
          acknowledgedAt === undefined &&
          receivedAt - at < ACKNOWLEDGED_WITHIN / 2 &&
          livedThrough(receivedAt),
      );
      return [
        ...(plan.faults.length > 0 ? [] : unanswered).map(
          ({ id, name, act }) =>
            new Violation('acknowledged', `Nobody answered ${name} of ${act} (interaction ${id}) within 3 s.`),
        ),
        ...truth
          .jobs()
          .live.map(
            ({ id, ...job }) =>
              new Violation('jobs-end', `Job ${id} has not ended: it is ${JSON.stringify(job['state'])}.`, { id }),
          ),
      ];
    },
  };
}
