/** Histories that once broke a promise, made small: of pictures to start from, of what people press, of what the host hears. */
import { expect, test } from 'vitest';
import { runHistory } from '../../../simulator/history.ts';
import type { Act, Fault, Plan } from '../../../simulator/plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Asked = Extract<Act, { command: 'seedream' }>['options'];

const WHERE = { member: 'lea', guild: 'harbour', channel: 'harbour-lounge' } as const;

/** Somebody asks for pictures; the word is the prompt's own. */
function asks(id: string, word: string, options: Asked = {}): Act {
  const typed = { prompt: `a quiet harbour ${word}`, ...options };
  return { id, at: MINUTE, kind: 'command', command: 'seedream', ...WHERE, options: typed, marker: word };
}

const press = (id: string, at: number, of: string, button: string): Act => {
  return { id, at, kind: 'press', member: 'lea', of, button };
};

const FOUND: Record<string, Pick<Plan, 'acts'> & { faults?: Fault[]; settings?: NonNullable<Plan['settings']> }> = {
  'a job of more pictures than its model makes a request was refused as if the model had changed': {
    settings: { RUNCOMFY_MODELS: 'studio/quartet/text-to-image' },
    acts: [asks('job', 'fulobaki', { count: 12 })],
  },
  'a member whose prompt Discord refuses in messages was not told that the job is done': {
    acts: [
      asks('job', 'bafukimi', { prompt: 'a quiet harbour with contrabandry and bafukimi', count: 3, private: true }),
      press('job.tell', 75 * SECOND, 'job', 'tell'),
    ],
  },
  'the menu of a gallery took its pictures as if they were others’: a day later Again said that they can no longer be had':
    {
      acts: [
        asks('job', 'kezumiba', { count: 2 }),
        {
          id: 'menu',
          at: 8 * MINUTE,
          kind: 'message_command',
          command: 'Edit with Seedream',
          member: 'lea',
          of: 'job',
        },
        {
          ...{ id: 'menu.send', at: 9 * MINUTE, kind: 'send_form', member: 'lea', of: 'menu', marker: 'lomigeno' },
          fields: { prompt: 'foxes lomigeno', count: '1', pictures: '1' },
        },
        press('again', 90 * MINUTE, 'menu.send', 'again'),
      ],
      faults: [{ id: 'addresses', kind: 'addresses', life: HOUR }],
    },
  'a kill right after RunComfy had refused the key left its host untold, and the reply said that they had been told': {
    acts: [asks('job', 'rikegelo', { count: 3 })],
    faults: [
      {
        ...{ id: 'strike', kind: 'trouble', with: 'runcomfy', trouble: 'unauthorized_in_200', probability: 1 },
        ...{ from: MINUTE, until: 2 * MINUTE },
      },
      ...[9, 10, 11, 12, 13].map((call): Fault => {
        return { id: `kill${call}`, kind: 'kill_at_call', process: 1, call, side: 'after', down: 9000, from: MINUTE };
      }),
    ],
  },
};

test.each(Object.entries(FOUND))('%s', async (_, { faults = [], ...found }) => {
  const { violations, lines } = await runHistory({
    plan: { seed: 7, length: 2 * HOUR, processes: 1, faults, ...found },
    trace: true,
  });
  expect(violations.map(({ message }) => message)).toEqual([]);
  expect(lines.some(({ what }) => what.startsWith('submits'))).toBe(true);
});

test('pictures to start from are given, kept by Again, chosen in a gallery, and gone', async () => {
  const { violations, lines } = await runHistory({
    plan: {
      ...{ seed: 7, length: 4 * HOUR, processes: 1 },
      acts: [
        asks('job', 'kezumiba', { count: 2, picture: 'one.png', picture2: 'two.jpg' }),
        press('job.again', 6 * MINUTE, 'job', 'again'),
        press('job.late', 90 * MINUTE, 'job', 'again'),
        { id: 'use', at: 8 * MINUTE, kind: 'choose', member: 'lea', of: 'job', select: 'use', choice: 2 },
        {
          ...{ id: 'use.send', at: 9 * MINUTE, kind: 'send_form', member: 'lea', of: 'use', marker: 'lomigeno' },
          fields: { prompt: 'foxes lomigeno', count: '1' },
        },
        { id: 'post', at: 10 * MINUTE, kind: 'post', ...WHERE, files: ['three.png', 'four.webp'] },
        {
          id: 'menu',
          at: 11 * MINUTE,
          kind: 'message_command',
          command: 'Edit with Seedream',
          member: 'lea',
          of: 'post',
        },
        { id: 'post.deleted', at: 11.5 * MINUTE, kind: 'delete_message', member: 'lea', of: 'post' },
        {
          ...{ id: 'menu.send', at: 12 * MINUTE, kind: 'send_form', member: 'lea', of: 'menu', marker: 'gevaloja' },
          fields: { prompt: 'foxes gevaloja', count: '1', pictures: '1,2' },
        },
      ],
      faults: [{ id: 'addresses', kind: 'addresses', life: HOUR }],
    },
    trace: true,
  });
  expect(violations.map(({ message }) => message)).toEqual([]);
  const submits = lines.flatMap(({ what }) => (what.startsWith('submits') ? [/from (\d+)/.exec(what)?.[1]] : []));
  expect(submits).toEqual(['2', '2', '1', '2']);
  const said = (part: string) => lines.filter(({ what }) => what.includes(part));
  expect(said('Picture 1 can no longer be had').length).toBe(1);
  expect(said('learns of the result of gevaloja-1: failed').length).toBe(1);
});
