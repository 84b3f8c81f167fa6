/** Reads what a statement is made of: the month's account, what the limits count, and the balance. */
import { botIdOf, type Config } from '../config.ts';
import type { Clock } from '../services/clock.ts';
import { utcMonth } from '../services/ledger/limits.ts';
import { createLog } from '../services/log.ts';
import { createRunComfy, createRunComfyHttp, RunComfyError } from '../services/runcomfy/runcomfy.ts';
import { openForReading } from '../services/storage/open.ts';
import {
  balancesSchema,
  createBook,
  sumOf,
  withReading,
  type Account,
  type Balances,
} from '../services/usage/accounts/accounts.ts';

export interface Statement extends Pick<Account, 'shares' | 'claims'> {
  /** The UTC month, as `2026-11`. */
  month: string;
  /** When it was made (milliseconds since the epoch). */
  at: number;
  /** Pictures that the limits count for this month and that no account has; 0 where the limits no longer know. */
  elsewhere: number;
  /** What is known of the balance; `undefined` where nothing is. */
  balances: Balances | undefined;
}

/** @throws StoreError that says what to do, where the store cannot be read. */
export async function gatherStatement(
  config: Config,
  { month, clock }: { month: string; clock: Clock },
): Promise<Statement> {
  const log = createLog({ level: 'silent', secrets: [] });
  const location = config.store;
  const opened = await openForReading({
    location,
    application: botIdOf(config.discord.token),
    clock,
    log,
  });
  const { store, ledger } = opened;
  try {
    const { shares, claims } = await createBook({ store, clock, log }).month(month);
    const { totalMonthlyImages } = await ledger.usage('', '', Date.parse(`${month}-01T00:00:00Z`));
    const kept = await store.collection('balances', balancesSchema).get(month);
    const at = clock.now();
    const present = utcMonth(at) === month ? await readBalance(config, clock) : undefined;
    return {
      month,
      at,
      shares,
      claims,
      elsewhere: Math.max(0, totalMonthlyImages - sumOf(shares).pictures),
      balances: present === undefined ? kept : withReading(kept, { at: clock.now(), balance: present }),
    };
  } finally {
    await opened.close();
  }
}

/** The balance now, in millionths of a US dollar; `undefined` where RunComfy does not tell. */
async function readBalance({ runcomfy }: Config, clock: Clock): Promise<number | undefined> {
  const http = createRunComfyHttp({ ...runcomfy, clock });
  try {
    return await createRunComfy({ http, token: runcomfy.token, clock }).balance();
  } catch (error) {
    if (!(error instanceof RunComfyError)) throw error;
    return undefined;
  } finally {
    await http.close();
  }
}
