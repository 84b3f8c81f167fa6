/** Histories with jobs of many requests that once broke a promise, made small: what was mended stays so. Each says what had happened. */
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Act, Fault, Plan } from '../../../simulator/plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Models that make one picture a request, with a seed and without. */
const LITE = { RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image' };
const PRO = { RUNCOMFY_MODELS: 'bytedance/seedream-5.0-pro/text-to-image' };

type Asked = Extract<Act, { command: 'seedream' }>['options'];

/** Somebody asks for pictures, a minute after the begin; the word is the prompt's own. */
function asks(word: string, options: Asked, { id = 'job', at = MINUTE }: { id?: string; at?: number } = {}): Act {
  return {
    ...{ id, at, kind: 'command', command: 'seedream', member: 'lea', guild: 'harbour', channel: 'harbour-lounge' },
    options: { prompt: `a quiet harbour ${word}`, ...options },
    marker: word,
  };
}

function presses(button: string, at: number, of = 'job'): Act {
  return { id: `${of}.${button}`, at, kind: 'press', member: 'lea', of, button };
}

const trouble = (
  of: Omit<Extract<Fault, { kind: 'trouble' }>, 'kind' | 'id' | 'probability'>,
  probability = 1,
): Fault => ({ ...{ id: `${of.with}.${of.trouble}`, kind: 'trouble', probability }, ...of });

const FOUND: Record<string, Pick<Plan, 'seed' | 'acts' | 'faults'> & Partial<Plan>> = {
  'a press said "Cancelled: 7", and of those seven RunComfy made two': {
    seed: 6,
    settings: LITE,
    acts: [asks('pekezuza', { count: 8 }), presses('cancel', 92_220)],
    faults: [trouble({ with: 'runcomfy', trouble: 'rate_limited', from: MINUTE + 400, until: MINUTE + 32 * SECOND })],
  },
  'spoilers stood in the order in which they were made': {
    seed: 9,
    settings: PRO,
    acts: [asks('mibakihu', { count: 4, spoiler: true })],
    faults: [],
  },
  'the messages of one job were written fourteen times': {
    seed: 8,
    settings: PRO,
    acts: [asks('zunofulo', { count: 10 })],
    faults: [],
  },
  'a private reply that could be edited no more said "4 of 5", and nobody heard what became of the fifth': {
    seed: 50,
    settings: LITE,
    acts: [asks('kekebava', { count: 5, private: true })],
    faults: [{ id: 'fate.job', kind: 'request', marker: 'kekebava', number: 1, fate: 'stuck' }],
  },
};

test.each(Object.entries(FOUND))('%s', async (_, found) => {
  const plan: Plan = { length: 2 * HOUR, processes: 1, ...found };
  const { violations, statistics } = await runHistory({ plan });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics.requests).toBeGreaterThan(1);
});
