/** What the simulator's command line takes, and what it answers to what it does not. */
import { describe, expect, test } from 'vitest';
import { commandFor, OptionsError, readOptions } from '../../../simulator/options.ts';

const read = (...args: string[]) => readOptions(args, () => 7);

describe('The command line of the simulator', () => {
  test('has a hundred new histories run where nothing is said', () => {
    expect(read()).toMatchObject({
      seed: 7,
      histories: 100,
      hours: 6,
      jobs: 20,
      models: 'any',
      faults: 'usual',
      processes: 1,
    });
  });

  test('has one history run where its seed is given', () => {
    expect(read('--seed', '42', '--trace')).toMatchObject({ seed: 42, histories: 1, trace: true, only: undefined });
    expect(read('--seed', '42', '--histories', '3')).toMatchObject({ seed: 42, histories: 3 });
  });

  test('takes the acts and faults that are left of a plan', () => {
    expect(read('--seed', '42', '--only', 'a3,f2').only).toEqual(['a3', 'f2']);
    expect(read('--seed', '42', '--only', 'none').only).toEqual([]);
  });

  test.each([
    [['--hours', 'six'], /^--hours is a number from/],
    [['--jobs', '1.5'], /^--jobs is a whole number from/],
    [['--seed', '-1'], /argument|--seed is a whole number/i],
    [['--seed', ''], /^--seed is a whole number/],
    [['--models', 'some'], /^--models is one of any, sets, singles, mixed$/],
    [['--faults', 'some'], /^--faults is one of none, usual, hell$/],
    [['--processes', '2'], /^--processes is one of 1, 3$/],
    [['--histories', '5', '--trace'], /for one history/],
    [['--seeds', '5'], /Unknown option '--seeds'/],
    [['hell'], /Unexpected argument 'hell'/],
  ])('answers %j with a sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(OptionsError);
    expect(() => read(...args)).toThrow(sentence);
  });

  test.each([
    [[], undefined],
    [
      ['--hours', '0.5', '--jobs', '3', '--models', 'mixed', '--faults', 'hell', '--processes', '3'],
      ['a1', 'f2'],
    ],
    [['--faults', 'none'], []],
  ])('a history is run again by the command that is printed: %j', (args, only) => {
    const options = read('--seed', '42', ...args);
    const [, again = ''] = commandFor(options, 42, only).split(' -- ');
    expect(read(...again.split(' '))).toEqual({ ...options, only });
  });
});
