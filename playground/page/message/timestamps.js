/** Timestamps as Discord's client shows them; relative ones are kept up to date. */
import { now, user } from '../store.js';
import { el } from '../dom.js';

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const locale = () => user()?.locale ?? 'en-US';

/** `in 32 seconds`, `5 minutes ago`. */
function relative(seconds) {
  const distance = seconds - now() / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: unit === 'second' ? 'always' : 'auto' });
  return format.format(Math.round(distance / size), unit);
}

/** An element for `<t:seconds:style>`. */
export function momentElement(seconds, style = 'f') {
  const at = new Date(seconds * 1000);
  const full = new Intl.DateTimeFormat(locale(), STYLES.F).format(at);
  const text =
    style === 'R' ? relative(seconds) : new Intl.DateTimeFormat(locale(), STYLES[style] ?? STYLES.f).format(at);
  const element = el('time', { class: 'moment', dateTime: at.toISOString(), title: full }, text);
  if (style === 'R') element.dataset.seconds = String(seconds);
  return element;
}

/** When a message came: the time alone today. */
export function messageTime(milliseconds) {
  const at = new Date(milliseconds);
  const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(at);
  const today = new Date(now()).toDateString() === at.toDateString();
  return today ? time : `${new Intl.DateTimeFormat('en-US', { dateStyle: 'short' }).format(at)}, ${time}`;
}

/** Keeps every relative timestamp in the page up to date. */
export function startTicking() {
  setInterval(() => {
    for (const element of document.querySelectorAll('.moment[data-seconds]')) {
      const text = relative(Number(element.dataset.seconds));
      if (element.textContent !== text) element.textContent = text;
    }
  }, 1000);
}
