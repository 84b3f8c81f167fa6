/** Which models the bot is set to, and what that means for what people can type. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import { LACKS, MODELS } from '../world/runcomfy/runcomfy.ts';

type Options = Extract<Act, { command: 'seedream' }>['options'];

/** The models of a history: such as make sets, such as make one picture or a few a request, both, or any of that. */
export const MODEL_CHOICES = ['any', 'sets', 'singles', 'mixed'] as const;
export type ModelChoice = (typeof MODEL_CHOICES)[number];

/** Half of the histories that may have any models have jobs of many requests. */
function choose(random: Random): ModelChoice {
  if (random.chance(0.5)) return 'sets';
  return random.chance(0.6) ? 'singles' : 'mixed';
}

/** The models that the bot is set to, in order. */
export function drawModels(random: Random, choice: ModelChoice): readonly string[] {
  const drawn = choice === 'any' ? choose(random.of('choice')) : choice;
  const single = random.pick(MODELS.singles);
  if (drawn === 'sets') return MODELS.sets;
  if (drawn === 'singles') return [single];
  return random.chance(0.5) ? [...MODELS.sets, single] : [single, ...MODELS.sets];
}

/** Whether jobs may be of many requests. */
export function makeSingles(models: readonly string[]): boolean {
  return models.some((model) => MODELS.singles.some((single) => single === model));
}

/** What can be typed where these models are offered: no option that they all lack, and `model` where there are several. */
export function optionsFor(random: Random, models: readonly string[], options: Options): Options {
  const isLacking = (name: string) => models.every((model) => LACKS[model]?.includes(name) ?? false);
  const offered = Object.entries(options).filter(([name]) => !isLacking(name));
  const chosen = models.length > 1 && random.chance(0.7) ? { model: random.pick(models) } : {};
  return { ...Object.fromEntries(offered), ...chosen };
}
