/** What people type, read as somebody would who knows nothing of the bot's own reading. */
import type { InteractionTruth } from '../../world/truth.ts';

const NUMBERS = /\p{N}|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|pair|dozen)\b/iu;

/** Whether a prompt is none, but what Discord's client makes of a suggestion: its value, or its name, which is cut. */
export const isSuggested = (prompt: string): boolean => /^earlier:\d+$|^.{99}…$/su.test(prompt);

/** Whether a prompt names a number of anything. */
export const namesNumbers = (prompt: string): boolean => NUMBERS.test(prompt);

/** What the flags of a prompt say, in place of the options. */
export function flagsIn(prompt: string): Record<string, string | number> {
  const said = (flag: string) => new RegExp(`--${flag} (\\S+)`).exec(prompt)?.[1];
  const [size, quality, count, seed] = [said('ar'), said('quality'), said('count'), said('seed')];
  return {
    ...(size !== undefined && { size }),
    ...(quality !== undefined && { quality }),
    ...(count !== undefined && { count: Number(count) }),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}

/** Whether something was chosen, or a number given, that is not among what is offered. */
export const choosesStrangely = ({
  options,
  offered,
  name,
}: Pick<InteractionTruth, 'options' | 'offered' | 'name'>): boolean =>
  name !== 'seedream' ||
  ['size', 'quality', 'model'].some((option) => options[option] !== undefined && !offered.includes(option)) ||
  /--/.test(String(options['prompt']));
