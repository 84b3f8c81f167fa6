/** A form as Discord's client sends it. */
import type { Component, Interaction } from '../records.ts';
import { NotSent } from './command-input.ts';

const TEXT_INPUT = 4;

function filled(component: Component, fields: Readonly<Record<string, string>>): object {
  const { type, custom_id: customId = '', components, component: inner } = component;
  if (components !== undefined) return { type, components: components.map((each) => filled(each, fields)) };
  if (inner !== undefined) return { type, component: filled(inner, fields) };
  const given = fields[customId];
  if (type === TEXT_INPUT) {
    const value = given ?? component.value ?? '';
    const { min_length: least = 0, max_length: most = 4000 } = component;
    if (value.length < least || value.length > most)
      throw new NotSent(`${customId} takes ${least} to ${most} characters`);
    return { type, custom_id: customId, value };
  }
  const options = component.options ?? [];
  if (given !== undefined && !options.some(({ value }) => value === given)) {
    throw new NotSent(`${customId} does not offer ${given}`);
  }
  const values =
    given === undefined ? options.filter((each) => each.default === true).map(({ value }) => value) : [given];
  return { type, custom_id: customId, values };
}

/**
 * The data of a form's interaction: what was typed, and what stood there where nothing was.
 *
 * @throws NotSent
 */
export function formData(modal: NonNullable<Interaction['modal']>, fields: Readonly<Record<string, string>>): object {
  return { custom_id: modal.custom_id, components: modal.components.map((each) => filled(each, fields)) };
}
