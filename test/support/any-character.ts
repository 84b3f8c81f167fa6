import fc from 'fast-check';

/**
 * Any character but half of a surrogate pair: a `unit` for `fc.string`. The library's own `binary` first makes a table of all
 * 1.1 million, which is a second's work and 80 MB in each worker.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));
