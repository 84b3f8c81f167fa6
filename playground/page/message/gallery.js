/** The pictures of a message as Discord draws them: embeds that share a url together, up to four; and the lightbox. */
import { el, icon } from '../dom.js';

/** @typedef {{ url: string, alt: string, width?: number | null, height?: number | null }} Picture */

/**
 * Embeds as they are drawn: those that share a url are one, with the pictures of up to four.
 *
 * @param {any[]} embeds
 * @returns {{ embed: any, images: any[] }[]}
 */
export function mergeEmbeds(embeds) {
  const merged = [];
  for (const embed of embeds) {
    const group =
      embed.url && embed.image && merged.find((one) => one.embed.url === embed.url && one.images.length > 0);
    if (!group) merged.push({ embed, images: embed.image ? [embed.image] : [] });
    else if (group.images.length < 4) group.images.push(embed.image);
  }
  return merged;
}

/**
 * A grid of pictures; each opens in the lightbox.
 *
 * @param {Picture[]} pictures
 * @param {Record<string, string>} [attributes]
 */
export function pictureGrid(pictures, attributes = {}) {
  const grid = el('div', { class: `gallery of${Math.min(pictures.length, 4)}`, ...attributes });
  if (pictures.length > 4) grid.classList.add('many');
  for (const [index, picture] of pictures.entries()) {
    const label = `Open picture ${index + 1} of ${pictures.length}${picture.alt ? `: ${picture.alt}` : ''}`;
    const image = el('img', { src: picture.url, alt: picture.alt, loading: 'lazy', decoding: 'async' });
    const button = el('button', { type: 'button', class: 'picture', 'aria-label': label }, image);
    if (pictures.length === 1 && picture.width && picture.height) {
      button.style.aspectRatio = `${picture.width} / ${picture.height}`;
      button.style.width = `min(100%, ${Math.round(Math.min(400, (300 * picture.width) / picture.height))}px)`;
    }
    if (picture.spoiler) {
      button.classList.add('hidden-picture');
      button.setAttribute('aria-label', `Show spoiler: picture ${index + 1} of ${pictures.length}`);
    }
    button.addEventListener('click', () => {
      if (!button.classList.contains('hidden-picture')) return openLightbox(pictures, index);
      button.classList.remove('hidden-picture');
      button.setAttribute('aria-label', label);
    });
    grid.append(button);
  }
  return grid;
}

/** Shows pictures one at a time over the page. Arrow keys go on, Escape or a click beside the picture ends it. */
function openLightbox(pictures, first) {
  let at = first;
  const image = el('img', {});
  const original = el('a', { class: 'original', target: '_blank', rel: 'noopener noreferrer' }, 'Open in Browser');
  const place = el('span', { class: 'place', 'aria-live': 'polite' });
  const step = (by) => show((at + by + pictures.length) % pictures.length);
  const arrow = (name, label, by) =>
    pictures.length > 1 &&
    el(
      'button',
      { type: 'button', class: `arrow ${name}`, 'aria-label': label, onclick: () => step(by) },
      icon(name, 32),
    );
  const close = el(
    'button',
    { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() },
    icon('close'),
  );
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      'dialog',
      { class: 'lightbox', 'aria-label': 'Picture' },
      close,
      arrow('left', 'Previous picture', -1),
      el('figure', {}, image, el('figcaption', {}, original, place)),
      arrow('right', 'Next picture', 1),
    )
  );
  function show(index) {
    at = index;
    const { url, alt } = pictures[at];
    image.src = url;
    image.alt = alt;
    original.href = url;
    place.textContent = pictures.length > 1 ? `${at + 1} of ${pictures.length}` : '';
  }
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.tagName === 'FIGURE') dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  });
  dialog.addEventListener('close', () => dialog.remove());
  show(first);
  document.body.append(dialog);
  dialog.showModal();
}
