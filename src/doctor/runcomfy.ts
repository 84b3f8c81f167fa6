/** Whether RunComfy accepts the key, and what is left to spend. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { writtenModels } from '../services/models/models.ts';
import { COUNT_MAX } from '../services/models/seedream.ts';
import { getWithToken } from './get-with-token.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { REFUSED_KEY, refusesKey } from './runcomfy-answer.ts';

/** The vendor's own hosts: its Model API, and the one that knows the balance. */
const MODEL_API_HOST = 'model-api.runcomfy.net';
const ACCOUNT_ORIGIN = 'https://api.runcomfy.net';

const balanceSchema = z.object({
  balance_usd: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?[\d.]+$/)
      .transform(Number),
  ]),
});

/** The address of the balance: a Model API elsewhere (a proxy, a stand-in) must serve it itself. */
function balanceUrl(base: string): string {
  const { hostname, origin } = new URL(base);
  return `${hostname === MODEL_API_HOST ? ACCOUNT_ORIGIN : origin}/prod/v2/balance`;
}

/** Asks for the balance, which costs nothing. */
export async function checkRunComfy({
  runcomfy,
  pricePerImageUsd,
}: Pick<Config, 'runcomfy' | 'pricePerImageUsd'>): Promise<Finding[]> {
  const answer = await getWithToken(balanceUrl(runcomfy.base), `Bearer ${runcomfy.token}`);
  if (typeof answer === 'string') {
    const check = "check this machine's network, its DNS, and RUNCOMFY_MODEL_API_BASE";
    return [wrong('RunComfy', `did not answer (${answer}): ${check}.`)];
  }
  if (refusesKey(answer)) return [wrong('RunComfy', REFUSED_KEY)];
  const balance = balanceSchema.safeParse(answer.body).data?.balance_usd;
  if (balance === undefined || Number.isNaN(balance)) {
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
