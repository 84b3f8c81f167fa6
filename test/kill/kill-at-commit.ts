/**
 * Loaded into the bot's process before the bot (`--import`): names every commit to the store by what it
 * writes, notes it in `COMMIT_LOG`, and ends the process with SIGKILL right before or after the one that the file
 * `KILL_PLAN` asks for.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';

const { KILL_PLAN: planFile = '', COMMIT_LOG: logFile = '' } = process.env;

const planSchema = z.object({ when: z.enum(['before', 'after']), commit: z.string(), userId: z.string() });

const recordSchema = z.object({
  value: z.object({
    userId: z.string().optional(),
    state: z.object({ name: z.string() }).optional(),
    requests: z.array(z.object({ state: z.object({ name: z.string() }) })).optional(),
    gallery: z
      .object({
        posted: z.array(z.object({ pictures: z.array(z.number()) })),
        posting: z.object({ number: z.number(), messageId: z.string().optional() }).optional(),
      })
      .optional(),
    outcomes: z.record(z.string(), z.string()).optional(),
  }),
});

/** What changes a reservation: settles or releases it, or lets a part of it go while it stays held. */
const changeSchema = z.object({ job: z.string(), state: z.enum(['held', 'settled', 'released']) });

interface Act {
  name: string;
  /** Whose job it is about. */
  userId: string | undefined;
}

/** What the acts of the open transaction write. */
let acts: Act[] = [];

/** Whose job is whose, by job id. */
const owners = new Map<string, string>();

/** How a request stands, in a letter, for jobs of several: `qqsrrr` has two queued, one submitting and three waiting. */
const LETTERS: Record<string, string> = {
  reserved: 'r',
  submitting: 's',
  in_queue: 'q',
  in_progress: 'p',
  completed: 'c',
};

/** What is written of a job of several requests: each of them, and when all are over, whether all that was made is shown. */
function nameOfMany({ state, requests = [], gallery }: z.infer<typeof recordSchema>['value']): string {
  if (state?.name === 'delivered') return 'delivered';
  const shown = (gallery?.posted ?? []).flatMap(({ pictures }) => pictures).length;
  const made = requests.filter((each) => each.state.name === 'completed').length;
  if (state?.name === 'completed') return `over${shown === made ? ' shown' : ''}`;
  return requests.map((each) => LETTERS[each.state.name] ?? 'x').join('') + (shown > 0 ? ` ${shown}` : '');
}

function recordAct(namespace: string, jobId: string, text: string): Act {
  // What a job came to is named by its place alone.
  if (namespace === 'book') return { name: namespace, userId: owners.get(jobId) };
  const record = recordSchema.parse(JSON.parse(text)).value;
  const { userId, state, requests = [], gallery, outcomes } = record;
  if (userId !== undefined) owners.set(jobId, userId);
  if (state === undefined) return { name: [namespace, ...Object.values(outcomes ?? {})].join(' '), userId };
  const { name } = state;
  if (namespace === 'jobs' && requests.length > 1) return { name: `many ${nameOfMany(record)}`, userId };
  const { posted, posting } = gallery ?? {};
  const messages = namespace === 'jobs' && posted !== undefined && posted.length > 0 ? ` ${posted.length}` : '';
  const empty = posting?.messageId === undefined ? '' : ' empty';
  const making = posting === undefined ? '' : ` posting ${posting.number}${empty}`;
  return { name: `${namespace} ${name}${messages}${making}`, userId };
}

/** What a statement writes, `undefined` where it only reads. */
function actOf(sql: string, values: unknown[]): Act | undefined {
  const [first = '', second = '', third = ''] = values.map(String);
  if (sql.includes('INSERT INTO reservations')) return { name: 'reserve', userId: third };
  if (sql.startsWith('UPDATE reservations SET') && sql.includes("state = 'held'")) {
    const { job, state } = changeSchema.parse(values[0]);
    return { name: state === 'held' ? 'reduced' : state, userId: owners.get(job) };
  }
  if (sql.includes('INSERT INTO records')) return recordAct(first, second, third);
  const deletes = sql.includes('DELETE FROM records') && sql.includes('RETURNING');
  return deletes ? { name: `delete ${first}`, userId: owners.get(second) } : undefined;
}

function commit(doCommit: () => unknown): unknown {
  const named = acts;
  acts = [];
  const plan = existsSync(planFile) ? planSchema.parse(JSON.parse(readFileSync(planFile, 'utf8'))) : undefined;
  const hit = plan !== undefined && named.some((act) => act.name === plan.commit && act.userId === plan.userId);
  if (hit && plan.when === 'before') process.kill(process.pid, 'SIGKILL');
  const done = doCommit();
  if (named.length > 0) appendFileSync(logFile, `${named.map(({ name }) => name).join(' + ')}\n`);
  if (hit && plan.when === 'after') process.kill(process.pid, 'SIGKILL');
  return done;
}

const { prepare } = Object.getOwnPropertyDescriptors(DatabaseSync.prototype);

function watch(statement: StatementSync, sql: string): StatementSync {
  for (const name of ['run', 'get'] as const) {
    const original = statement[name].bind(statement) as (...values: unknown[]) => unknown;
    const watched = (...values: unknown[]): unknown => {
      if (sql === 'COMMIT') return commit(() => original());
      const act = actOf(sql, values);
      if (act !== undefined) acts.push(act);
      return original(...values);
    };
    Object.defineProperty(statement, name, { value: watched });
  }
  return statement;
}

Object.defineProperty(DatabaseSync.prototype, 'prepare', {
  value(this: DatabaseSync, sql: string) {
    const made = (prepare.value as DatabaseSync['prepare']).call(this, sql);
    return watch(made, sql.trim());
  },
});
