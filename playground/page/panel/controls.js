/** The controls: what can happen to a bot, in words of what one wants to see. */
import { post } from '../store.js';
import { el } from '../dom.js';
import { fail, notice } from '../notice.js';

async function set(control, value) {
  try {
    const { said } = await post('/control', { control, value });
    notice(said);
  } catch (error) {
    fail(error);
  }
}

/** What a control does in plain words, and what the field calls it. */
const words = (plain, technical) => [plain, technical && el('span', { class: 'technical' }, ` ${technical}`)];

/** One of several; shown as buttons of which one is down. `values` are of value, words and the technical word. */
function choice(label, control, values, current, layout = '') {
  return el(
    'div',
    { class: 'control', role: 'group', 'aria-label': label },
    el('div', { class: 'control-name' }, label),
    el(
      'div',
      { class: `segments ${layout}` },
      ...values.map(([value, plain, technical]) =>
        el(
          'button',
          { type: 'button', 'aria-pressed': String(value === current), onclick: () => set(control, value) },
          ...words(plain, technical),
        ),
      ),
    ),
  );
}

function action([plain, technical], control, value, properties = {}) {
  return el(
    'button',
    { type: 'button', class: 'action', onclick: () => set(control, value), ...properties },
    ...words(plain, technical),
  );
}

function group(name, ...children) {
  return el('section', { class: 'group' }, el('h3', {}, name), ...children);
}

function failNext({ failures, failNext: pending }) {
  const select = /** @type {HTMLSelectElement} */ (
    el(
      'select',
      { id: 'fail-next', onchange: () => set('failNext', select.value === '' ? null : select.value) },
      el('option', { value: '', selected: pending === null }, 'Nothing: it goes well'),
      ...Object.entries(failures).map(([value, words]) => el('option', { value, selected: value === pending }, words)),
    )
  );
  return el(
    'div',
    { class: `control${pending ? ' pending' : ''}` },
    el('label', { class: 'control-name', for: 'fail-next' }, 'What happens to the next job'),
    select,
  );
}

/** Draws all controls. @param {any} now how everything stands */
export function drawControls(now) {
  const speeds = [1, 5, 20, 100];
  const queues = [0, 1, 3, 8];
  const withCurrent = (values, current) => [...new Set([...values, current])].sort((one, other) => one - other);
  return el(
    'div',
    { class: 'controls' },
    group(
      'The bot',
      el(
        'p',
        { class: `status ${now.bot}` },
        el('span', { class: 'dot' }),
        { online: 'Online', starting: 'Starting', offline: 'Offline' }[now.bot],
      ),
      el(
        'div',
        { class: 'actions' },
        now.bot === 'offline'
          ? action(['Start the bot'], 'bot', 'start', { class: 'action good', 'data-control': 'kill' })
          : action(['Kill the bot while it works', 'kill -9'], 'bot', 'kill', {
              class: 'action bad',
              'data-control': 'kill',
            }),
        now.bot !== 'offline' && action(['Stop it in order', 'SIGTERM'], 'bot', 'stop'),
      ),
    ),
    group(
      'The model',
      choice(
        'Speed',
        'speed',
        withCurrent(speeds, now.speed).map((value) => [value, `${value}×`]),
        now.speed,
      ),
      choice(
        'Others who wait before the next job',
        'queue',
        withCurrent(queues, now.queue).map((value) => [value, String(value)]),
        now.queue,
      ),
      choice(
        'The queue',
        'held',
        [
          [false, 'Moves on'],
          [true, 'Stands still'],
        ],
        now.held,
      ),
      failNext(now),
    ),
    group(
      'RunComfy',
      choice(
        'The service',
        'runcomfy',
        [
          ['up', 'RunComfy is fine'],
          ['slow', 'RunComfy is slow', '4 s'],
          ['limited', 'RunComfy is too busy', '429'],
          ['down', 'RunComfy is down', 'refused'],
        ],
        now.runcomfy,
        'two',
      ),
    ),
    group(
      'Discord',
      el(
        'div',
        { class: 'actions' },
        action(['Cut the bot off Discord', 'gateway closes'], 'gateway', 'drop'),
        action(['Ask it to connect anew', 'RECONNECT'], 'gateway', 'reconnect'),
        action(['Forget its connection', 'invalid session'], 'gateway', 'invalidate'),
        action(['Let 15 minutes pass', 'tokens expire'], 'tokens', 'expire'),
        action(['Let a day pass for pictures', 'addresses expire'], 'addresses', 'expire'),
      ),
      choice(
        'May the bot attach files here?',
        'files',
        [
          [true, 'Yes'],
          [false, 'No', '50013'],
        ],
        now.files,
      ),
    ),
  );
}
