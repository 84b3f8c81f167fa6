/** What can happen to a model's page from one day to the next. Pure. */
import type { InputSchema, Model, Property } from './model.ts';

export interface ModelChange {
  /** Properties that are called otherwise from now on: the old name and the new one. */
  rename?: Readonly<Record<string, string>>;
  /** The values that are left of a property's choices, or new ones. A default that is not among them becomes the first. */
  choices?: Readonly<Record<string, readonly (string | number)[]>>;
  /** Properties that are there from now on, or are otherwise. */
  properties?: Readonly<Record<string, Property>>;
  /** Names that are required from now on. */
  require?: readonly string[];
  /** Properties that are there no more. */
  drop?: readonly string[];
  priceUsd?: number;
}

function withChoices(property: Property, choices: readonly (string | number)[]): Property {
  const kept = choices.some((choice) => choice === property.default);
  return { ...property, enum: choices, ...('default' in property && !kept && { default: choices[0] }) };
}

function changeSchema(schema: InputSchema, change: ModelChange): InputSchema {
  const { rename = {}, choices = {}, properties = {}, require = [], drop = [] } = change;
  const nameOf = (name: string) => rename[name] ?? name;
  for (const name of [...Object.keys(rename), ...Object.keys(choices), ...drop]) {
    if (!Object.hasOwn(schema.properties, name)) throw new Error(`The model has no property ${name}`);
  }
  const changed = Object.entries(schema.properties)
    .filter(([name]) => !drop.includes(name))
    .map(
      ([name, property]) => [nameOf(name), choices[name] ? withChoices(property, choices[name]) : property] as const,
    );
  const required = (schema.required ?? []).filter((name) => !drop.includes(name)).map(nameOf);
  return {
    ...schema,
    required: [...new Set([...required, ...require])],
    properties: { ...Object.fromEntries(changed), ...properties },
  };
}

/**
 * The model after a change.
 *
 * @throws Error when it speaks of a property that the model does not have
 */
export function changeModel(model: Model, change: ModelChange): Model {
  const { renamed = {}, prices, ...rest } = model;
  const { priceUsd } = change;
  const before = Object.entries(change.rename ?? {}).map(([from, to]) => [to, renamed[from] ?? from] as const);
  return {
    ...rest,
    // One price for all, once it was changed.
    ...(priceUsd !== undefined ? { priceUsd } : prices && { prices }),
    inputSchema: changeSchema(model.inputSchema, change),
    renamed: { ...renamed, ...Object.fromEntries(before) },
  };
}
