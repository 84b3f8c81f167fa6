import { expect, test } from 'vitest';
import { drawPlan, type Faults } from '../../../simulator/people/people.ts';

const plans = (faults: Faults, processes = 1) =>
  Array.from({ length: 60 }, (_, seed) => drawPlan({ seed, hours: 6, processes, faults }));

test('a seed gives one plan', () => {
  const draw = (seed: number) => JSON.stringify(drawPlan({ seed, hours: 6, processes: 3, faults: 'hell' }));
  expect(draw(7)).toBe(draw(7));
  expect(draw(7)).not.toBe(draw(8));
});

test('every act and every fault has an id of its own, and refers to what came before it', () => {
  for (const { acts, faults } of plans('hell', 3)) {
    const ids = [...acts, ...faults].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const act of acts) {
      if (!('of' in act)) continue;
      const earlier = acts.find(({ id }) => id === act.of);
      expect(earlier?.at).toBeLessThanOrEqual(act.at);
    }
  }
});

test('no two requests share the word of their prompts, and nobody else types it', () => {
  for (const { acts } of plans('usual')) {
    const markers = acts.flatMap((act) => ('marker' in act ? [act.marker] : []));
    expect(new Set(markers).size).toBe(markers.length);
    for (const marker of markers) {
      const typed = acts.filter((act) => JSON.stringify('options' in act ? act.options : {}).includes(marker));
      expect(typed.length).toBeLessThanOrEqual(1);
      expect(marker).toMatch(/^[a-z]{8}$/);
    }
  }
});

/** Requests that start from pictures, and what is pressed beside the rest, come in addition. */
const BESIDE = /^pictures|\.(mended|mending|yes)\b/;

test('as many jobs are asked for as were wanted, at most', () => {
  const begin = /^(again|againprivately)$/;
  for (const { acts } of plans('usual')) {
    const begun = acts.filter(
      (act) =>
        !BESIDE.test(act.id) &&
        ('marker' in act || (act.kind === 'press' && begin.test(act.button) && !act.of.startsWith('visit'))),
    );
    expect(begun.length).toBeGreaterThan(10);
    expect(begun.length).toBeLessThanOrEqual(20);
  }
});

/** The models that the bot is set to in a plan; none where they are the default. */
const modelsOf = ({ settings }: ReturnType<typeof drawPlan>) => settings?.['RUNCOMFY_MODELS']?.split(',') ?? [];

test('many histories have requests that start from pictures, in every way that there is', () => {
  const drawn = plans('usual').map(({ acts }) => acts.filter(({ id }) => id.startsWith('pictures')));
  expect(drawn.filter((acts) => acts.length > 0).length).toBeGreaterThan(20);
  const acts = drawn.flat();
  const commands = acts.filter((act) => act.kind === 'command' && act.command === 'seedream');
  expect(commands.some((act) => 'picture3' in act.options)).toBe(true);
  expect(commands.some((act) => act.options['private'] === true)).toBe(true);
  for (const kind of ['choose', 'message_command', 'post', 'send_form', 'delete_message'])
    expect(acts.some((act) => act.kind === kind)).toBe(true);
});

test('half of the histories have models of single pictures, by themselves or beside one that makes sets', () => {
  const numbers = plans('usual').map((plan) => modelsOf(plan).length);
  for (const number of [0, 1, 2]) expect(numbers.filter((each) => each === number).length).toBeGreaterThan(5);
  expect(new Set(plans('usual').flatMap(modelsOf)).size).toBe(4);
});

test('a model is chosen where there are several, and no option is typed that all of them lack', () => {
  for (const plan of plans('usual')) {
    const typed = plan.acts.flatMap((act) =>
      act.kind === 'command' && act.command === 'seedream' ? Object.keys(act.options) : [],
    );
    expect(typed.includes('model')).toBe(modelsOf(plan).length > 1);
    if (modelsOf(plan).length === 1) expect(typed).not.toContain('quality');
  }
});

test("each of a job's many requests may meet its own fate", () => {
  const plan = drawPlan({ seed: 1, hours: 6, models: 'singles', processes: 1, faults: 'hell' });
  const numbers = plan.faults.flatMap((fault) => (fault.kind === 'request' ? [fault.number] : []));
  expect(Math.max(...numbers)).toBeGreaterThan(10);
  const sets = drawPlan({ seed: 1, hours: 6, models: 'sets', processes: 1, faults: 'hell' });
  expect(sets.faults.every((fault) => fault.kind !== 'request' || fault.number < 3)).toBe(true);
});

test('a history may be short, and nobody needs to ask for anything', () => {
  for (const jobs of [0, 1]) {
    const { acts } = drawPlan({ seed: 1, hours: 0.2, jobs, processes: 1, faults: 'hell' });
    expect(acts.filter((act) => act.kind === 'command' && act.command === 'seedream')).toHaveLength(jobs);
  }
});

test('without faults nothing goes wrong, and nobody kills the bot', () => {
  for (const { acts, faults } of plans('none')) {
    expect(faults).toEqual([]);
    expect(acts.filter((act) => act.kind === 'operator' && act.does === 'kill')).toEqual([]);
  }
});

test('every fault has ended before the last part of the history', () => {
  for (const { faults, length } of [...plans('usual', 3), ...plans('hell', 3)]) {
    for (const fault of faults) {
      const until =
        'until' in fault ? fault.until : 'for' in fault ? fault.at + fault.for : 'at' in fault ? fault.at : 0;
      expect(until).toBeLessThanOrEqual(0.9 * length);
    }
  }
});

test('over many histories every kind of act and of fault is drawn', () => {
  const drawn = [...plans('usual', 3), ...plans('hell', 3)];
  const kinds = (of: 'acts' | 'faults') => new Set(drawn.flatMap((plan) => plan[of].map(({ kind }) => kind)));
  expect([...kinds('acts')].sort()).toEqual(
    [
      ...['close_direct_messages', 'command', 'delete_channel', 'delete_message', 'operator', 'permissions', 'press'],
      ...['archive_thread', 'choose', 'complete', 'message_command', 'post', 'roles', 'send_form', 'time_out_bot'],
    ].sort(),
  );
  expect([...kinds('faults')].sort()).toEqual(
    ['addresses', 'clock_jump', 'cut_off', 'fail_over', 'freeze', 'kill_at_call', 'request', 'trouble'].sort(),
  );
});
