/** What somebody was told is deleted is gone. */
import { en } from '../../../src/languages/en.ts';
import type { Act } from '../../plan.ts';
import type { RequestTruth, Truth } from '../../world/truth.ts';
import { createMarkerOf } from '../answers/markers.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, wasLookedAt, type Jobs, type KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';

const DELETED = /jobs? (was|were) deleted|nothing to delete/;

/** Whether it is told in a message of an interaction of this name that everything is deleted: in that of the command, whose buttons were pressed. */
export const isErasure = (name: string, text: string): boolean => name === 'privacy' && DELETED.test(text);

/** A job that has ended is filed by then, where nothing is wrong (milliseconds). */
const FILED_WITHIN = 2 * 60_000;

/** By when a job is filed once its requests have ended (milliseconds since the epoch): of pictures that are made the bot may hear late. */
export function filedBy(job: KnownJob | undefined): number {
  const ends = job?.requests.map(({ state, endedAt = Infinity, heardAt = Infinity }) =>
    state === 'succeeded' ? heardAt : endedAt,
  );
  return Math.max(...(ends ?? [])) + FILED_WITHIN;
}

/** A name stays on the counts of a day until it is over, and for an hour at most then (milliseconds). */
const NAMED_FOR = 65 * 60_000;

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** @param acts - say which word stands in whose prompt. */
export function judgeErased({
  truth,
  jobs,
  acts,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  acts: readonly Act[];
  isCalm: IsCalm;
  tolerance: Pick<Tolerance, 'clocks' | 'told'>;
  judge: Judge;
}) {
  const markerOf = createMarkerOf(truth, acts);

  /** Whether a job had ended by a moment: what goes on is not deleted. */
  function hadEnded(jobId: string, at: number): boolean {
    return filedBy(jobs.byId.get(jobId)) < at;
  }

  function remains(subject: string, what: string): void {
    judge.broken('what is deleted is gone', subject, `${what}, though its member was told that everything is deleted.`);
  }

  /** Of whose jobs everything was said to be deleted, and when last. */
  function erasures(): Map<string, number> {
    const found = truth.told.flatMap(({ interaction = '', text, at }): [string, number][] => {
      const { name = '', member = '' } = truth.interactions.get(interaction) ?? {};
      return isErasure(name, text) ? [[member, at]] : [];
    });
    return new Map(found);
  }

  /** What is gone is offered to nobody, nor counted for anybody by name. */
  function judgeTraces(): void {
    const { live, finished } = truth.jobs();
    const kept = new Set([...live, ...finished].map(({ id }) => id));
    const erased = erasures();
    const own = Map.groupBy(
      truth.reservations().flatMap(({ jobId }) => truth.interactions.get(jobId) ?? []),
      ({ member }) => member,
    );
    for (const [member, at] of erased) {
      const gone = (own.get(member) ?? []).filter(
        (asked) => hadEnded(asked.id, at) && asked.at < at && !kept.has(asked.id),
      );
      const words = new Set(gone.flatMap(({ id }) => markerOf(id) ?? []));
      // The same may have been asked for again, and gone later.
      for (const { id } of (own.get(member) ?? []).filter((asked) => !gone.includes(asked)))
        for (const word of [markerOf(id), ...(jobs.byId.get(id)?.requests.map(({ marker }) => marker) ?? [])])
          words.delete(word ?? '');
      for (const { id, choices, at: typedAt, member: by } of truth.interactions.values()) {
        const word =
          by === member && typedAt > at ? [...words].find((each) => choices.join().includes(each)) : undefined;
        if (word !== undefined) remains(id, `A prompt with "${word}" was still offered`);
      }
    }
    for (const { jobId, member, at, state } of truth.reservations()) {
      const erasedAt = erased.get(member);
      if (erasedAt === undefined || kept.has(jobId) || state === 'held' || at >= erasedAt) continue;
      if (!hadEnded(jobId, erasedAt)) continue;
      const isDayOver =
        dayOf(at) < dayOf(truth.endedAt() - NAMED_FOR) && isCalm(truth.endedAt() - NAMED_FOR, truth.endedAt());
      if (isDayOver) remains(jobId, `The count of job ${jobId} still has a name`);
    }
  }

  /** No more is said to be deleted than had ended. */
  function judgeNumber(): void {
    for (const { interaction = '', text, at } of truth.told) {
      const { id, name = '', member } = truth.interactions.get(interaction) ?? {};
      const said = /^(\d+) jobs? (?:was|were) deleted/m.exec(text)?.[1];
      if (id === undefined || said === undefined || !isErasure(name, text)) continue;
      // What was given up, or whose id was lost with a kill, is over though RunComfy may go on with it.
      const isRunning = (request: RequestTruth) => {
        const { endedAt = Infinity, forgottenAt, denied } = request;
        return endedAt > at && forgottenAt === undefined && denied.length === 0 && wasLookedAt(truth, request, at);
      };
      const most = truth.reservations().filter(({ jobId }) => {
        const { requests = [], deadline = 0 } = jobs.byId.get(jobId) ?? {};
        const isOver = at + tolerance.clocks(at) >= deadline || !requests.some(isRunning);
        return truth.interactions.get(jobId)?.member === member && isOver;
      }).length;
      if (Number(said) > most)
        judge.broken('no sentence lies', `${id} deleted`, `"${text}" was told, and ${most} jobs had ended by then.`);
    }
  }

  /** Who asked for something on the day on which it is deleted is told that it counts on with their name until that is over. */
  function judgeToday(): void {
    for (const { interaction = '', text, at } of truth.told) {
      const { id, name = '', member } = truth.interactions.get(interaction) ?? {};
      const said = /^(\d+) jobs? (?:was|were) deleted/m.exec(text)?.[1];
      if (id === undefined || said === undefined || !isErasure(name, text)) continue;
      const late = tolerance.told(at);
      const today = dayOf(at - late);
      const days = truth.reservations().flatMap(({ jobId, at: askedAt }) => {
        return truth.interactions.get(jobId)?.member === member && askedAt < at + late ? dayOf(askedAt) : [];
      });
      // Which of them are deleted does not matter where all are of one kind, or all are deleted.
      const isSure = new Set(days.map((day) => day === today)).size === 1 || days.length === Number(said);
      if (!isSure || today !== dayOf(at + late) || days.includes(today) === text.includes(en.privacy.today)) continue;
      judge.broken(
        'no sentence lies',
        `${id} today`,
        `"${text}" was told, and ${days.includes(today) ? 'some' : 'nothing'} of it was asked for on that day.`,
      );
    }
  }

  return {
    atEnd() {
      judgeTraces();
      judgeNumber();
      judgeToday();
      const { finished } = truth.jobs();
      for (const record of finished) {
        if (requestsIn(record).some(({ state }) => state.by !== undefined))
          judge.broken(
            'what is deleted is gone',
            `${record.id} by`,
            `Job ${record.id} is over, and its record still names who cancelled it, who could not have that deleted.`,
          );
        const { token } = record['reply'] as { token?: string };
        if (token === '' || token === undefined) continue;
        judge.broken(
          'what is deleted is gone',
          record.id,
          `Job ${record.id} is over, and its record still has a token.`,
        );
      }
      for (const { interaction = '', text } of truth.told) {
        const { name = '', member, at } = truth.interactions.get(interaction) ?? { at: 0 };
        if (!isErasure(name, text)) continue;
        for (const record of finished) {
          const endedAt = Number(record['endedAt']);
          if (record['userId'] !== member || record['reopenedAt'] !== undefined) continue;
          // What its record says is by its machine's clock, which may have been set.
          if (endedAt + FILED_WITHIN >= at || !hadEnded(record.id, at)) continue;
          if (!isCalm(endedAt, endedAt + FILED_WITHIN)) continue;
          judge.broken(
            'what is deleted is gone',
            record.id,
            `Job ${record.id} ended before its member had everything deleted, and its record is still there.`,
          );
        }
      }
    },
  };
}
