/** The request log: what passes between bot, Discord and RunComfy, by job. */
import { on, state } from '../store.js';
import { el } from '../dom.js';

const NAMES = { bot: 'Bot', discord: 'Discord', runcomfy: 'RunComfy', person: 'You' };

/** Entries drawn at a time. */
const SHOWN = 300;

const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** The name of a job: its prompt. */
function jobName(id) {
  for (const message of state.messages.values()) {
    const isOf =
      JSON.stringify(message.components).includes(id) || message.attachments.some(({ name }) => name.includes(id));
    const words = message.embeds[0]?.description?.split('\n')[0];
    if (isOf && words) return words.replaceAll('\\', '').slice(0, 40);
  }
  return `…${id.slice(-6)}`;
}

function row({ at, from, to, what, detail, status, job }) {
  const parties = from === to ? NAMES[from] : `${NAMES[from]} › ${NAMES[to]}`;
  const bad = status !== null && (status === 0 || status >= 400);
  return el(
    'li',
    { class: `log-entry ${from === 'person' ? 'person' : to}${bad ? ' bad' : ''}`, title: detail },
    el('span', { class: 'at' }, time.format(at)),
    el('span', { class: 'parties' }, parties),
    job && el('span', { class: 'job' }, `#${job.slice(-4)}`),
    status !== null && el('span', { class: 'status' }, status === 0 ? 'no answer' : String(status)),
    el('span', { class: 'what' }, what),
    detail && el('span', { class: 'detail' }, detail),
  );
}

/** Builds the log. */
export function createLog() {
  let wanted = '';
  let names = '';
  const rows = el('ol', { class: 'log-entries' });
  const jobs = /** @type {HTMLSelectElement} */ (
    el('select', {
      id: 'log-job',
      onchange: () => {
        wanted = jobs.value;
        draw();
      },
    })
  );
  const element = el(
    'div',
    { class: 'log' },
    el('div', { class: 'control' }, el('label', { class: 'control-name', for: 'log-job' }, 'Calls of'), jobs),
    rows,
  );

  function drawJobs() {
    const known = [...new Set([...state.log.values()].map(({ job }) => job).filter(Boolean))];
    const options = known.map((id) => [id, `#${id.slice(-4)} ${jobName(id)}`]);
    const now = JSON.stringify(options);
    if (now === names) return;
    names = now;
    jobs.replaceChildren(
      el('option', { value: '' }, 'everything'),
      ...options.map(([id, name]) => el('option', { value: id, selected: id === wanted }, name)),
    );
  }

  function draw() {
    drawJobs();
    const all = [...state.log.values()].filter(({ job }) => wanted === '' || job === wanted);
    rows.replaceChildren(...all.slice(-SHOWN).toReversed().map(row));
    if (all.length === 0) rows.append(el('li', { class: 'none' }, 'Nothing yet.'));
  }

  let due = false;
  on('log', () => {
    if (due || !element.isConnected) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  });
  return { element, draw };
}
