/** The viewer, below the channels, and the list of people to switch to. */
import { avatarOf } from '../avatar.js';
import { el } from '../dom.js';
import { fail } from '../notice.js';
import { channel, firstChannel, go, guild, sendAction, state, user } from '../store.js';
import { setTheme, themeWanted } from '../styles/theme.js';

const sidebar = /** @type {HTMLElement} */ (document.querySelector('#channels'));

/** The languages of Discord's client. Source: reference, "Locales". */
const LOCALES =
  'en-US en-GB bg cs da de el es-ES es-419 fi fr hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );

const roleHere = (userId) => guild()?.members.find((member) => member.userId === userId)?.role ?? 'direct message';

/** The panel; a press on it opens the list of people. */
export function userPanel() {
  const me = user();
  return el(
    'section',
    { class: 'me', 'aria-label': 'You' },
    el(
      'button',
      { type: 'button', class: 'who', 'aria-haspopup': 'dialog', onclick: togglePeople },
      el('span', { class: 'face online' }, el('img', { src: avatarOf(me), alt: '', width: 32, height: 32 })),
      el(
        'span',
        { class: 'names' },
        el('span', { class: 'name' }, me?.name ?? ''),
        ' ',
        el('span', { class: 'role' }, roleHere(state.userId)),
      ),
      ' ',
      el('span', { class: 'switch' }, 'Switch', el('span', { class: 'unseen' }, ' to someone else')),
    ),
  );
}

function personRow({ userId, role }, one) {
  const person = user(userId);
  const chosen = userId === state.userId && (one.id === channel()?.guildId || channel()?.guildId === null);
  return el(
    'button',
    {
      type: 'button',
      class: 'person-row',
      'aria-pressed': String(chosen),
      onclick: () => {
        closePeople();
        const stay = channel()?.guildId === one.id ? state.channelId : firstChannel(one.id);
        go({ userId, channelId: stay });
      },
    },
    el('img', { src: avatarOf(person), alt: '', width: 28, height: 28 }),
    el('span', { class: 'name' }, person?.name ?? ''),
    el('span', { class: 'role' }, role),
  );
}

function language() {
  const own = user()?.locale ?? 'en-US';
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const known = LOCALES.includes(own) ? LOCALES : [own, ...LOCALES];
  const select = /** @type {HTMLSelectElement} */ (
    el(
      'select',
      {
        id: 'language',
        onchange: () => sendAction({ action: 'language', userId: state.userId, locale: select.value }).catch(fail),
      },
      ...known.map((code) => el('option', { value: code, selected: code === own }, names.of(code) ?? code)),
    )
  );
  return el('div', { class: 'setting' }, el('label', { for: 'language' }, 'Language'), select);
}

function theme() {
  const select = /** @type {HTMLSelectElement} */ (
    el(
      'select',
      { id: 'theme', onchange: () => setTheme(select.value) },
      ...['system', 'dark', 'light'].map((name) =>
        el('option', { value: name, selected: name === themeWanted() }, name[0].toUpperCase() + name.slice(1)),
      ),
    )
  );
  return el('div', { class: 'setting' }, el('label', { for: 'theme' }, 'Theme'), select);
}

/** The list of people, while it is open. */
let popover = null;

export const isPeopleOpen = () => popover !== null;

/** Forgets the list when the panel it is in is drawn again. */
export function forgetPeople() {
  popover = null;
}

export function closePeople() {
  popover?.remove();
  popover = null;
  document.body.classList.remove('drawer-left');
}

export function togglePeople() {
  if (popover) {
    closePeople();
    return;
  }
  const close = () => {
    closePeople();
    sidebar.querySelector('.who')?.focus();
  };
  popover = el(
    'div',
    { class: 'people', role: 'dialog', 'aria-label': 'Be someone else' },
    ...state.world.guilds.flatMap((one) => [
      el('h3', {}, one.name),
      ...one.members.map((member) => personRow(member, one)),
    ]),
    el('hr'),
    language(),
    theme(),
  );
  popover.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (event.target.tagName === 'SELECT') return;
    event.preventDefault();
    const rows = [...popover.querySelectorAll('.person-row')];
    const at = rows.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    rows[(at + rows.length) % rows.length]?.focus();
  });
  sidebar.querySelector('.me')?.append(popover);
  popover.querySelector('[aria-pressed=true]')?.focus();
}
