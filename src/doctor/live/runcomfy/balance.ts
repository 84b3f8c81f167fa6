/** What is left to spend, before and after. */
import type { Config } from '../../../config.ts';
import { getWithToken } from '../../get-with-token.ts';
import { readBalance } from '../../runcomfy.ts';
import { differs, met, unseen, type Found } from '../outcome.ts';
import { show } from '../shown.ts';
import { isSameSum } from './result.ts';

/** US dollars; `undefined` where they are not told. */
export async function checkBalance(
  { accountBase, token }: Pick<Config['runcomfy'], 'accountBase' | 'token'>,
  found: Found,
): Promise<number | undefined> {
  const answer = await getWithToken(`${accountBase}/balance`, `Bearer ${token}`);
  if (typeof answer === 'string') {
    found.note('balance-form', unseen(`no answer (${answer})`));
    return undefined;
  }
  const balance = readBalance(answer);
  const told = typeof answer.body === 'object' && answer.body !== null ? Object.keys(answer.body) : answer.body;
  // How much it is, is nobody's business.
  const shown = `HTTP ${answer.status}, fields ${show(told)}`;
  found.note('balance-form', (balance === undefined ? differs : met)(shown));
  return balance;
}

/** @param cost - US dollars that the request cost, as its result told. */
export function compareBalances(
  { before, after, cost }: Record<'before' | 'after' | 'cost', number | undefined>,
  found: Found,
): void {
  if (before === undefined || after === undefined || cost === undefined) {
    found.note('balance-falls', unseen('a balance or the cost was not told'));
    return;
  }
  const fell = before - after;
  const shown = `it fell by ${fell.toFixed(4)} USD, the request cost ${cost.toFixed(4)} USD`;
  if (isSameSum(fell, cost)) found.note('balance-falls', met(shown));
  else if (fell === 0) found.note('balance-falls', unseen(`${shown}: it may be booked later`));
  else found.note('balance-falls', differs(`${shown}: unless the bot or somebody else spent meanwhile`));
}
