/** What people type, read as somebody would who knows nothing of the bot's own reading. */
import type { InteractionTruth } from '../../world/truth.ts';

const NUMBERS = /\p{N}|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|pair|dozen)\b/iu;

/** Whether a prompt names a number of anything. */
export const namesNumbers = (prompt: string): boolean => NUMBERS.test(prompt);

/** Whether anything was chosen that has a list of choices, which may be another one by now. */
export const choosesFromList = ({ size, quality, model }: InteractionTruth['options']): boolean =>
  [size, quality, model].some((choice) => choice !== undefined);
