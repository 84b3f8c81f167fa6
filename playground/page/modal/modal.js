/** The modals that the bot opens. */
import { isOwn, sendAction, on, state } from '../store.js';
import { filesIn, uploadAll } from '../files/files.js';
import { createFileUpload } from './file-upload.js';
import { avatarOf } from '../avatar.js';
import { el, icon } from '../dom.js';
import { markdown, selectMenu } from '../message/message.js';

/** Source: components reference, "Component Types". */
const TYPE = { row: 1, select: 3, textInput: 4, text: 10, label: 18, fileUpload: 19 };

let inputs = 0;

function textField(component, { label, description }, values) {
  const {
    custom_id: customId,
    style,
    value = '',
    placeholder,
    required = true,
    min_length: least,
    max_length: most = 4000,
  } = component;
  const id = `modal-input-${(inputs += 1)}`;
  const input = /** @type {HTMLInputElement} */ (
    el(style === 2 ? 'textarea' : 'input', {
      id,
      value,
      placeholder: placeholder ?? '',
      'aria-required': String(required),
      ...(style === 2 && { rows: 5 }),
    })
  );
  const problem = el('div', { class: 'problem', role: 'alert' });
  const count = el('span', { class: 'count' });
  const measure = () =>
    (count.textContent = most <= 1000 || input.value.length > most - 500 ? `${input.value.length}/${most}` : '');
  input.addEventListener('input', () => {
    measure();
    problem.textContent = '';
    input.removeAttribute('aria-invalid');
  });
  measure();
  values.set(customId, {
    read: () => input.value,
    check() {
      const { length } = input.value;
      const wrong =
        length === 0 && required
          ? 'This field is required.'
          : length > 0 && length < (least ?? 0)
            ? `Must be at least ${least} characters.`
            : length > most
              ? `Must be at most ${most} characters.`
              : '';
      problem.textContent = wrong;
      if (wrong) input.setAttribute('aria-invalid', 'true');
      return wrong === '' ? null : input;
    },
  });
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label ?? '', required && el('span', { class: 'required', 'aria-hidden': 'true' }, ' *')),
    description && el('div', { class: 'description' }, description),
    input,
    el('div', { class: 'below' }, problem, count),
  );
}

/** A field that is no text: its label, its description, and what it is. */
function labelled(id, { label, description }, required, ...children) {
  return el(
    'div',
    { class: 'field' },
    el(
      'div',
      { class: 'label', id },
      label ?? '',
      required && el('span', { class: 'required', 'aria-hidden': 'true' }, ' *'),
    ),
    description && el('div', { class: 'description', id: `${id}-description` }, description),
    ...children,
  );
}

function selectField(component, words, values) {
  const id = `modal-input-${(inputs += 1)}`;
  let chosen = (component.options ?? []).filter((option) => option.default).map(({ value }) => value);
  const menu = selectMenu({ ...component, label: words.label, labelId: id }, (next) => {
    chosen = next;
    problem.textContent = '';
  });
  const required = component.required !== false;
  const problem = el('div', { class: 'problem', role: 'alert' });
  values.set(component.custom_id, {
    read: () => chosen,
    check() {
      const wrong = required && chosen.length < (component.min_values ?? 1);
      problem.textContent = wrong ? 'This field is required.' : '';
      return wrong ? menu.querySelector('button') : null;
    },
  });
  return labelled(id, words, required, menu, problem);
}

function fileField(component, words, values) {
  const id = `modal-input-${(inputs += 1)}`;
  const describedBy = words.description ? `${id}-description` : undefined;
  const upload = createFileUpload(component, { labelId: id, describedBy });
  values.set(component.custom_id, upload);
  return labelled(id, words, component.required !== false, upload.element);
}

function draw(component, words, values) {
  switch (component.type) {
    case TYPE.row:
      return component.components.map((inner) => draw(inner, { label: inner.label }, values)).flat();
    case TYPE.label:
      return draw(component.component, component, values);
    case TYPE.textInput:
      return [textField(component, { label: component.label, ...words }, values)];
    case TYPE.select:
      return [selectField(component, words, values)];
    case TYPE.fileUpload:
      return [fileField(component, words, values)];
    case TYPE.text:
      return [el('div', { class: 'text' }, markdown(component.content))];
    default:
      return [el('div', { class: 'text' }, 'This kind of field is not drawn here.')];
  }
}

/** Opens a modal in the window that asked for it. */
async function open({ interactionId, userId, modal }) {
  if (userId !== state.userId || !(await isOwn(interactionId))) return;
  /** @type {Map<string, { read: () => any, check: () => HTMLElement | null, add?: (files: File[]) => void }>} */
  const values = new Map();
  const fields = modal.components.flatMap((component) => draw(component, { label: component.label }, values));
  const failed = el('div', { class: 'problem', role: 'alert' });
  let sending = false;
  const close = () => dialog.close();
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      'dialog',
      { class: 'modal', 'aria-labelledby': 'modal-title' },
      el(
        'form',
        { onsubmit: submit, novalidate: true, method: 'dialog' },
        el(
          'header',
          {},
          el('img', { src: avatarOf({ name: 'Seedream', bot: true }), alt: '', width: 24, height: 24 }),
          el('h2', { id: 'modal-title' }, modal.title),
          el('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: close }, icon('close')),
        ),
        el('div', { class: 'fields' }, ...fields, failed),
        el(
          'footer',
          {},
          el('button', { type: 'button', class: 'plain', onclick: close }, 'Cancel'),
          el('button', { type: 'submit', class: 'brand' }, 'Submit'),
        ),
      ),
    )
  );
  async function submit(event) {
    event.preventDefault();
    const wrong = [...values.values()].map((field) => field.check()).find((input) => input !== null);
    if (wrong) {
      wrong.focus();
      return;
    }
    if (sending) return;
    sending = true;
    const given = Object.fromEntries([...values].map(([customId, field]) => [customId, field.read()]));
    try {
      await sendAction({ action: 'submitModal', interactionId, values: await uploadAll(given) });
      dialog.close();
    } catch (error) {
      failed.textContent = error.message;
    }
    sending = false;
  }
  dialog.addEventListener('paste', (event) => {
    const files = filesIn(event.clipboardData);
    const upload = [...values.values()].find(({ add }) => add);
    if (files.length === 0 || !upload) return;
    event.preventDefault();
    upload.add(files);
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  const first = dialog.querySelector('.fields input, .fields textarea, .fields button');
  if (first instanceof HTMLElement) first.focus();
}

/** Starts to listen for modals. */
export const startModals = () => on('modal', open);
