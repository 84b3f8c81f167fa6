/** What Discord checks of a form that is shown and of choices that are offered. */
import { invalidForm } from '../errors.ts';
import { flatten } from '../messages/message-rules.ts';
import type { Component } from '../records.ts';

export interface Modal {
  custom_id: string;
  title: string;
  components: readonly Component[];
}

const TEXT_INPUT = 4;

/** @throws ApiError 50035. Source: Discord, receiving and responding, "Modal"; components reference. */
export function checkModal({ custom_id: customId = '', title = '', components = [] }: Partial<Modal>): Modal {
  const wrong = (path: string, message: string) => invalidForm(`data.${path}`, 'BASE_TYPE_BAD_LENGTH', message);
  if (customId.length < 1 || customId.length > 100) throw wrong('custom_id', 'Must be between 1 and 100 in length.');
  if (title.length < 1 || title.length > 45) throw wrong('title', 'Must be between 1 and 45 in length.');
  if (components.length < 1 || components.length > 5) throw wrong('components', 'Must be between 1 and 5 in length.');
  for (const { type, label, value = '', max_length: most = 4000, options } of flatten(components)) {
    if ((label?.length ?? 0) > 45) throw wrong('components.label', 'Must be 45 or fewer in length.');
    if (type === TEXT_INPUT && value.length > most) throw wrong('components.value', 'Must fit max_length.');
    if (options !== undefined && options.length > 25) throw wrong('components.options', 'Must be 25 or fewer.');
  }
  return { custom_id: customId, title, components };
}

/** What stands in a form before anything is typed: its texts, and in selects what is chosen. */
export function prefilled({ components }: Pick<Modal, 'components'>): Record<string, string> {
  const fields = flatten(components).flatMap(({ custom_id: customId, value, options }) => {
    const chosen = options?.filter((each) => each.default === true).map((each) => each.value);
    return customId === undefined ? [] : [[customId, chosen?.join(',') ?? value ?? ''] as const];
  });
  return Object.fromEntries(fields);
}

/** @throws ApiError 50035. Source: Discord, application commands, "Autocomplete". */
export function checkChoices(choices: readonly { name: string; value: string | number }[]): void {
  const wrong = (message: string) => invalidForm('data.choices', 'BASE_TYPE_BAD_LENGTH', message);
  if (choices.length > 25) throw wrong('Must be 25 or fewer in length.');
  for (const { name, value } of choices) {
    if (name.length < 1 || name.length > 100) throw wrong('A name must be between 1 and 100 in length.');
    if (typeof value === 'string' && value.length > 100) throw wrong('A value must be 100 or fewer in length.');
  }
}
