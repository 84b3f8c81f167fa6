/** Schemas as RunComfy publishes them, for tests that change them. */

/** A published schema; its properties are as unclean as the vendor's. */
export interface Published {
  type?: string;
  required?: string[];
  properties: Record<string, Record<string, unknown>>;
}

/** The one of `bytedance/seedream-4-0/sequential`, as its page has it. */
export function seedreamSchema(change: (schema: Published) => void = () => undefined): Published {
  const schema: Published = {
    type: 'object',
    required: ['text'],
    properties: {
      text: { type: 'string', default: 'Generate 3 images of a beautiful sunset over a calm ocean.', maxLength: 600 },
      sequential_image_generation_options: {
        type: 'integer',
        enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        default: 3,
      },
      image_size: {
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
      seed: { type: 'integer' },
      optimize_prompt_options: { type: 'string', enum: ['fast', 'standard'], default: 'fast' },
      sequential_image_generation: { type: 'string', default: 'auto' },
    },
  };
  change(schema);
  return schema;
}

/** Renames a property, and what requires it. */
export function rename({ properties, required = [] }: Published, from: string, to: string): void {
  properties[to] = properties[from] ?? {};
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the schema is this test's own
  delete properties[from];
  required.splice(0, required.length, ...required.map((name) => (name === from ? to : name)));
}
