/** How RunComfy refuses what costs nothing to ask: what it does not know, and a key that is not one. */
import { randomUUID } from 'node:crypto';
import type { Config } from '../../../config.ts';
import { getWithToken } from '../../get-with-token.ts';
import { refusesKey } from '../../runcomfy-answer.ts';
import { metIf, unseen, type Found } from '../outcome.ts';
import { showAnswer } from '../shown.ts';
import { createRunComfyCalls, isRefusal, type Read, type RunComfyCalls } from './calls.ts';

/** No vendor has it. */
const NO_MODEL = 'live-check/no-such-model';

export async function checkRefusals(
  { base, accountBase, token }: Pick<Config['runcomfy'], 'base' | 'accountBase' | 'token'>,
  { calls, found }: { calls: RunComfyCalls; found: Found },
): Promise<void> {
  const noted = <T>(read: Read<T>, of: RunComfyCalls, kind: 'not_found' | 'authentication') =>
    of.last() === undefined ? unseen(of.shown()) : metIf(isRefusal(read, kind), of.shown());

  found.note('unknown-model', noted(await calls.read((api) => api.model(NO_MODEL)), calls, 'not_found'));
  const unknown = randomUUID();
  found.note('unknown-request', noted(await calls.read((api) => api.status(unknown)), calls, 'not_found'));
  found.note('unknown-request', noted(await calls.read((api) => api.result(unknown)), calls, 'not_found'));

  const wrongKey = madeUpKey(token);
  const strangers = createRunComfyCalls({ base, token: wrongKey });
  try {
    const read = await strangers.read((api) => api.status(unknown));
    found.note('refused-key', noted(read, strangers, 'authentication'));
  } finally {
    await strangers.close();
  }
  const answer = await getWithToken(`${accountBase}/balance`, `Bearer ${wrongKey}`);
  found.note(
    'refused-key-balance',
    typeof answer === 'string'
      ? unseen(`no answer (${answer})`)
      : metIf(refusesKey(answer), showAnswer(answer.status, answer.body)),
  );
}

/** A key of the same form as the right one that is another, so that it is refused for what it is and not for its form. */
function madeUpKey(token: string): string {
  return token.replaceAll(/[A-Za-z0-9]/g, (character) => (/\d/.test(character) ? '0' : 'x'));
}
