/** Short notices over the channel: what was done, or why it could not be. */
import { el } from './dom.js';

/** Until a notice goes (milliseconds). */
const STAYS = 6000;

/** Shows a sentence for a while. */
export function notice(text, kind = 'info') {
  document.querySelector('.notice')?.remove();
  const element = el('div', { class: `notice ${kind}`, role: kind === 'error' ? 'alert' : 'status' }, text);
  document.body.append(element);
  setTimeout(() => element.remove(), STAYS);
}

/** Shows why something could not be done. */
export const fail = (error) => notice(error.message, 'error');
