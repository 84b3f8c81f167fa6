/** What the result of a finished request tells. */
import type { ResultAnswer } from '../../../services/runcomfy/runcomfy.ts';
import { differs, handled, met, metIf, unseen, type Found } from '../outcome.ts';
import { show } from '../shown.ts';
import type { RunComfyCalls } from './calls.ts';
import type { LiveModel } from './catalogue.ts';

/** How far this machine's clock may be off RunComfy's (milliseconds). */
const CLOCK_SKEW = 10 * 60_000;

/** @param result - as the bot reads the last answer of `calls`; `undefined` where it cannot. */
export function checkResult(
  result: ResultAnswer | undefined,
  {
    calls,
    found,
    submittedAt,
    now,
  }: { calls: RunComfyCalls; found: Found; /** Milliseconds since the epoch. */ submittedAt: number; now: number },
): void {
  if (calls.last() === undefined) return;
  const { status: word, output, finished_at: finished } = calls.fields();
  if (result === undefined) {
    found.note('result-words', differs(calls.shown()));
    found.note('result-output', differs(show(output)));
    return;
  }
  if (result.status !== 'succeeded') {
    const why = unseen(`the request came to no picture: ${calls.shown()}`);
    for (const name of ['result-words', 'result-output', 'pictures-made'] as const) found.note(name, why);
    return;
  }
  found.note('result-words', (word === 'succeeded' ? met : handled)(`status ${show(word)}`));
  found.note('result-output', (isDocumented(output) ? met : handled)(show(output)));
  found.note('pictures-made', metIf(result.images.length === 1, `pictures: ${result.images.length}`));
  const { finishedAt } = result;
  if (finishedAt === undefined) found.note('result-times', handled(`finished_at: ${show(finished)}`));
  else {
    const isNear = finishedAt >= submittedAt - CLOCK_SKEW && finishedAt <= now + CLOCK_SKEW;
    found.note('result-times', metIf(isNear, `finished_at: ${show(finished)}`));
  }
}

function isDocumented(output: unknown): boolean {
  if (typeof output !== 'object' || output === null) return false;
  const { images, image }: { images?: unknown; image?: unknown } = output;
  const isList = Array.isArray(images) && images.length > 0 && images.every((each) => typeof each === 'string');
  return isList || typeof image === 'string';
}

/** Asks once more, for what it cost (US dollars; `undefined` where it does not tell). */
export async function checkCost(
  requestId: string,
  { page, result }: Pick<LiveModel, 'page'> & { result: ResultAnswer | undefined },
  { calls, found }: { calls: RunComfyCalls; found: Found },
): Promise<number | undefined> {
  await calls.resultWithCost(requestId);
  if (calls.last() === undefined) {
    found.note('result-cost', unseen(calls.shown()));
    return undefined;
  }
  const { cost: told } = calls.fields();
  const cost = typeof told === 'string' && /^\d+(\.\d+)?$/.test(told) ? Number(told) : told;
  const isCost = typeof cost === 'number' && cost >= 0;
  // Digits in a text are read as well.
  found.note('result-cost', (!isCost ? differs : cost === told ? met : handled)(`cost: ${show(told)}`));
  if (!isCost) return undefined;
  const due = result?.status === 'succeeded' ? page?.priceUsd : 0;
  const shown = `${cost} USD, due ${due ?? 'as no page says'} USD`;
  found.note('cost-as-priced', due === undefined ? unseen(shown) : metIf(isSameSum(cost, due), shown));
  return cost;
}

/** Whether two sums in US dollars are one to the thousandth of a cent. */
export function isSameSum(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.000_01;
}
