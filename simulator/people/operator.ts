/** The person who hosts the bot: what they set before a history, and what they do to its processes in it. */
import type { Faults } from '../faults/faults.ts';
import type { Random } from '../kernel/random.ts';
import type { Act, Plan } from '../plan.ts';
import { MODELS } from '../world/runcomfy/runcomfy.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Settings that matter to what people get: mostly the defaults, else small enough to be met. */
const SETTINGS: readonly [name: string, probability: number, values: readonly string[]][] = [
  ['JOB_DEADLINE_MINUTES', 0.3, ['3', '8', '20']],
  ['LIMIT_GUILD_DAILY_IMAGES', 0.25, ['12', '30']],
  ['LIMIT_GUILD_MONTHLY_IMAGES', 0.15, ['25', '60']],
  ['LIMIT_USER_DAILY_IMAGES', 0.25, ['5', '12']],
  ['LIMIT_GUILD_ACTIVE_JOBS', 0.25, ['1', '3']],
  ['LIMIT_USER_ACTIVE_JOBS', 0.25, ['1', '4']],
  ['LIMIT_IMAGES_PER_JOB', 0.15, ['2', '6']],
  ['LIMIT_TOTAL_MONTHLY_IMAGES', 0.25, ['10', '40']],
  ['RETENTION_DAYS', 0.2, ['1']],
];

/** @param models - that the bot is set to. */
export function drawSettings(random: Random, models: readonly string[]): NonNullable<Plan['settings']> {
  const drawn = SETTINGS.flatMap(([name, probability, values]) => {
    const own = random.of(name);
    return own.chance(probability) ? [[name, own.pick(values)] as const] : [];
  });
  const named = models.join(',');
  const isDefault = named === MODELS.sets.join(',');
  return Object.fromEntries(isDefault ? drawn : [['RUNCOMFY_MODELS', named] as const, ...drawn]);
}

type Operation = Extract<Act, { kind: 'operator' }>;

const MOST: Record<Faults, number> = { none: 1, usual: 3, hell: 6 };

/**
 * Stops, restarts and upgrades; kills where faults are wanted. Many come while something is under way.
 *
 * @param span - milliseconds from the begin within which they happen.
 */
export function drawOperations(
  random: Random,
  { acts, span, faults, processes }: { acts: readonly Act[]; span: number; faults: Faults; processes: number },
): Operation[] {
  const gentle = ['stop', 'restart', 'upgrade'] as const;
  return Array.from({ length: random.integer(0, MOST[faults]) }, (_, index): Operation => {
    const id = `operation${index + 1}`;
    const drawn = random.of(id);
    const does = faults === 'none' || drawn.chance(0.4) ? drawn.pick(gentle) : 'kill';
    const busy =
      drawn.chance(0.7) && acts.length > 0 ? drawn.pick(acts).at + drawn.around(20 * SECOND, 1.5) : drawn.next() * span;
    const down = does === 'stop' ? drawn.around(2 * MINUTE, 1.2) : drawn.around(3 * SECOND, 0.8);
    return {
      ...{ id, at: Math.round(Math.min(busy, span)), kind: 'operator', does },
      ...{ process: drawn.integer(1, processes), down: Math.round(Math.min(down, 15 * MINUTE)) },
    };
  });
}
