/** Beside the channel: controls over Discord, RunComfy and the bot's process, and the request log. */
import { on, post, state } from '../store.js';
import { createLog } from './log.js';
import { el, icon } from '../dom.js';
import { fail, notice } from '../notice.js';

const panel = /** @type {HTMLElement} */ (document.querySelector('#panel'));

async function set(control, value) {
  try {
    const { said } = await post('/control', { control, value });
    notice(said);
  } catch (error) {
    fail(error);
  }
}

/** One of several; shown as a row of buttons of which one is down. */
function choice(label, control, values, current) {
  return el(
    'div',
    { class: 'control', role: 'group', 'aria-label': label },
    el('div', { class: 'control-name' }, label),
    el(
      'div',
      { class: 'segments' },
      ...values.map(([value, words]) =>
        el(
          'button',
          { type: 'button', 'aria-pressed': String(value === current), onclick: () => set(control, value) },
          words,
        ),
      ),
    ),
  );
}

function action(words, control, value, properties = {}) {
  return el('button', { type: 'button', class: 'action', onclick: () => set(control, value), ...properties }, words);
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

function drawControls() {
  const now = state.controls;
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
          ? action('Start', 'bot', 'start', { class: 'action good' })
          : action('Kill (kill -9)', 'bot', 'kill', { class: 'action bad' }),
        now.bot !== 'offline' && action('Stop (SIGTERM)', 'bot', 'stop'),
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
        'Jobs of others in the queue',
        'queue',
        withCurrent(queues, now.queue).map((value) => [value, String(value)]),
        now.queue,
      ),
      choice(
        'The queue',
        'held',
        [
          [false, 'Moves'],
          [true, 'Stands still'],
        ],
        now.held,
      ),
      failNext(now),
    ),
    group(
      'RunComfy',
      choice(
        'Its service',
        'runcomfy',
        [
          ['up', 'Up'],
          ['slow', 'Slow'],
          ['limited', '429'],
          ['down', 'Down'],
        ],
        now.runcomfy,
      ),
    ),
    group(
      'Discord',
      el(
        'div',
        { class: 'actions' },
        action('Drop the gateway', 'gateway', 'drop'),
        action('Ask to reconnect', 'gateway', 'reconnect'),
        action('Invalidate the session', 'gateway', 'invalidate'),
        action('Expire all tokens', 'tokens', 'expire', { title: 'As if 15 minutes had passed since every command' }),
      ),
      choice(
        'Attach Files for the bot',
        'files',
        [
          [true, 'Allowed'],
          [false, 'Denied'],
        ],
        now.files,
      ),
    ),
  );
}

/** Starts to draw. */
export function startPanel() {
  let tab = 'controls';
  const log = createLog();
  const body = el('div', { class: 'panel-body', id: 'panel-body', role: 'tabpanel', tabIndex: 0 });
  const tabs = el('div', { class: 'tabs', role: 'tablist' });

  function drawTabs() {
    const names = { controls: 'Controls', log: 'Log' };
    tabs.replaceChildren(
      ...Object.entries(names).map(([name, words]) =>
        el(
          'button',
          {
            type: 'button',
            role: 'tab',
            id: `tab-${name}`,
            'aria-selected': String(name === tab),
            'aria-controls': 'panel-body',
            tabIndex: name === tab ? 0 : -1,
            onclick: () => choose(name),
          },
          words,
        ),
      ),
    );
    body.setAttribute('aria-labelledby', `tab-${tab}`);
  }
  function choose(name) {
    tab = name;
    drawTabs();
    draw();
  }
  tabs.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    choose(tab === 'log' ? 'controls' : 'log');
    document.querySelector(`#tab-${tab}`)?.focus();
  });
  function draw() {
    if (!state.controls) return;
    if (tab === 'log') {
      body.replaceChildren(log.element);
      log.draw();
      return;
    }
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const label = body.contains(focused) ? focused.textContent : null;
    body.replaceChildren(drawControls());
    // A press redraws the panel; the keyboard stays where it was.
    if (label !== null) [...body.querySelectorAll('button, select')].find((one) => one.textContent === label)?.focus();
  }
  const close = el(
    'button',
    {
      type: 'button',
      class: 'tool close-panel',
      'aria-label': 'Close',
      onclick: () => document.body.classList.remove('drawer-right'),
    },
    icon('close'),
  );
  panel.replaceChildren(el('div', { class: 'panel-head' }, tabs, close), body);
  drawTabs();
  on('controls', () => tab === 'controls' && draw());
  on('snapshot', draw);
}
