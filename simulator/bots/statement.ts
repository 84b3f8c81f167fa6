/** The host, who has the statement made once everything is over, as `npm run statement` reads it beside the bot. */
import { createBook } from '../../src/services/usage/accounts/accounts.ts';
import type { Diary } from '../kernel/diary.ts';
import { createProcess } from '../kernel/process.ts';
import { BEGIN, type VirtualTime } from '../kernel/virtual-time.ts';
import type { StatementTruth } from '../world/truth.ts';
import type { StoreWorld } from '../world/world.ts';
import { createDiaryLog } from './diary-log.ts';

/** How long that takes at most (milliseconds). */
const MADE_WITHIN = 10_000;

/** The UTC month of a moment (milliseconds since the epoch). */
const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);

/** @param retention - how long jobs that are done with are kept (milliseconds). */
export async function makeStatement({
  time,
  store,
  retention,
  diary,
}: {
  time: VirtualTime;
  store: StoreWorld;
  retention: number;
  diary: Diary;
}): Promise<Map<string, StatementTruth>> {
  const process = createProcess({ name: 'the host', incarnation: 1, time });
  const log = createDiaryLog({ diary, process });
  const statement = new Map<string, StatementTruth>();
  async function make(): Promise<void> {
    const storage = await store.connect(process, { retention, log });
    const book = createBook({ store: storage.store, clock: process.clock, log });
    for (const month of new Set([monthOf(BEGIN), monthOf(time.now())])) statement.set(month, await book.month(month));
  }
  let problem: unknown;
  make().catch((error: unknown) => {
    problem = error;
  });
  await time.runUntil(time.now() + MADE_WITHIN);
  process.kill();
  store.killed(process);
  if (problem !== undefined) throw problem as Error;
  return statement;
}
