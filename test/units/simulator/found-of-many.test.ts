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
  'a process that stood still while it filled a gallery took out what another one had added meanwhile': {
    seed: 4101,
    length: 6 * HOUR,
    processes: 3,
    settings: PRO,
    acts: [
      {
        ...{ id: 'job6', at: 7_998_390, kind: 'command', command: 'seedream', member: 'the host', guild: 'harbour' },
        ...{ channel: 'thread of harbour', marker: 'huzapepe' },
        options: { prompt: 'Portra 400 photo of a quiet harbour huzapepe', size: '1:1' },
      },
    ],
    faults: [
      { ...trouble({ with: 'assets', trouble: 'slow', from: 8_015_282, until: 8_118_084 }, 0.4), id: 'trouble3' },
      { id: 'freeze2', kind: 'freeze', process: 3, at: 8_084_588, for: 60_730 },
      { id: 'jump3', kind: 'clock_jump', process: 1, at: 5_945_197, by: -51_747 },
      { id: 'cut2', kind: 'cut_off', process: 2, from: 8_019_440, until: 8_051_053 },
    ],
  },
  'a picture that was added while the store was away was added once more after a kill': {
    seed: 4011,
    length: 6 * HOUR,
    settings: PRO,
    acts: [
      {
        ...{ id: 'job13', at: 13_833_759, kind: 'command', command: 'seedream', member: 'rex', guild: 'foundry' },
        ...{ channel: 'foundry-lounge', marker: 'bavabape' },
        options: { prompt: 'Portra 400 photo of a glass garden bavabape', private: true },
      },
      { id: 'operation1', at: 14_318_791, kind: 'operator', does: 'kill', process: 1, down: 1599 },
    ],
    faults: [
      { ...trouble({ with: 'store', trouble: 'away', from: 14_176_294, until: 15_234_378 }, 0.4), id: 'trouble5' },
      ...[
        { id: 'kill1', call: 33, side: 'before' as const, down: 5831, from: 11_839_024 },
        { id: 'row3.kill1', call: 11, side: 'after' as const, down: 1445, from: 14_173_324 },
        { id: 'row3.kill3', call: 28, side: 'after' as const, down: 874, from: 14_173_324 },
      ].map((kill): Fault => ({ ...kill, kind: 'kill_at_call', process: 1 })),
      { id: 'fate.job13', kind: 'request', marker: 'bavabape', number: 1, fate: 'failed' },
      { id: 'fate.job13.3', kind: 'request', marker: 'bavabape', number: 3, fate: 'slow' },
    ],
  },
  'after a kill a message that nobody had answered was forgotten, and its pictures were posted once more': {
    seed: 256_833,
    length: 6 * HOUR,
    settings: { ...LITE, JOB_DEADLINE_MINUTES: '20' },
    acts: [
      {
        ...{ id: 'job2', at: 10_797_062, kind: 'command', command: 'seedream', member: 'ida', guild: 'harbour' },
        ...{ channel: 'thread of harbour', marker: 'nokemiva' },
        options: { prompt: 'nokemiva a glass garden を14枚', count: 14, spoiler: true },
      },
    ],
    faults: [
      {
        ...trouble({ with: 'store', trouble: 'away', from: 0, until: 5.4 * HOUR }, 0.04217029984574765),
        id: 'store.now-and-then',
      },
      {
        ...trouble({ with: 'discord', trouble: 'reset_after', from: 10_812_164, until: 11_412_164 }, 0.3),
        id: 'delivery.job4',
      },
      {
        ...trouble({ with: 'assets', trouble: 'cut_short', from: 10_804_883, until: 11_415_890 }, 0.7),
        id: 'trouble9',
      },
      { id: 'row2.kill6', kind: 'kill_at_call', process: 1, call: 55, side: 'after', down: 521, from: 5_974_773 },
    ],
  },
  'a job of which RunComfy denied a request now and then was said to be edited too often, though each time was told': {
    seed: 256_790,
    length: 6 * HOUR,
    settings: { RUNCOMFY_MODELS: 'studio/quartet/text-to-image' },
    acts: [
      {
        ...{ id: 'job11', at: 13_986_591, kind: 'command', command: 'seedream', member: 'sam', guild: 'harbour' },
        ...{ channel: 'harbour-lounge', marker: 'nozumifu', times: 3 },
        options: { prompt: 'Portra 400 photo of foxes in the snow nozumifu', count: 12, private: true },
      },
    ],
    faults: [{ id: 'fate.job11.3', kind: 'request', marker: 'nozumifu', number: 3, fate: 'flickers' }],
  },
  'a denial of four seconds was told, and taken back again, four times over: the messages of one job were edited 17 times':
    {
      seed: 20,
      length: 6 * HOUR,
      settings: PRO,
      acts: [
        {
          ...{ id: 'job9', at: 18_179_831, kind: 'command', command: 'seedream', member: 'ida', guild: 'harbour' },
          ...{ channel: 'harbour-lounge', marker: 'fufuhuwo' },
          options: { prompt: '@everyone **fufuhuwo** <@123456789012345678> `a quiet harbour` ||x||', count: 8 },
        },
      ],
      faults: [{ id: 'fate.job9.5', kind: 'request', marker: 'fufuhuwo', number: 5, fate: 'flickers' }],
    },
  'who asked in the tenth of a second of the first submit after a refused balance was told that the bot takes no jobs':
    {
      seed: 820_349,
      length: 6 * HOUR,
      settings: PRO,
      acts: [
        {
          ...{ id: 'job4', at: 5_404_419, kind: 'command', command: 'seedream', member: 'tia', guild: 'orchard' },
          ...{ channel: 'orchard-pictures', marker: 'mivazumi' },
          options: { prompt: 'a quiet harbour as a woodcut mivazumi', count: 5 },
        },
        asks('lorizaki', { count: 7 }, { id: 'job2', at: 6_780_875 }),
        asks('nohuloki', { count: 3 }, { id: 'job7', at: 6_780_993 }),
      ],
      faults: [
        {
          ...trouble({ with: 'runcomfy', trouble: 'no_balance_in_200', from: 5_404_419, until: 5_408_419 }),
          id: 'strike',
        },
      ],
    },
  'where the bot was not allowed embeds any more, a gallery was said to tell a number, of which nothing can be seen': {
    seed: 700_082,
    settings: LITE,
    acts: [
      asks('zulopeke', { count: 2 }, { at: 3_039_291 }),
      { id: 'permissions', at: 4_059_454, kind: 'permissions', channel: 'harbour-lounge', lacking: ['EmbedLinks'] },
    ],
    faults: [trouble({ with: 'store', trouble: 'failed', from: 3_046_346, until: 5_018_071 })],
  },
  'after the machine’s clock had been set by more than a minute no message was found or made any more where one was to be looked for':
    {
      seed: 700_024,
      length: 6 * HOUR,
      settings: { ...LITE, JOB_DEADLINE_MINUTES: '20' },
      acts: [
        {
          ...{ id: 'pictures2', at: 10_795_713, kind: 'command', command: 'seedream', member: 'ana', guild: 'foundry' },
          ...{ channel: 'thread of foundry', marker: 'zubawomi' },
          options: { prompt: 'a quiet harbour with contrabandry and zubawomi', count: 12, private: true },
        },
      ],
      faults: [
        { id: 'jump2', kind: 'clock_jump', process: 1, at: 5_908_035, by: -61_958 },
        { id: 'fate.pictures2', kind: 'request', marker: 'zubawomi', number: 1, fate: 'stuck' },
      ],
    },
};

test.each(Object.entries(FOUND))('%s', async (_, found) => {
  const plan: Plan = { length: 2 * HOUR, processes: 1, ...found };
  const { violations, statistics } = await runHistory({ plan });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics.requests).toBeGreaterThan(1);
});
