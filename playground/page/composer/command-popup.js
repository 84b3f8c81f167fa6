/** What stands above a command that is being typed: a hint on the present field, and what can be chosen for it. */
import { createList } from '../choice-list.js';
import { el } from '../dom.js';
import { guild, state } from '../store.js';
import { choicesOf } from './command-rules.js';

/** From so many characters before an option's limit on, the rest is counted. */
const COUNTED_FROM = 100;

function drawItem({ name, description, isOption }) {
  return el(
    'div',
    { class: isOption ? 'choice option-name' : 'choice' },
    el('span', { class: 'name' }, name),
    description && el('span', { class: 'description' }, description),
  );
}

/**
 * Builds it.
 *
 * @param {{ call: any, slots: HTMLElement, onchoose: (item: any) => void }} options
 */
export function createCommandPopup({ call, slots, onchoose }) {
  const hint = el('div', { class: 'hint-bar' });
  const list = createList({ label: 'Choices', onchoose, draw: drawItem });
  return {
    element: el('div', { class: 'popup' }, hint, slots, list.element),
    list,

    /** Shows what a field is for or what is wrong with it; without a field, what the command does. */
    showHint(field) {
      if (field?.problem) {
        hint.replaceChildren(
          el('strong', {}, field.option.shown),
          el('span', { class: 'problem', role: 'alert' }, field.problem),
        );
        return;
      }
      const { shown, description } = field?.option ?? { shown: `/${call.shown}`, description: call.description };
      hint.replaceChildren(el('strong', {}, shown), el('span', {}, description ?? ''));
      const most = field?.option.max_length;
      if (most && field.input.value.length > most - COUNTED_FROM) {
        hint.append(el('span', { class: 'count' }, String(most - field.input.value.length)));
      }
    },
  };
}

/** The choices for what has been typed of an option, as far as the page knows them without the bot. */
export function knownChoices(option, typed) {
  const here = guild();
  const people = (here?.members ?? []).map(({ userId }) => ({
    name: state.world.users.find(({ id }) => id === userId)?.name ?? '',
    value: userId,
  }));
  const channels = state.world.channels
    .filter(({ guildId }) => guildId && guildId === here?.id)
    .map(({ id, name }) => ({ name: `#${name}`, value: id }));
  const roles = (here?.roles ?? []).map(({ id, name }) => ({
    name: name.startsWith('@') ? name : `@${name}`,
    value: id,
  }));
  return choicesOf(option, typed, { people, channels, roles });
}
