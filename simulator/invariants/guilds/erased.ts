/** What somebody was told is deleted is gone. */
import type { Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Judge } from '../judge.ts';

const DELETED = /jobs? (was|were) deleted|nothing to delete/;

/** A job that has ended is filed by then, where nothing is wrong (milliseconds). */
const FILED_WITHIN = 2 * 60_000;

export function judgeErased({ truth, isCalm, judge }: { truth: Truth; isCalm: IsCalm; judge: Judge }) {
  return {
    atEnd() {
      const { finished } = truth.jobs();
      for (const record of finished) {
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
        if (!name.startsWith('erasenow:') || !DELETED.test(text)) continue;
        for (const record of finished) {
          const endedAt = Number(record['endedAt']);
          if (record['userId'] !== member || record['reopenedAt'] !== undefined) continue;
          if (endedAt + FILED_WITHIN >= at || !isCalm(endedAt, endedAt + FILED_WITHIN)) continue;
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
