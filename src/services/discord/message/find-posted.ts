/** Finds a message with pictures of a job that was posted before its id could be written. */
import { Routes, SnowflakeUtil, type REST } from 'discord.js';
import { z } from 'zod';
import type { Job } from '../../job/job.ts';
import { picturesIn } from '../../messages/messages.ts';
import { faultOf, ReplyTrouble } from '../faults.ts';
import { messageSchema, postedOf, type Posted } from './posted.ts';

/** Pages of 100 messages (Discord's most) that are read. */
const PAGES = 10;
const PER_PAGE = 100;

/** By how much this machine's clock may have been set while the job went on (milliseconds). */
const CLOCK_SET = 10 * 60_000;

const later = (one: bigint, other: bigint) => (one > other ? one : other);

/**
 * From when on there may have been pictures of a job by Discord's clock, however far this machine's is off it: so long after the
 * job's interaction as the first of its requests took (milliseconds since the epoch).
 */
function firstMadeAt({ id, requests, createdAt }: Job): number {
  const ends = requests.flatMap(({ finishedAt }) => finishedAt ?? []);
  const took = ends.length === 0 ? 0 : Math.min(...ends) - createdAt;
  return SnowflakeUtil.timestampFrom(id) + took;
}

/**
 * @param botUser - gives the bot's own user.
 * @throws ReplyTrouble where Discord does not answer now. A channel that cannot be read holds nothing to be found.
 */
export async function findPosted(
  job: Job,
  channelId: string,
  { botRest, botUser }: { botRest: Pick<REST, 'get'>; botUser: () => Promise<string> },
): Promise<Posted | undefined> {
  const written = new Set(job.gallery.posted.map(({ messageId }) => messageId));
  // Older records may tell parts of a millisecond, of which no id can be made.
  const made = SnowflakeUtil.generate({ timestamp: Math.floor(firstMadeAt(job)) - CLOCK_SET });
  // The reply is as old as the job, and may hold pictures since an edit that nobody answered.
  let after = BigInt(job.id);
  try {
    const botUserId = await botUser();
    for (let page = 0; page < PAGES; page += 1) {
      const query = new URLSearchParams({ after: String(after), limit: String(PER_PAGE) });
      const recent = z.array(messageSchema).parse(await botRest.get(Routes.channelMessages(channelId), { query }));
      const own = recent.filter(({ author }) => author?.id === botUserId).map(postedOf);
      const found = own.find(({ messageId, files }) => !written.has(messageId) && picturesIn(job, files).length > 0);
      if (found !== undefined || recent.length < PER_PAGE) return found;
      after = recent.map(({ id }) => BigInt(id)).reduce(later, made);
    }
  } catch (error) {
    if (faultOf(error) === 'trouble') throw new ReplyTrouble('Discord did not answer', { cause: error });
  }
  return undefined;
}
