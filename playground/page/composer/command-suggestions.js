/** What is offered for what is being typed: further options, an option's choices, or what the bot suggests. */
import { createAutocomplete } from './autocomplete.js';
import { knownChoices } from './command-popup.js';
import { isCalled, mustChoose } from './command-rules.js';

/**
 * Builds it.
 *
 * @param {{
 *   call: any,
 *   popup: ReturnType<typeof import('./command-popup.js').createCommandPopup>,
 *   tail: HTMLInputElement,
 *   current: () => import('./command-field.js').Field | null,
 *   remaining: () => any[],
 *   readable: () => Record<string, any>,
 * }} form the form as it is now: the field one is in, the options not named yet, the values that can be read
 */
export function createSuggestions({ call, popup, tail, current, remaining, readable }) {
  const { list } = popup;
  const ask = createAutocomplete(call.name);

  function show(items, first) {
    list.show(items, first);
    const input = current()?.input ?? tail;
    input.setAttribute('aria-expanded', String(items.length > 0));
    nameActive();
  }

  /** Names the active choice for screen readers. */
  function nameActive() {
    const input = current()?.input ?? tail;
    if (list.activeId) input.setAttribute('aria-activedescendant', list.activeId);
    else input.removeAttribute('aria-activedescendant');
  }

  function showOptions() {
    const wanted = tail.value.trim().toLowerCase().replace(/:$/, '');
    const items = remaining().filter((option) => isCalled(option, (name) => name.startsWith(wanted)));
    show(
      items.map((option) => ({ name: option.shown, description: option.description, isOption: true, option })),
      tail.value ? 0 : -1,
    );
  }

  /** Shows what the bot offers for a half-typed value. It is told of no files: they are sent with the command. */
  async function askChoices(field) {
    const isWanted = () => current() === field && field.input.isConnected && field.chosen === undefined;
    const typed = () => Object.fromEntries(Object.entries(readable()).filter(([, value]) => !(value instanceof File)));
    const choices = await ask(field, typed, isWanted);
    if (choices) show(choices, -1);
  }

  return {
    /** Shows what fits what is typed now. */
    refresh() {
      const field = current();
      popup.showHint(field);
      if (!field) showOptions();
      else if (field.option.autocomplete) void askChoices(field);
      else {
        const items = field.chosen === undefined ? knownChoices(field.option, field.input.value) : [];
        show(items, mustChoose(field.option) ? 0 : -1);
      }
    },
    moveActive(by) {
      list.move(by);
      nameActive();
    },
  };
}
