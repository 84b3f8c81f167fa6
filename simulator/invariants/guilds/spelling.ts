/** How words read that somebody writes so that a list of words does not have them. */

/** Signs, and the letters that they are taken for. */
const LOOK_ALIKES: readonly [sign: string, letter: string][] = [
  ['0', 'o'],
  ['1', 'i'],
  ['\u043e', 'o'],
  ['\u0435', 'e'],
  ['\u0430', 'a'],
];

/** A text as it reads, whatever it is written with. */
export function plainly(text: string): string {
  const bare = text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f\u200b]/g, '')
    .toLowerCase();
  const read = LOOK_ALIKES.reduce((all, [sign, letter]) => all.replaceAll(sign, letter), bare);
  return read.replaceAll(/(?<=\b[a-z])\.(?=[a-z]\b)/g, '');
}
