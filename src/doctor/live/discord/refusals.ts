/**
 * How Discord refuses what is not there. An interaction's token cannot be had without an interaction: of its routes a check can
 * see only how one that was made up is answered.
 */
import type { Config } from '../../../config.ts';
import { getWithToken } from '../../get-with-token.ts';
import { metIf, unseen, type Found } from '../outcome.ts';
import { showAnswer } from '../shown.ts';
import type { AssumptionName } from '../assumptions.ts';
import type { DiscordAnswer } from './calls.ts';
import { SILENT } from './gallery-message.ts';
import type { Place } from './place.ts';

/** What an interaction's token looks like that nobody has given out. */
const MADE_UP_TOKEN = Buffer.from('interaction:1:live-check').toString('base64url');

/** What closes the way by an interaction's token: its webhook is not valid, unknown, or its interaction is. */
const TOKEN_DEAD = [50027, 10015, 10062];

export async function checkDiscordRefusals(
  { applicationId, mark, call }: Place,
  { apiUrl, found }: Pick<Config['discord'], 'apiUrl'> & { found: Found },
): Promise<void> {
  function note(name: AssumptionName, answer: DiscordAnswer, codes: number[]): void {
    const isCode = answer.code !== undefined && codes.includes(answer.code);
    found.note(name, answer.status === 0 ? unseen(answer.shown) : metIf(isCode, answer.shown));
  }

  const message = { content: 'Live check', ...SILENT };
  const route = `/webhooks/${applicationId}/${MADE_UP_TOKEN}/messages/@original` as const;
  note('dead-token', await call({ method: 'patch', route, body: message, withoutToken: true }), TOKEN_DEAD);
  const callback = `/interactions/${mark}/${MADE_UP_TOKEN}/callback` as const;
  note(
    'unknown-interaction',
    await call({ method: 'post', route: callback, body: { type: 5 }, withoutToken: true }),
    [10062],
  );
  note('unknown-channel', await call({ method: 'get', route: `/channels/${mark}` }), [10003]);

  const refused = await getWithToken(`${apiUrl}/v10/users/@me`, 'Bot live-check.is-no.token');
  found.note(
    'refused-bot-token',
    typeof refused === 'string'
      ? unseen(`no answer (${refused})`)
      : metIf(refused.status === 401, showAnswer(refused.status, refused.status === 401 ? refused.body : undefined)),
  );
}
