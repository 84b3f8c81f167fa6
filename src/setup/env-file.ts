/** Writes settings into `.env`, where two tokens stand: it is for its owner's eyes alone. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const OWNER_ONLY = 0o600;
const HEADING =
  '# Settings of seedream-bot, written by npm run setup. .env.example lists all others with their defaults.\n';

/** What needs no quotes in a file of settings; above all a # would begin a comment. */
const PLAIN = /^[\w.:/+=-]*$/;

/**
 * Sets values in the file, which is made if it is not there. Other lines of it stay as they are.
 *
 * @param values - by name; without line breaks and quotes, as no setting has them.
 */
export function writeSettings(path: string, values: ReadonlyMap<string, string>): void {
  if (!existsSync(path)) {
    writeFileSync(path, withSettings(HEADING, values), { mode: OWNER_ONLY, flag: 'wx' });
    return;
  }
  const text = readFileSync(path, 'utf8');
  // Before a token is in it.
  chmodSync(path, OWNER_ONLY);
  writeFileSync(path, withSettings(text, values));
}

/** A file's text with these settings: each in its line's place, or at the end. */
export function withSettings(text: string, values: ReadonlyMap<string, string>): string {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const added = new Map(values);
  const changed = lines.map((line) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1];
    const value = name === undefined ? undefined : values.get(name);
    if (name === undefined || value === undefined) return line;
    added.delete(name);
    return settingLine(name, value);
  });
  return [...changed, ...[...added].map(([name, value]) => settingLine(name, value)), ''].join('\n');
}

function settingLine(name: string, value: string): string {
  return `${name}=${PLAIN.test(value) ? value : `'${value}'`}`;
}
