import { componentType, flatten, type Message } from '../messages/messages.ts';
import type { Component } from '../request-bodies.ts';
import type { User } from '../world/world.ts';

/** The component a person sees under a message. @throws Error when they do not, or can't use it */
export function componentOf(message: Message, customId: string, user: User): Component {
  if (message.deleted) throw new Error('That message is deleted');
  if (message.visibleTo && message.visibleTo !== user) throw new Error(`${user.username} does not see that message`);
  const found = flatten(message.components, []).find(({ component }) => component.custom_id === customId);
  if (!found) throw new Error(`The message has no component "${customId}"`);
  if (found.component.disabled) throw new Error(`The component "${customId}" is disabled`);
  return found.component;
}

/** Throws unless Discord's client lets a person choose just these values of a string select. */
export function checkChosen(select: Component, values: readonly string[]): void {
  const name = `"${select.custom_id ?? ''}"`;
  if (select.type !== componentType.select) throw new Error(`${name} is no string select`);
  const known = (select.options ?? []).map(({ value }) => value);
  if (values.some((value) => !known.includes(value))) throw new Error(`${name} has no such option`);
  checkNumber(select, values.length, 'values');
}

/** Throws unless a person may give so many of what a component takes. Nothing at all will do where nothing is required. */
export function checkNumber(component: Component, count: number, what: string): void {
  const { min_values: least, max_values: most, required, custom_id: customId } = component;
  if (count === 0 && required === false) return;
  const from = least ?? 1;
  const to = most ?? 1;
  if (count < from || count > to) throw new Error(`"${customId ?? ''}" wants ${from} to ${to} ${what}`);
}
