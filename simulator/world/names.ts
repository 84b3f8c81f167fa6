/** Discord's ids of what a plan calls by name: members, guilds, channels and roles. */

/** FNV-1a over a text (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Milliseconds between Discord's epoch and what a plan names: early in 2021, before every history. */
const MADE = 190_000_000_000n;

/**
 * The id of a name, always the same: a snowflake of 18 digits, as the ids of things made years ago are. What is an id
 * already stays as it is. Source: Discord, reference, "Snowflakes".
 */
export function idOf(name: string): string {
  if (/^\d{17,20}$/.test(name)) return name;
  const moment = MADE + BigInt(hash(name));
  return String((moment << 22n) | BigInt(hash(`${name}.`) & 0x3fffff));
}

/** Who owns the application, and so hosts the bot. */
export const HOST = 'the host';
