/** A machine's clock that is set, by minutes or hours, keeps nobody from their pictures. */
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Plan } from '../../../simulator/plan.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The clock of every process is set half an hour after the start, and somebody asks a minute later. */
function planOf({ by, processes, isPrivate }: { by: number; processes: number; isPrivate: boolean }): Plan {
  const clocks = Array.from({ length: processes }, (_, index) => index + 1);
  return {
    seed: 5,
    length: 6 * HOUR,
    processes,
    settings: {},
    people: [],
    acts: [
      {
        ...{ id: 'job', at: 31 * MINUTE, kind: 'command', command: 'seedream', member: 'lea', guild: 'harbour' },
        channel: 'harbour-lounge',
        options: { prompt: 'a quiet harbour gevaloja', count: 2, private: isPrivate },
        marker: 'gevaloja',
      },
    ],
    faults: clocks.map((process) => ({
      ...{ id: `jump${process}`, kind: 'clock_jump', at: 30 * MINUTE },
      ...{ process, by },
    })),
  };
}

test.each([
  [-2 * HOUR, 1, false],
  [-2 * HOUR, 1, true],
  [-25 * MINUTE, 1, true],
  [-MINUTE - 3600, 3, false],
  [-2 * HOUR, 3, false],
  [2 * HOUR, 1, true],
  [2 * HOUR, 3, true],
])('set by %d ms, with %d processes, private: %s', async (by, processes, isPrivate) => {
  const { violations, statistics } = await runHistory({ plan: planOf({ by, processes, isPrivate }) });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics).toMatchObject({ jobs: 1, requests: 1, pictures: 2 });
});
