/** The choices that the bot offers for a half-typed value. */
import { sendAction, state } from '../store.js';

/** Until the bot is asked (milliseconds). */
const PAUSE = 150;

/**
 * Builds what asks the bot. Of several questions only the last is answered.
 *
 * @param {string} name the command's name with its subcommands
 */
export function createAutocomplete(name) {
  let questions = 0;
  /**
   * Asks for a field's choices, given the values that can be read so far.
   *
   * @returns {Promise<any[] | null>} null when the question is out of date: a later one was asked, or `isWanted` says so
   */
  return async function ask(field, values, isWanted) {
    const question = (questions += 1);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (question !== questions || !isWanted()) return null;
    const { choices } = await sendAction({
      action: 'autocomplete',
      userId: state.userId,
      channelId: state.channelId,
      name,
      options: { ...values(), [field.option.name]: field.input.value },
      focused: field.option.name,
    }).catch(() => ({ choices: [] }));
    return question === questions && isWanted() ? choices : null;
  };
}
