/** Beside the channel: controls over Discord, RunComfy and the bot's process, and the request log. */
import { on, state } from '../store.js';
import { drawControls } from './controls.js';
import { createLog } from './log.js';
import { el, icon } from '../dom.js';

const panel = /** @type {HTMLElement} */ (document.querySelector('#panel'));

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
    body.replaceChildren(drawControls(state.controls));
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
  // Opens the panel where it is a drawer, and leads to a control.
  on('show-control', (name) => {
    choose('controls');
    document.body.classList.remove('panel-closed');
    document.body.classList.toggle('drawer-right', !matchMedia('(min-width: 1100px)').matches);
    body.querySelector(`[data-control="${name}"]`)?.focus();
  });
  on('controls', () => tab === 'controls' && draw());
  on('snapshot', draw);
}
