/** The input of `bytedance/seedream-4-0/sequential`: the page's own schema, and a check that takes nothing else. */

interface Property {
  title: string;
  description: string;
  type: 'string' | 'integer';
  default?: string | number;
  maxLength?: number;
  enum?: readonly (string | number)[];
}

const PROPERTIES: Record<string, Property> = {
  text: {
    title: 'Prompt',
    description:
      "Your prompt needs to contain the number of images you want to generate. Example: 'Generate 3 images of a beautiful sunset over a calm ocean.'",
    type: 'string',
    default: 'Generate 3 images of a beautiful sunset over a calm ocean.',
    maxLength: 600,
  },
  sequential_image_generation_options: {
    title: 'Maximum Number of Output Images',
    description:
      'This value must align with the number of images specified in the prompt above. The final price will be calculated based on this value.',
    type: 'integer',
    enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    default: 3,
  },
  image_size: {
    title: 'Aspect Ratio (W:H)',
    description: 'The aspect ratio of the image to generate.',
    type: 'string',
    enum: [
      '2048:2048 (1:1)',
      '2304:1728 (4:3)',
      '1728:2304 (3:4)',
      '2560:1440 (16:9)',
      '1440:2560 (9:16)',
      '2496:1664 (3:2)',
      '1664:2496 (2:3)',
      '3024:1296 (21:9)',
    ],
    default: '2560:1440 (16:9)',
  },
  seed: { title: 'Seed', description: '', type: 'integer' },
  optimize_prompt_options: {
    title: 'Optimize Prompt',
    description:
      'Standard mode produces higher-quality content but takes longer to generate. Fast mode generates content more quickly, with lower quality.',
    type: 'string',
    enum: ['fast', 'standard'],
    default: 'fast',
  },
  sequential_image_generation: {
    title: 'sequential_image_generation',
    description: '',
    type: 'string',
    default: 'auto',
  },
};

/** The schema as `GET /models/{id}` returns it. */
export const INPUT_SCHEMA = { type: 'object', title: 'Input schema', required: ['text'], properties: PROPERTIES };

/** Says what is wrong with one value; its length counts in Unicode characters, as JSON Schema does. */
function checkProperty(name: string, value: unknown, property: Property): string[] {
  if (property.type === 'integer' && !Number.isInteger(value)) return [`${name}: not an integer`];
  if (property.type === 'string' && typeof value !== 'string') return [`${name}: not a string`];
  const problems: string[] = [];
  if (property.enum !== undefined && !property.enum.some((allowed) => allowed === value)) {
    problems.push(`${name}: not one of ${property.enum.join(', ')}`);
  }
  if (property.maxLength !== undefined && typeof value === 'string' && Array.from(value).length > property.maxLength) {
    problems.push(`${name}: longer than ${property.maxLength} characters`);
  }
  return problems;
}

/** Whether a parsed JSON value is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists everything in which a parsed body departs from the schema; empty when it does not. */
export function checkSchema(body: unknown): string[] {
  if (!isObject(body)) return ['body: not an object'];
  const missing = INPUT_SCHEMA.required.filter((name) => !(name in body)).map((name) => `${name}: missing`);
  const wrong = Object.entries(body).flatMap(([name, value]) => {
    const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
    return property === undefined ? [`${name}: not a property of the input`] : checkProperty(name, value, property);
  });
  return [...missing, ...wrong];
}
