/** The one logger: lines of JSON without any secret. */
import { pino, type Logger } from 'pino';
import { createHiding, hideSignatures } from './secrets.ts';

export type Log = Logger;

/** Fields that hold secrets wherever they turn up: Discord and RunComfy tokens, interaction tokens. */
const SECRET_FIELDS = ['token', 'authorization', 'Authorization', 'headers', 'requestBody', 'rawError'];

/** What a logger writes to. It never waits and never throws. */
export interface LogOutput {
  write(line: string): void;
  /** Calls back when everything is written that is not dropped; at once where nobody reads any more. */
  flush(written: () => void): void;
}

const NOWHERE: LogOutput = {
  write: () => undefined,
  flush(written) {
    written();
  },
};

/**
 * A logger of this level (`trace` to `fatal`, or `silent`). Every secret given is cut out of every line.
 *
 * @param output - where its lines go.
 */
export function createLog({
  level,
  secrets,
  output = NOWHERE,
}: {
  level: string;
  secrets: string[];
  output?: LogOutput;
}): Log {
  const hideSecrets = createHiding(secrets, '[secret]');
  const hide = (line: string): string =>
    // An interaction's token stands in the path of every call that uses it.
    hideSignatures(hideSecrets(line)).replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/\s"?\\]+/g, '$1[secret]');
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
      hooks: { streamWrite: hide },
    },
    output,
  );
}
