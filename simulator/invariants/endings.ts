/** When faults stop, every job ends, its last message says so, and nothing is left behind that grows. */
import type { Act } from '../plan.ts';
import type { Told, Truth } from '../world/truth.ts';
import { sentencesIn } from './sentences.ts';
import type { Judge } from './judge.ts';

/** Sentences that are true only while a job is under way. */
const UNDER_WAY = new Set([
  'state.submitting',
  'state.waiting',
  'state.in_queue',
  'state.in_queue_next',
  'state.in_queue_position',
  'state.in_progress',
  'state.completed',
]);

/** What of the world keeps the bot from bringing a channel's messages up to date. */
function closedChannels(acts: readonly Act[]): { channels: Set<string>; guilds: Set<string> } {
  const channels = new Set<string>();
  const guilds = new Set<string>();
  for (const act of acts) {
    if (act.kind === 'delete_channel' || act.kind === 'permissions') channels.add(act.channel);
    if (act.kind === 'time_out_bot') guilds.add(act.guild);
  }
  return { channels, guilds };
}

export function judgeEndings({ truth, acts, judge }: { truth: Truth; acts: readonly Act[]; judge: Judge }) {
  return {
    atEnd() {
      for (const record of truth.jobs().live)
        judge.broken(
          'every job ends',
          record.id,
          `Job ${record.id} is still ${JSON.stringify(record['state'])}, though all has been well for long.`,
        );
      for (const { jobId, images, state } of truth.reservations())
        if (state === 'held')
          judge.broken(
            'every reservation ends',
            jobId,
            `${images} pictures of job ${jobId} are still reserved, though all has been well for long.`,
          );
      const last = new Map<string, Told>();
      for (const told of truth.told) last.set(told.messageId, told);
      const closed = closedChannels(acts);
      for (const [id, { text, interaction }] of last) {
        const message = truth.messages.get(id);
        // A private reply can be reached for 15 minutes only: its job is finished by a direct message.
        if (message === undefined || message.deletedAt !== undefined || message.onlyFor !== undefined) continue;
        if (closed.channels.has(message.channel) || closed.guilds.has(message.guild ?? '')) continue;
        const stale = sentencesIn(text).find(({ key }) => UNDER_WAY.has(key));
        if (stale !== undefined)
          judge.broken(
            'no sentence lies',
            id,
            `Message ${id} of job ${interaction ?? 'unknown'} says "${text.split('\n')[0] ?? ''}" for ever (${stale.key}), and every job has ended.`,
          );
      }
    },
  };
}
