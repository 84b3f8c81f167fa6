/** What the command line says of the histories to run. */
import { parseArgs } from 'node:util';
import { MODEL_CHOICES, type ModelChoice } from './people/people.ts';

const FAULTS = ['none', 'usual', 'hell'] as const;
type FaultMode = (typeof FAULTS)[number];

/** What a history is drawn from, beside its seed. */
export interface Drawing {
  /** Of virtual time in which people act and faults come. */
  hours: number;
  /** How many pictures are asked for by `/seedream`. */
  jobs: number;
  /** With which pictures are made: such as make a set in one request, one picture or a few, both, or any of that. */
  models: ModelChoice;
  faults: FaultMode;
  processes: number;
}

export interface Options extends Drawing {
  /** The first history's seed; each further one has the next number. */
  seed: number;
  histories: number;
  /** Whether the whole diary is printed. */
  trace: boolean;
  /** The ids of the acts and faults that are left in the plan; all of them where it is not given. */
  only: readonly string[] | undefined;
  /** Whether faults are put in on purpose, to see that they are found; `only` names some of them. */
  teeth: boolean;
}

/** Options that nothing can be run by. The message is for whoever typed them. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const DEFAULTS = { histories: 100, hours: 6, jobs: 20, models: 'any', faults: 'usual', processes: 1 } as const;

export const USAGE = `npm run simulate -- [options]
  --seed 42                 the history to run; with --histories, the first of them (without it: new ones)
  --histories ${DEFAULTS.histories}           how many (with --seed: 1)
  --hours ${DEFAULTS.hours}                 virtual hours in which people act and things go wrong
  --jobs ${DEFAULTS.jobs}                 how often people ask for pictures
  --models any|sets|singles|mixed  whether jobs are of one request, of many, or of either (${DEFAULTS.models})
  --faults none|usual|hell  how much goes wrong (${DEFAULTS.faults})
  --processes 1|3           how many processes of the bot share one store
  --only a3,f2              only these of the plan's acts and faults; "none" for none of them
  --trace                   the whole diary
  --teeth                   puts faults into copies of the code and counts the histories until each is found`;

/** A seed is at most this, so that the histories after it have one, too. */
const SEED_MAX = 2 ** 31;

function numberOf(name: string, text: string, least: number, most: number, whole = true): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new OptionsError(`--${name} is ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`);
  }
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new OptionsError(`--${name} is one of ${choices.join(', ')}`);
  return found;
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        seed: text,
        histories: text,
        hours: text,
        jobs: text,
        models: text,
        faults: text,
        processes: text,
        only: text,
        trace: { type: 'boolean', default: false },
        teeth: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? (error.message.split('.')[0] ?? '') : String(error));
  }
}

/**
 * @param newSeed - the seed where none is given.
 * @throws OptionsError
 */
export function readOptions(args: string[], newSeed: () => number): Options {
  const given = parse(args);
  const one = given.seed !== undefined || given.trace || given.only !== undefined;
  const histories = given.histories ?? (one ? '1' : String(DEFAULTS.histories));
  const options: Options = {
    seed: given.seed === undefined ? newSeed() : numberOf('seed', given.seed, 0, SEED_MAX),
    histories: numberOf('histories', histories, 1, 1_000_000),
    hours: numberOf('hours', given.hours ?? String(DEFAULTS.hours), 0.1, 24 * 366, false),
    jobs: numberOf('jobs', given.jobs ?? String(DEFAULTS.jobs), 0, 10_000),
    models: oneOf('models', given.models ?? DEFAULTS.models, MODEL_CHOICES),
    faults: oneOf('faults', given.faults ?? DEFAULTS.faults, FAULTS),
    processes: Number(oneOf('processes', given.processes ?? String(DEFAULTS.processes), ['1', '3'])),
    trace: given.trace,
    teeth: given.teeth,
    only: given.only === 'none' ? [] : given.only?.split(',').map((id) => id.trim()),
  };
  if ((options.only !== undefined || options.trace) && options.histories > 1) {
    throw new OptionsError('--only and --trace are for one history: give its --seed, and no --histories');
  }
  return options;
}

/** The command that runs one of these histories again. */
export function commandFor(
  { hours, jobs, models, faults, processes }: Drawing,
  seed: number,
  only?: readonly string[],
): string {
  return [
    `npm run simulate -- --seed ${seed}`,
    ...(hours === DEFAULTS.hours ? [] : [`--hours ${hours}`]),
    ...(jobs === DEFAULTS.jobs ? [] : [`--jobs ${jobs}`]),
    ...(models === DEFAULTS.models ? [] : [`--models ${models}`]),
    ...(faults === DEFAULTS.faults ? [] : [`--faults ${faults}`]),
    ...(processes === DEFAULTS.processes ? [] : [`--processes ${processes}`]),
    ...(only === undefined ? [] : [`--only ${only.length === 0 ? 'none' : only.join(',')}`]),
  ].join(' ');
}
