/** The one logger: JSON lines for machines, readable lines on a terminal, and no secret in either. */
import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Fields that hold secrets wherever they turn up: Discord and RunComfy tokens, interaction tokens. */
const SECRET_FIELDS = ['token', 'authorization', 'Authorization', 'headers', 'requestBody', 'rawError'];

/** A secret as it stands in text, in an address, and in JSON once and twice over; the longest first. */
function spellingsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const spellings = [
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    quoted,
    JSON.stringify(quoted).slice(1, -1),
  ];
  return [...new Set(spellings)].sort((one, other) => other.length - one.length);
}

/** A logger of this level (`trace` to `fatal`, or `silent`). Every secret given is cut out of every line. */
export function createLog({ level, secrets }: { level: string; secrets: string[] }): Log {
  const pretty = process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {};
  const spellings = secrets.flatMap(spellingsOf);
  const hide = (line: string): string => {
    let shown = line;
    for (const spelling of spellings) shown = shown.replaceAll(spelling, '[secret]');
    // An interaction's token stands in the path of every call that uses it.
    return shown.replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?\\]+/g, '$1[secret]');
  };
  return pino({
    level,
    base: null,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
    hooks: { streamWrite: hide },
    ...pretty,
  });
}
