/** What can happen to RunComfy's models, as controls: they go, come back, change, and there are others. */
import { z } from 'zod';
import type { RunComfyStandIn } from '../../runcomfy/stand-in.ts';

/** A property of a model's schema. The vendor's own are not clean either: what it is made of is left to who tries it. */
const propertySchema = z.looseObject({ type: z.string() });

const CATALOGUES = ['up', 'down', 'slow', 'html', 'absent', 'nonsense'] as const;
type CatalogueState = (typeof CATALOGUES)[number];

const changeSchema = z.strictObject({
  rename: z.record(z.string(), z.string()).exactOptional(),
  choices: z.record(z.string(), z.array(z.union([z.string(), z.number()])).min(1)).exactOptional(),
  properties: z.record(z.string(), propertySchema).exactOptional(),
  require: z.array(z.string()).exactOptional(),
  drop: z.array(z.string()).exactOptional(),
  priceUsd: z.number().min(0).exactOptional(),
});

const modelSchema = z.strictObject({
  id: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/),
  priceUsd: z.number().min(0).exactOptional(),
  inputSchema: z.looseObject({
    type: z.literal('object'),
    required: z.array(z.string()).exactOptional(),
    properties: z.record(z.string(), propertySchema),
  }),
});

/** The controls, to be read with the others. */
export const modelControlSchemas = [
  z.strictObject({ control: z.literal('catalogue'), value: z.enum(CATALOGUES) }),
  z.strictObject({
    control: z.literal('model'),
    value: z.discriminatedUnion('do', [
      z.strictObject({ do: z.enum(['remove', 'restore']), id: z.string() }),
      z.strictObject({ do: z.literal('change'), id: z.string(), change: changeSchema }),
      z.strictObject({ do: z.literal('add'), model: modelSchema }),
    ]),
  }),
] as const;
type ModelControl = z.infer<(typeof modelControlSchemas)[number]>;

const SAYS: Readonly<Record<CatalogueState, string>> = {
  up: 'RunComfy’s catalogue answers as ever.',
  down: 'RunComfy’s catalogue answers 503.',
  slow: 'RunComfy’s catalogue is slow.',
  html: 'RunComfy’s catalogue answers with a web page.',
  absent: 'RunComfy’s catalogue is not there: a plain 404.',
  nonsense: 'RunComfy’s catalogue answers JSON that makes no sense.',
};

/** Does what a control asks for; returns the sentence that says so. @throws Error on a model or property that is not there */
export async function setModels(runcomfy: RunComfyStandIn, { control, value }: ModelControl): Promise<string> {
  if (control === 'catalogue') {
    await runcomfy.setBehaviour({ catalogue: value });
    return SAYS[value];
  }
  switch (value.do) {
    case 'remove':
      runcomfy.removeModel(value.id);
      return `RunComfy offers ${value.id} no more.`;
    case 'restore':
      runcomfy.restoreModel(value.id);
      return `RunComfy offers ${value.id} as ever.`;
    case 'change':
      runcomfy.changeModel(value.id, value.change);
      return `${value.id} is not what it was.`;
    case 'add':
      runcomfy.addModel(value.model);
      return `RunComfy offers ${value.model.id}, too.`;
  }
}
