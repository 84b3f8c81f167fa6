/** Histories that once broke a promise, made small: what was mended stays so. Each says what had happened. */
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Act, Fault, Plan } from '../../../simulator/plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Asked = Extract<Act, { command: 'seedream' }>['options'];

/** Somebody asks for pictures; the word is the prompt's own. */
function asks({ at, word, id = 'job', options = {} }: { at: number; word: string; id?: string; options?: Asked }): Act {
  return {
    ...{ id, at, kind: 'command', command: 'seedream', member: 'lea', guild: 'harbour', channel: 'harbour-lounge' },
    options: { prompt: `a quiet harbour ${word}`, ...options },
    marker: word,
  };
}

const trouble = (
  of: Omit<Extract<Fault, { kind: 'trouble' }>, 'kind' | 'id' | 'probability'>,
  probability = 1,
): Fault => ({
  ...{ id: `${of.with}.${of.trouble}`, kind: 'trouble', probability },
  ...of,
});

const FOUND: Record<string, Pick<Plan, 'seed' | 'acts' | 'faults'> & Partial<Plan>> = {
  'Remove under a private gallery of two messages said "Removed" while the second one stood': {
    seed: 59,
    acts: [
      asks({ at: MINUTE, word: 'gevaloja', options: { count: 12, private: true } }),
      { id: 'job.remove', at: 8 * MINUTE, kind: 'press', member: 'lea', of: 'job', button: 'remove' },
    ],
    faults: [],
  },
  'a job whose pictures could not be brought was headed "Finished · fetching the pictures" for ever': {
    seed: 64,
    settings: { JOB_DEADLINE_MINUTES: '3' },
    acts: [asks({ at: MINUTE, word: 'bafumiza' })],
    faults: [trouble({ with: 'assets', trouble: 'http_500', from: 0, until: HOUR })],
  },
  'a reply named the moment at which its picture was expected for an hour after that, as it could not be fetched': {
    seed: 64,
    settings: { JOB_DEADLINE_MINUTES: '60' },
    acts: [asks({ at: MINUTE, word: 'bafumiza', options: { count: 1 } })],
    faults: [{ id: 'fate', kind: 'request', marker: 'bafumiza', number: 1, fate: 'one_lost' }],
  },
  'so did a private one, which must say before it can be edited no more how its picture comes': {
    seed: 1,
    settings: { JOB_DEADLINE_MINUTES: '60' },
    acts: [
      asks({ at: MINUTE, word: 'rifuzaba', id: 'first', options: { count: 1 } }),
      asks({ at: 10 * MINUTE, word: 'bafumiza', options: { count: 1, private: true } }),
    ],
    faults: [{ id: 'fate', kind: 'request', marker: 'bafumiza', number: 1, fate: 'one_lost' }],
  },
  'a message went on saying that pictures could not be fetched yet, after all of them had come': {
    seed: 3,
    acts: [asks({ at: MINUTE, word: 'rifuzaba', options: { count: 3 } })],
    faults: [{ ...trouble({ with: 'assets', trouble: 'cut_short', from: 0, until: 5 * MINUTE }, 0.7), id: 'trouble4' }],
  },
  'a bot that the gateway had not told who it is did not know its own reply, and posted the pictures once more': {
    seed: 1525,
    settings: { JOB_DEADLINE_MINUTES: '3' },
    acts: [
      { ...asks({ at: 1_629_848, word: 'pemijage', id: 'job5', options: { count: 3 } }), channel: 'thread of harbour' },
      { id: 'stop', at: 1_758_646, kind: 'operator', does: 'stop', process: 1, down: 252_230 },
    ] as Act[],
    faults: [
      {
        ...trouble({ with: 'discord', trouble: 'reset_after', from: 33 * MINUTE, until: 37 * MINUTE }, 0.3),
        id: 'lost2',
      },
      trouble({ with: 'assets', trouble: 'refused', from: 1_641_680, until: 1_790_493 }),
    ],
  },
  'a reply whose edit nobody had answered was followed up with the same pictures, without a look for them': {
    seed: 1525,
    settings: { JOB_DEADLINE_MINUTES: '3' },
    acts: [
      asks({ at: 27 * MINUTE, word: 'pemijage', options: { count: 3 } }),
      { id: 'stop', at: 29 * MINUTE, kind: 'operator', does: 'stop', process: 1, down: 4 * MINUTE },
    ],
    faults: [
      trouble({ with: 'assets', trouble: 'refused', from: 27 * MINUTE, until: 30 * MINUTE }),
      trouble({ with: 'discord', trouble: 'reset_after', from: 33 * MINUTE, until: 33 * MINUTE + 1.5 * SECOND }),
    ],
  },
  '"Sending it to RunComfy" stood for ever where the bot was killed after it had said so and before it had written the job':
    {
      seed: 7,
      acts: [asks({ at: MINUTE, word: 'gevaloja', options: { prompt: 'a quiet harbour gevaloja --ar 16:9' } })],
      faults: [
        { id: 'kill', kind: 'kill_at_call', process: 1, call: 3, side: 'after', down: 5 * SECOND, from: MINUTE },
      ],
    },
  'Remove said "Removed" while a further message stood whose request its member had deleted': {
    seed: 59,
    acts: [
      asks({ at: MINUTE, word: 'lomigeno', options: { count: 13 } }),
      {
        ...{ id: 'privacy', at: 15 * MINUTE, kind: 'command', command: 'privacy', member: 'lea', guild: 'harbour' },
        ...{ channel: 'harbour-lounge', options: {} },
      },
      { id: 'erase', at: 16 * MINUTE, kind: 'press', member: 'lea', of: 'privacy', button: 'erase' },
      { id: 'erasenow', at: 17 * MINUTE, kind: 'press', member: 'lea', of: 'erase', button: 'erasenow' },
      { id: 'remove', at: 30 * MINUTE, kind: 'press', member: 'lea', of: 'job', button: 'remove' },
    ],
    faults: [],
  },
  'a request was given up as unknown by a look that failed for another reason': {
    seed: 8,
    acts: [asks({ at: MINUTE, word: 'bamibaza', options: { count: 15 } })],
    faults: [
      { id: 'fate.job', kind: 'request', marker: 'bamibaza', number: 1, fate: 'forgotten' },
      trouble({ with: 'runcomfy', trouble: 'error_in_200', from: 90 * SECOND, until: HOUR }, 0.6),
    ],
  },
  'one try that failed at the deadline left "Generating" for ever': {
    seed: 258,
    settings: { JOB_DEADLINE_MINUTES: '3' },
    acts: [asks({ at: MINUTE, word: 'gegezuva' })],
    faults: [
      trouble({ with: 'assets', trouble: 'http_500', from: 0, until: HOUR }),
      trouble({ with: 'discord', trouble: 'reset_before', from: 3.5 * MINUTE, until: 20 * MINUTE }),
    ],
  },
  'the progress edit "Generating" that Discord took late stood over the gallery, and its pictures were gone': {
    seed: 4,
    length: 6 * HOUR,
    settings: { JOB_DEADLINE_MINUTES: '3', LIMIT_USER_ACTIVE_JOBS: '1' },
    acts: [
      {
        ...{ id: 'job3', at: 3_684_047, kind: 'command', command: 'seedream', member: 'tom', guild: 'orchard' },
        ...{ channel: 'thread of orchard', marker: 'wonohuza' },
        options: { prompt: 'wonohuza an old lighthouse を3枚', size: '1728:2304 (3:4)' },
      },
      {
        ...{ id: 'job4', at: 5_040_881, kind: 'command', command: 'seedream', member: 'tom', guild: 'orchard' },
        ...{ channel: 'orchard-pictures', marker: 'keriwono' },
        options: { prompt: 'keriwono a glass garden を14枚', size: '3024:1296 (21:9)' },
      },
      {
        ...{ id: 'job8', at: 5_047_199, kind: 'command', command: 'seedream', member: 'kit', guild: 'harbour' },
        ...{ channel: 'harbour-pictures', marker: 'vazakepe' },
        options: {
          prompt: 'Portra 400 photo of a glass garden vazakepe',
          count: 3,
          seed: 996_873_545,
          quality: 'standard',
        },
      },
    ],
    faults: [
      {
        ...{ id: 'discord.now-and-then', kind: 'trouble', with: 'discord', trouble: 'slow' },
        ...{ from: 0, until: 19_440_000, probability: 0.008155065746977925 },
      },
    ],
  },
  'that edit was not waited for where the next process went on with the job': {
    seed: 81,
    length: 6 * HOUR,
    processes: 3,
    acts: [
      {
        ...{ id: 'job3', at: 13_974_276, kind: 'command', command: 'seedream', member: 'jun', guild: 'harbour' },
        ...{ channel: 'harbour-lounge', marker: 'kejakeba' },
        options: {
          ...{ prompt: 'foxes in the snow in the rain kejakeba', count: 2, size: '2048:2048 (1:1)' },
          ...{ quality: 'standard', spoiler: true },
        },
      },
      { id: 'job3.again', at: 14_150_672, kind: 'press', member: 'jun', of: 'job3', button: 'again' },
    ],
    faults: [
      {
        ...{ id: 'discord.now-and-then', kind: 'trouble', with: 'discord', trouble: 'slow' },
        ...{ from: 0, until: 19_440_000, probability: 0.009982324712909758 },
      },
    ],
  },
  '"Expected" named a moment that had passed': {
    seed: 8,
    acts: [
      {
        ...{ id: 'job13', at: 5_841_800, kind: 'command', command: 'seedream', member: 'eli', guild: 'foundry' },
        ...{ channel: 'thread of foundry', marker: 'fuvajage' },
        options: { prompt: '3 cats and a fuvajage as a woodcut, 8k' },
      },
    ],
    faults: [],
  },
  'an interaction that was brought again and failed deleted the reply of its job, and said that nothing was charged': {
    seed: 124,
    length: 6 * HOUR,
    acts: [
      {
        ...{ id: 'job14', at: 16_174_824, kind: 'command', command: 'seedream', member: 'lea', guild: 'harbour' },
        ...{ channel: 'thread of harbour', marker: 'ribazaki' },
        options: { prompt: '3 cats and a ribazaki in pale colours, 8k', count: 15, private: true },
      },
    ],
    faults: [
      {
        ...{ id: 'delivery.job3', kind: 'trouble', with: 'discord', trouble: 'slow_answer' },
        ...{ from: 16_155_189, until: 16_755_189, probability: 0.3 },
      },
      {
        ...{ id: 'trouble2', kind: 'trouble', with: 'gateway', trouble: 'replayed' },
        ...{ from: 16_147_354, until: 16_309_943, probability: 1 },
      },
      { id: 'kill2', kind: 'kill_at_call', process: 1, call: 3, side: 'after', down: 5256, from: 16_140_189 },
    ],
  },
  'an edit that was under way when the process ended stood over the end that the next one had told': {
    seed: 469_254_938,
    length: 6 * HOUR,
    acts: [
      {
        ...{ id: 'job10', at: 7_908_398, kind: 'command', command: 'seedream', member: 'lea', guild: 'foundry' },
        ...{ channel: 'foundry-lounge', marker: 'zumizulo', options: { prompt: 'a quiet harbour zumizulo' } },
      },
      { id: 'job10.moderated', at: 7_928_760, kind: 'press', member: 'lea', of: 'job10', button: 'cancel' },
      { id: 'operation3', at: 7_932_300, kind: 'operator', does: 'upgrade', process: 1, down: 862 },
    ],
    faults: [
      {
        ...{ id: 'discord.now-and-then', kind: 'trouble', with: 'discord', trouble: 'slow' },
        ...{ from: 0, until: 19_440_000, probability: 0.044192538382485505 },
      },
      trouble({ with: 'runcomfy', trouble: 'refused', from: 7_908_398, until: 7_912_398 }),
    ],
  },
  'a reply whose id no answer had told kept its progress where the pictures went into a message of their own': {
    seed: 31_132,
    length: 6 * HOUR,
    acts: [
      {
        ...{ id: 'job13', at: 7_452_588, kind: 'command', command: 'seedream', member: 'kit', guild: 'foundry' },
        ...{ channel: 'foundry-lounge', marker: 'gezapeki' },
        options: { prompt: 'gezapeki a quiet harbour', count: 14, seed: 843_131_729 },
      },
      { id: 'job13.edit', at: 7_708_564, kind: 'press', member: 'kit', of: 'job13', button: 'edit' },
      {
        ...{ id: 'job13.edit.send', at: 7_743_609, kind: 'send_form', member: 'kit', of: 'job13.edit' },
        ...{ marker: 'pelobawo' },
        fields: { prompt: 'a market at noon as a woodcut pelobawo', count: '2', size: '1728:2304 (3:4)' },
      },
      {
        ...{ id: 'job9', at: 8_802_598, kind: 'command', command: 'seedream', member: 'mo', guild: 'harbour' },
        ...{ channel: 'harbour-pictures', marker: 'ririkege' },
        options: { prompt: 'Generate 2 images of a market at noon, ririkege', count: 2, size: '1440:2560 (9:16)' },
      },
    ],
    faults: [
      {
        ...{ id: 'delivery.job13', kind: 'trouble', with: 'discord', trouble: 'reset_after' },
        ...{ from: 7_467_588, until: 8_067_588, probability: 0.3 },
      },
      {
        ...{ id: 'trouble6', kind: 'trouble', with: 'runcomfy', trouble: 'too_slow' },
        ...{ from: 7_746_106, until: 8_891_347, probability: 0.7 },
      },
      { id: 'row3.kill2', kind: 'kill_at_call', process: 1, call: 14, side: 'before', down: 4702, from: 8_819_543 },
      { id: 'fate.job13.edit.send', kind: 'request', marker: 'pelobawo', number: 1, fate: 'result_not_ready' },
    ],
  },
  'an interaction that was brought again said over its running job that the store failed and nothing was charged': {
    seed: 510_079,
    length: 6 * HOUR,
    acts: [
      {
        ...{ id: 'job7', at: 2_255_995, kind: 'command', command: 'seedream', member: 'ana', guild: 'foundry' },
        ...{ channel: 'thread of foundry', marker: 'zazurino' },
        options: { prompt: 'a glass garden in the rain zazurino', count: 4, spoiler: true },
      },
      {
        ...{ id: 'visit5', at: 4_067_214, kind: 'command', command: 'words', member: 'lea', guild: 'foundry' },
        ...{ channel: 'foundry-pictures', options: { subcommand: 'remove', word: 'woodcut' } },
      },
      {
        ...{ id: 'job5', at: 6_331_088, kind: 'command', command: 'seedream', member: 'sam', guild: 'foundry' },
        ...{ channel: 'foundry-lounge', marker: 'nopebape' },
        options: {
          ...{ prompt: 'a market at noon as a woodcut nopebape', count: 12, size: '2304:1728 (4:3)' },
          ...{ seed: 1_118_233_902, private: true },
        },
      },
    ],
    faults: [
      {
        ...{ id: 'discord.now-and-then', kind: 'trouble', with: 'discord', trouble: 'http_502_html' },
        ...{ from: 0, until: 19_440_000, probability: 0.009798591923899948 },
      },
      {
        ...{ id: 'store.now-and-then', kind: 'trouble', with: 'store', trouble: 'failed' },
        ...{ from: 0, until: 19_440_000, probability: 0.027546953363344073 },
      },
      {
        ...{ id: 'trouble1', kind: 'trouble', with: 'gateway', trouble: 'replayed' },
        ...{ from: 6_330_788, until: 6_464_739, probability: 0.4 },
      },
      { id: 'row2.kill1', kind: 'kill_at_call', process: 1, call: 1, side: 'after', down: 4296, from: 4_687_751 },
      { id: 'row2.kill2', kind: 'kill_at_call', process: 1, call: 15, side: 'before', down: 1763, from: 4_687_751 },
    ],
  },
  'while a record could not be written, its request was looked at every second, however long RunComfy had said to wait':
    {
      seed: 256_771,
      length: 6 * HOUR,
      acts: [
        {
          ...{ id: 'job8', at: 3_203_183, kind: 'command', command: 'seedream', member: 'the host', guild: 'harbour' },
          ...{ channel: 'thread of harbour', marker: 'kikezalo' },
          options: { prompt: '4 old photos of kikezalo, a market at noon', size: '1664:2496 (2:3)' },
        },
      ],
      faults: [
        { ...trouble({ with: 'store', trouble: 'full', from: 3_204_105, until: 3_393_696 }), id: 'trouble5' },
        {
          ...trouble({ with: 'runcomfy', trouble: 'rate_limited_for', from: 3_202_883, until: 3_317_159 }, 0.4),
          id: 'trouble20',
        },
      ],
    },
  'further messages were made while the store was full, and their pictures once more after a stop': {
    seed: 700_083,
    length: 6 * HOUR,
    acts: [
      {
        ...{ id: 'job3', at: 4_466_659, kind: 'command', command: 'seedream', member: 'sam', guild: 'harbour' },
        ...{ channel: 'harbour-pictures', marker: 'zawolono' },
        options: { prompt: '6 old photos of zawolono, an old lighthouse', count: 6, size: '1728:2304 (3:4)' },
      },
      { id: 'operation1', at: 4_581_105, kind: 'operator', does: 'stop', process: 1, down: 212_873 },
    ],
    faults: [
      { ...trouble({ with: 'store', trouble: 'full', from: 4_485_987, until: 4_710_038 }), id: 'trouble4' },
      {
        ...trouble({ with: 'assets', trouble: 'refused', from: 4_516_274, until: 4_730_217 }, 0.7),
        id: 'trouble13',
      },
    ],
  },
  'a request that RunComfy had denied for long enough was said to be given up too soon, as a look hours later found it':
    {
      seed: 24_654_452,
      length: 6 * HOUR,
      acts: [
        {
          ...{ id: 'job5', at: 3_705_012, kind: 'command', command: 'seedream', member: 'ben', guild: 'orchard' },
          ...{ channel: 'orchard-pictures', marker: 'loribake' },
          options: { prompt: 'loribake a quiet harbour', count: 1 },
        },
      ],
      faults: [
        { ...trouble({ with: 'runcomfy', trouble: 'not_found', from: 3_706_554, until: 3_926_527 }), id: 'trouble5' },
        { id: 'fate.job5', kind: 'request', marker: 'loribake', number: 1, fate: 'stuck' },
      ],
    },
  'a last look at the deadline was said to be sooner than RunComfy had told': {
    seed: 256_824,
    length: 6 * HOUR,
    settings: { JOB_DEADLINE_MINUTES: '3' },
    acts: [
      {
        ...{ id: 'job10', at: 2_349_177, kind: 'command', command: 'seedream', member: 'sam', guild: 'foundry' },
        ...{ channel: 'foundry-lounge', marker: 'rivakeba' },
        options: { prompt: 'a market at noon with contrabandry and rivakeba', size: '1440:2560 (9:16)' },
      },
    ],
    faults: [
      {
        ...trouble({ with: 'runcomfy', trouble: 'rate_limited_for', from: 2_479_301, until: 2_991_952 }, 0.4),
        id: 'trouble7',
      },
      { ...trouble({ with: 'runcomfy', trouble: 'strange_word', from: 2_384_547, until: 2_895_283 }), id: 'trouble9' },
    ],
  },
};

test.each(Object.entries(FOUND))('%s', async (_, found) => {
  const plan: Plan = { length: 2 * HOUR, processes: 1, ...found };
  const { violations, statistics } = await runHistory({ plan });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(statistics.requests).toBeGreaterThan(0);
});
