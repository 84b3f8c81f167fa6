/** What the bot needs in a guild, and the address by which it is invited with just that. Pure. */

/** By Discord's bits. Source: Discord's documentation, Permissions, "Bitwise Permission Flags". */
export const NEEDED: [string, bigint][] = [
  ['View Channel', 1n << 10n],
  ['Send Messages', 1n << 11n],
  ['Embed Links', 1n << 14n],
  ['Attach Files', 1n << 15n],
];
/** Without these it works in part: not in threads, or it can't find a message of its own after a crash. */
export const WANTED: [string, bigint][] = [
  ['Read Message History', 1n << 16n],
  ['Send Messages in Threads', 1n << 38n],
];
export const ADMINISTRATOR = 1n << 3n;

/** The address that adds an application's bot to a guild, with its commands and what it needs there. */
export function inviteAddress(applicationId: string): string {
  const permissions = [...NEEDED, ...WANTED].reduce((bits, [, bit]) => bits | bit, 0n);
  const query = `client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`;
  return `https://discord.com/oauth2/authorize?${query}`;
}
