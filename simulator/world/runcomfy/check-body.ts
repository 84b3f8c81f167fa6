/**
 * Whether a submit's body is one that the model takes, by its page: https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential.
 * The service may be more lenient; a bot that departs from the page has a defect.
 */

/** A body that was understood. */
export interface Input {
  text: string;
  /** Pictures asked for. */
  asked: number;
  standard: boolean;
}

const SIZES = [
  '2048:2048 (1:1)',
  '2304:1728 (4:3)',
  '1728:2304 (3:4)',
  '2560:1440 (16:9)',
  '1440:2560 (9:16)',
  '2496:1664 (3:2)',
  '1664:2496 (2:3)',
  '3024:1296 (21:9)',
];

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 15;

/** What each field takes. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '' && Array.from(value).length <= 600,
  sequential_image_generation_options: isCount,
  image_size: (value) => typeof value === 'string' && SIZES.includes(value),
  seed: (value) => Number.isInteger(value),
  optimize_prompt_options: (value) => value === 'fast' || value === 'standard',
  sequential_image_generation: (value) => typeof value === 'string',
};

/** Whether a text names this number by its figures, which is what people of a history write. */
function names(text: string, asked: number): boolean {
  const figures: string[] = text.match(/\d+/g) ?? [];
  return figures.includes(String(asked));
}

/** @returns what was understood, or everything that is wrong. */
export function checkBody(body: Readonly<Record<string, unknown>>): Input | string[] {
  const problems = Object.entries(body)
    .filter(([name, value]) => FIELDS[name]?.(value) !== true)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)} is not taken`);
  const { text, sequential_image_generation_options: asked = 3 } = body;
  if (typeof text !== 'string') return [...problems, 'text: missing'];
  if (!names(text, Number(asked))) problems.push(`text: does not name the number ${String(asked)}`);
  if (problems.length > 0) return problems;
  return { text, asked: Number(asked), standard: body['optimize_prompt_options'] === 'standard' };
}
