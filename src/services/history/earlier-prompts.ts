/** A member's own earlier prompts, newest first, offered while the option `prompt` is being typed. */
import { BoundedMap } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import type { JobRecords } from '../job/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { plainText } from '../plain-text.ts';

/** How many of a member's newest jobs are read. */
const JOBS = 50;

/** How long prompts that were read are offered again (milliseconds), and of how many members they are remembered. */
const FRESH = 15_000;
const REMEMBERED = 500;

export interface EarlierPrompt {
  jobId: string;
  prompt: string;
}

export interface PromptHistory {
  /** The member's different prompts in this guild that hold what is typed, newest first. @throws StoreError */
  find(member: { guildId: string; userId: string }, typed: string): Promise<EarlierPrompt[]>;
  /** What was read of the member's last, without reading it anew: what they were offered last was among it. */
  remembered(member: { guildId: string; userId: string }): readonly EarlierPrompt[];
  /** Forgets what is remembered of a member. */
  forget(userId: string): void;
}

/** @param retention - how far back it goes, in milliseconds. */
export function createPromptHistory({
  ledger,
  records,
  retention,
  clock,
}: {
  ledger: Pick<Ledger, 'recent'>;
  records: Pick<JobRecords, 'findReadable'>;
  retention: number;
  clock: Pick<Clock, 'now'>;
}): PromptHistory {
  const found = new BoundedMap<string, { at: number; prompts: EarlierPrompt[] }>(REMEMBERED);
  /** How often a member was forgotten: what was being read then is not remembered. */
  let forgotten = 0;

  async function read(guildId: string, userId: string): Promise<EarlierPrompt[]> {
    const past = await ledger.recent({ guildId, userId, since: clock.now() - retention, limit: JOBS });
    const jobs = await Promise.all(past.map(({ jobId }) => records.findReadable(jobId)));
    const different = new Map<string, EarlierPrompt>();
    for (const job of jobs) {
      if (job === undefined) continue;
      const prompt = plainText(job.prompt);
      if (prompt !== '' && !different.has(prompt)) different.set(prompt, { jobId: job.id, prompt });
    }
    return [...different.values()];
  }

  return {
    async find({ guildId, userId }, typed) {
      const key = `${guildId} ${userId}`;
      let known = found.get(key);
      if (known === undefined || clock.now() - known.at > FRESH) {
        const before = forgotten;
        known = { at: clock.now(), prompts: await read(guildId, userId) };
        if (before === forgotten) found.set(key, known);
      }
      const wanted = plainText(typed).toLowerCase();
      return known.prompts.filter(({ prompt }) => prompt.toLowerCase().includes(wanted));
    },
    remembered: ({ guildId, userId }) => found.get(`${guildId} ${userId}`)?.prompts ?? [],
    forget(userId) {
      forgotten += 1;
      for (const key of found.keys()) if (key.endsWith(` ${userId}`)) found.delete(key);
    },
  };
}
