/** Who opens the page for the first time is shown three things to try. */
import { changed, go, on, state } from '../store.js';
import { el, icon } from '../dom.js';

const place = /** @type {HTMLElement} */ (document.querySelector('#first-visit'));

/** Where it is remembered that the card was put away. */
const KEY = 'visited';

function wasPutAway() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function putAway() {
  place.replaceChildren();
  try {
    localStorage.setItem(KEY, 'yes');
  } catch {
    // A browser without storage shows the card each time.
  }
  changed('focus-box');
}

/** Becomes an admin of the first server, in its channel of pictures. */
function becomeAdmin() {
  const [home] = state.world.guilds;
  const admin = home?.members.find(({ role }) => role.startsWith('admin'));
  if (admin) go({ userId: admin.userId });
}

const STEPS = [
  ['Ask for pictures', 'Type /seedream and what you want to see.', () => changed('begin', 'seedream')],
  ['Kill the bot while it works', 'Start it again: the pictures still come.', () => changed('show-control', 'kill')],
  [
    'Be the admin and look at the usage',
    'Who used how much, and what it cost.',
    () => {
      becomeAdmin();
      changed('begin', 'usage');
    },
  ],
];

function draw() {
  if (place.childElementCount > 0 || wasPutAway()) return;
  const steps = STEPS.map(([title, words, act]) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', onclick: act },
        el('span', { class: 'step-title' }, title),
        ' ',
        el('span', { class: 'step-words' }, words),
      ),
    ),
  );
  place.append(
    el(
      'section',
      { class: 'first-visit', 'aria-labelledby': 'first-visit-title' },
      el('h2', { id: 'first-visit-title' }, 'Three things to try'),
      el('ol', {}, ...steps),
      el(
        'button',
        { type: 'button', class: 'close', 'aria-label': 'Put this away', onclick: putAway },
        icon('close', 18),
      ),
    ),
  );
}

/** Starts to draw. */
export const startFirstVisit = () => on('snapshot', draw);
