/** Files that a person hands in: what may be handed in, and how it is sent. */
import { state } from '../store.js';

/** Groups of file types by name. Source: reference, "File Type Filtering". */
const GROUPS = {
  image: ['.png', '.gif', '.jpg', '.jpeg', '.jfif', '.webp', '.avif'],
  video: ['.mp4', '.mov', '.qt', '.webm'],
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
};

/** Files of one message at most. */
export const FILES_MAX = 10;

/** The extensions that `file_types` stands for; none for "everything". */
const extensionsOf = (fileTypes) => (fileTypes ?? []).flatMap((type) => GROUPS[type] ?? [type.toLowerCase()]);

/** How large a file is, in words. */
export function showBytes(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const [value, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : [bytes / 1024 ** 2, 'MB'];
  return `${Number(value.toFixed(2))} ${unit}`;
}

/**
 * Why Discord's client does not take a file, in its words; nothing where it does. It looks at the name and the size alone.
 *
 * @param {File} file
 * @param {string[] | null} [fileTypes] what the option or the form asks for
 */
export function problemWith(file, fileTypes) {
  const extensions = extensionsOf(fileTypes);
  const extension = /\.[^.]+$/.exec(file.name)?.[0].toLowerCase() ?? '';
  if (extensions.length > 0 && !extensions.includes(extension))
    return `${file.name} has the wrong file type. Allowed here: ${extensions.join(', ')}.`;
  const most = state.world.maxFileBytes;
  if (file.size > most)
    return `Your files are too powerful! The max file size is ${showBytes(most)}; ${file.name} has ${showBytes(file.size)}.`;
  return undefined;
}

/**
 * Opens the system's dialog to choose files.
 *
 * @param {{ fileTypes?: string[] | null, multiple?: boolean, onchoose: (files: File[]) => void }} options
 */
export function chooseFiles({ fileTypes, multiple = false, onchoose }) {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.accept = extensionsOf(fileTypes).join(',');
  input.addEventListener('change', () => onchoose([...(input.files ?? [])]));
  input.click();
}

/** The files of a drop or a paste. Pictures from the clipboard have no name of their own. */
export const filesIn = (transfer) => [...(transfer?.files ?? [])];

/** Sends a file. @returns {Promise<{ upload: string }>} what stands for it in an action; rejects with the reason */
export async function uploadFile(file) {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer = await response.json();
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

/** Sends every file among these values. @returns {Promise<Record<string, any>>} the values with uploads in their place */
export async function uploadAll(values) {
  const sent = Object.entries(values).map(async ([name, value]) => {
    if (value instanceof File) return [name, await uploadFile(value)];
    const isList = Array.isArray(value) && value.some((one) => one instanceof File);
    return [name, isList ? await Promise.all(value.map(uploadFile)) : value];
  });
  return Object.fromEntries(await Promise.all(sent));
}
