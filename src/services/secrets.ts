/** Cuts secrets out of texts that others wrote or quoted. Pure. */

/** A secret as it stands in text, in an address, in JSON once and twice over, and in base64; the longest first. */
function spellingsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const quotedTwice = JSON.stringify(quoted).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const spellings = [secret, encodeURIComponent(secret), encodeURI(secret), quoted, quotedTwice, base64];
  return [...new Set(spellings)].sort((one, other) => other.length - one.length);
}

/** An address of Discord's that is signed: up to its query, and the query. */
const SIGNED = /(https?:\/\/[^\s"'<>\\?]+\/(?:ephemeral-)?attachments\/[^\s"'<>\\?]+)\?[^\s"'<>\\]+/gi;

/** A text without the signatures of addresses in Discord: whoever has one can fetch the file. */
export function hideSignatures(text: string): string {
  return text.replaceAll(SIGNED, '$1?…');
}

/** A function that puts `mark` where a text holds one of these secrets, however it is spelled. */
export function createHiding(secrets: string[], mark: string): (text: string) => string {
  const spellings = secrets.flatMap(spellingsOf);
  return (text) => spellings.reduce((shown, spelling) => shown.replaceAll(spelling, mark), text);
}
