/** Whose token it is: the first part of a bot's token is its id. */

/** @returns the id of the bot that a token is of, or `undefined` where the token does not say. */
export function botIdOf(token: string): string | undefined {
  const [first = ''] = token.split('.', 1);
  const id = Buffer.from(first, 'base64url').toString('latin1');
  return /^\d{15,20}$/.test(id) ? id : undefined;
}
