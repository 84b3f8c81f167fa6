/** Who acts on a job, and on which jobs they may. Pure. */
import type { Job } from '../job/job.ts';

export interface Actor {
  userId: string;
  /** Where they act; `null` in direct messages. */
  guildId: string | null;
  /** Whether they may manage messages there. */
  moderator: boolean;
}

/** Whether a job is one of the guild that they act in: no other's job is their business, not even whether it exists. */
export function isOfGuild(job: Job, { guildId }: Actor): boolean {
  return job.guildId === guildId;
}

/** Whether they may end or remove what a member asked for. */
export function mayManage(requester: string | undefined, { userId, moderator }: Actor): boolean {
  return moderator || requester === userId;
}
