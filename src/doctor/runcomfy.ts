/** Whether RunComfy accepts the key, and what is left to spend. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { writtenModels } from '../services/models/models.ts';
import { COUNT_MAX } from '../services/models/seedream.ts';
import { getWithToken, type HttpAnswer } from './get-with-token.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { REFUSED_KEY, refusesKey } from './runcomfy-answer.ts';

const balanceSchema = z.object({
  balance_usd: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?[\d.]+$/)
      .transform(Number),
  ]),
});

/** US dollars that are left; `undefined` where an answer does not tell. */
export function readBalance({ body }: Pick<HttpAnswer, 'body'>): number | undefined {
  const balance = balanceSchema.safeParse(body).data?.balance_usd;
  return Number.isNaN(balance) ? undefined : balance;
}

/** Asks for the balance, which costs nothing. */
export async function checkRunComfy({
  runcomfy,
  pricePerImageUsd,
}: Pick<Config, 'runcomfy' | 'pricePerImageUsd'>): Promise<Finding[]> {
  const answer = await getWithToken(`${runcomfy.accountBase}/balance`, `Bearer ${runcomfy.token}`);
  if (typeof answer === 'string') {
    const check = "check this machine's network, its DNS, RUNCOMFY_MODEL_API_BASE and RUNCOMFY_ACCOUNT_API_BASE";
    return [wrong('RunComfy', `did not answer (${answer}): ${check}.`)];
  }
  if (refusesKey(answer)) return [wrong('RunComfy', REFUSED_KEY)];
  const balance = readBalance(answer);
  if (balance === undefined) {
    return [note('RunComfy', `did not tell the balance (HTTP ${answer.status}): look at it on www.runcomfy.com.`)];
  }
  const shown = `${balance.toFixed(2)} USD`;
  if (balance <= 0) return [wrong('RunComfy', `accepts the key, but its balance is ${shown}: top it up.`)];
  const listed = runcomfy.models.map((id) => writtenModels.find(id)?.fallbackPriceUsd ?? 0);
  const job = COUNT_MAX * (pricePerImageUsd ?? Math.max(...listed));
  if (balance < job) {
    return [
      note('RunComfy', `accepts the key; its balance of ${shown} is less than one job of ${COUNT_MAX}: top it up.`),
    ];
  }
  return [ok('RunComfy', `accepts the key; its balance is ${shown}.`)];
}
