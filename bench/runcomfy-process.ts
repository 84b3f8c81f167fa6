/** RunComfy's stand-in as a process of its own, told and asked over the IPC channel. Its options come as an argument. */
import { z } from 'zod';
import { createRunComfyStandIn, type StandInJob } from '../playground/runcomfy/stand-in.ts';

const numbers = z.record(z.string(), z.number());
const orderSchema = z.object({
  id: z.number(),
  conditions: z.record(z.string(), z.union([z.number(), z.boolean()])).optional(),
  start: z.string().optional(),
  finish: z.string().optional(),
  forget: z.boolean().optional(),
  jobs: z.boolean().optional(),
});

const { durations, ...options } = z
  .object({ token: z.string(), durations: numbers.optional() })
  .loose()
  .parse(JSON.parse(process.argv[2] ?? '{}'));
const standIn = await createRunComfyStandIn({
  ...options,
  ...(durations && { durations: { baseMs: 0, perImageMs: 0, standardFactor: 1, spread: 0, ...durations } }),
});

/** Status calls by tenth of a second, since they were last forgotten. */
let looks = new Map<number, number>();
/** When a status call of each job was first answered with completed, by the clock of its `finishedAt`. */
const foundAt = new Map<string, number>();
const completedSchema = z.object({ status: z.literal('completed') });

standIn.on((event) => {
  if (event.type !== 'response') return;
  if (event.call === 'status') {
    const tenth = Math.floor(event.at / 100);
    looks.set(tenth, (looks.get(tenth) ?? 0) + 1);
    const { requestId, body, at } = event;
    if (requestId !== undefined && !foundAt.has(requestId) && completedSchema.safeParse(body).success) {
      foundAt.set(requestId, at);
    }
  }
});

function report({ requestId, polls, createdAt, finishedAt, images }: StandInJob) {
  return { requestId, statusPolls: polls.status, createdAt, finishedAt, foundAt: foundAt.get(requestId), images };
}

process.on('message', (message) => {
  const { id, conditions, start, finish, forget, jobs: all } = orderSchema.parse(message);
  void (async () => {
    if (conditions !== undefined) await standIn.setBehaviour(conditions);
    if (start !== undefined) standIn.start(start);
    if (finish !== undefined) standIn.finish(finish);
    if (forget === true) looks = new Map();
    const { jobs } = standIn;
    const job = jobs.at(-1);
    process.send?.({
      id,
      submits: standIn.submits,
      ended: jobs.filter(({ finishedAt }) => finishedAt !== undefined).length,
      polls: jobs.reduce((sum, { polls }) => sum + polls.status, 0),
      violations: standIn.violations.length,
      looks: [...looks],
      newest: job && {
        ...report(job),
        state: job.state,
      },
      jobs: all === true ? jobs.map(report) : undefined,
    });
  })();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, url: standIn.url, assetOrigin: standIn.assetOrigin });
