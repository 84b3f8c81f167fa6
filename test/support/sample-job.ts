/** A job's record for tests that need one and not its way. */
import { jobSchema, type Job, type PostedMessage } from '../../src/services/job/job.ts';
import type { RequestState } from '../../src/services/job/schema.ts';

/** Milliseconds since the epoch: 2026-11-23, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12);

interface Made {
  requestId: string;
  images: string[];
  videos: string[];
  posted: PostedMessage[];
  earlier?: PostedMessage[];
}

/** Where a job of one request stands, its gallery with it: as records of the first version had it. */
export type SampleState =
  | Exclude<RequestState, { name: 'completed' }>
  | ({ name: 'completed'; givenUp: boolean; refused?: true; posting?: { number: number; messageId?: string } } & Made)
  | ({ name: 'delivered' } & Made);

/** What a job has that a test wants; its times and its state are those of its one request. */
export type SampleChanges = Partial<Omit<Job, 'version' | 'requests' | 'gallery' | 'state'>> & { state?: SampleState };

/** A job of one request. It is reserved, for four pictures, asked for at {@link NOON}, with an hour to go, unless changed. */
export function sampleJob(changes: SampleChanges = {}): Job {
  return jobSchema.parse({
    version: 1,
    id: '1574318992691036160',
    guildId: '1563446109798400000',
    channelId: '1574318983924940806',
    userId: '1574318983924940801',
    locale: 'en-US',
    guildLocale: 'en-US',
    prompt: 'a quiet harbour',
    text: 'Generate 4 images: a quiet harbour',
    count: 4,
    size: '2304:1728 (4:3)',
    seed: 7,
    quality: 'fast',
    private: false,
    spoiler: false,
    reply: {
      applicationId: '1574318983924940800',
      token: 'a-token',
      tokenExpiresAt: NOON + 15 * 60_000,
      messageId: '1574318992691036161',
      attachmentSizeLimit: 10 * 1024 * 1024,
    },
    createdAt: NOON,
    deadline: NOON + 60 * 60_000,
    state: { name: 'reserved' },
    ...changes,
  });
}
