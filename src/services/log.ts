/** The one logger: JSON lines for machines, readable lines on a terminal, and no secret in either. */
import { pino, type Logger } from 'pino';
import { createHiding } from './secrets.ts';

export type Log = Logger;

/** Fields that hold secrets wherever they turn up: Discord and RunComfy tokens, interaction tokens. */
const SECRET_FIELDS = ['token', 'authorization', 'Authorization', 'headers', 'requestBody', 'rawError'];

/** A logger of this level (`trace` to `fatal`, or `silent`). Every secret given is cut out of every line. */
export function createLog({ level, secrets }: { level: string; secrets: string[] }): Log {
  const pretty = process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {};
  const hideSecrets = createHiding(secrets, '[secret]');
  const hide = (line: string): string =>
    // An interaction's token stands in the path of every call that uses it.
    hideSecrets(line).replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?\\]+/g, '$1[secret]');
  return pino({
    level,
    base: null,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
    hooks: { streamWrite: hide },
    ...pretty,
  });
}
