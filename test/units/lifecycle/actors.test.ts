/** Who may cancel a job, remove its gallery and have it delivered again; each use reads the job once. */
import { missingPictures } from '../../../src/services/job/job.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { ReplyTrouble } from '../../../src/services/discord/reply.ts';
import type { Job } from '../../../src/services/job/job.ts';
import type { JobRecords } from '../../../src/services/job/records.ts';
import type { Ledger } from '../../../src/services/ledger/ledger.ts';
import { createJobs } from '../../../src/services/lifecycle/jobs.ts';
import { StoreError } from '../../../src/services/storage/storage.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const QUEUED = sampleJob({ state: { name: 'in_queue', requestId: 'request' } });
const { id, guildId, userId } = QUEUED;
const posted = [{ number: 1, channelId: 'channel', messageId: 'message', pictures: [1, 2, 3, 4] }];
const made = { requestId: 'request', images: ['a', 'b', 'c', 'd'], videos: [], posted };
const DELIVERED = sampleJob({ state: { name: 'delivered', ...made } });
const GIVEN_UP = sampleJob({ state: { name: 'completed', ...made, givenUp: true } });

const requester = { userId, guildId, moderator: false };
const stranger = { userId: 'another', guildId, moderator: false };
const moderator = { userId: 'another', guildId, moderator: true };
const elsewhere = { userId, guildId: 'another', moderator: true };
const strangerInDirectMessages = { userId: 'another', guildId: null, moderator: false };
const inDirectMessages = { userId, guildId: null, moderator: false };

/** The press is under a message that the record does not hold. */
const PRESSED = { messageId: '1574318992691036169', requester: undefined };

function setUp(job: Job | undefined) {
  const find = vi.fn(() => Promise.resolve(job));
  const done = () => Promise.resolve();
  const close = vi.fn(done);
  const write = vi.fn(done);
  const removeMessage = vi.fn((): Promise<'gone' | 'stands'> => Promise.resolve('gone'));
  const askCancel = vi.fn(() => Promise.resolve({ cancelled: [1], late: [], trouble: [] }));
  const schedule = vi.fn<(jobId: string, delay: number) => Promise<void>>(done);
  const dropCancellation = vi.fn<(jobId: string) => Promise<void>>(done);
  const isLive = () => Promise.resolve(false);
  const records = { find, close, write, isLive, dropCancellation, cancellations: { set: done } };
  const jobs = createJobs({
    records: records as unknown as JobRecords,
    ledger: {} as Ledger,
    askCancel: { ask: askCancel },
    reply: { remove: removeMessage },
    scheduler: { schedule, resume: done, hold: () => Promise.resolve(undefined), letGo: done },
    clock: { ...systemClock, now: () => NOON },
    log: createSilentLog(),
  });
  return { jobs, find, close, write, schedule, removeMessage, askCancel, dropCancellation };
}

describe('cancel', () => {
  test.each([requester, moderator])('is for the requester and for moderators (%o)', async (actor) => {
    const { jobs, find, askCancel } = setUp(QUEUED);
    expect(await jobs.cancel(id, actor)).toBe('cancelled');
    expect(askCancel).toHaveBeenCalledOnce();
    expect(find).toHaveBeenCalledOnce();
  });

  test('is for nobody else, also while another one is under way', async () => {
    const { jobs, askCancel } = setUp(QUEUED);
    const first = jobs.cancel(id, requester);
    expect(await jobs.cancel(id, stranger)).toBe('not_yours');
    expect(await jobs.cancel(id, elsewhere)).toBe('gone');
    expect(await first).toBe('cancelled');
    expect(askCancel).toHaveBeenCalledOnce();
  });

  test('leaves no wish of a job that ended meanwhile; where that fails, what is said stays what it came to', async () => {
    const { jobs, dropCancellation } = setUp(QUEUED);
    dropCancellation.mockRejectedValue(new StoreError('away'));
    expect(await jobs.cancel(id, requester)).toBe('cancelled');
    expect(dropCancellation).toHaveBeenCalledExactlyOnceWith(id);
  });

  test('pressed twice at once asks RunComfy once', async () => {
    const { jobs, askCancel } = setUp(QUEUED);
    const outcomes = await Promise.all([jobs.cancel(id, requester), jobs.cancel(id, moderator)]);
    expect(outcomes).toEqual(['cancelled', 'cancelled']);
    expect(askCancel).toHaveBeenCalledOnce();
  });
});

describe('cancel of many requests', () => {
  const waiting = (...names: ('reserved' | 'submitting')[]) => {
    const requests = names.map((name, index) => ({ number: index + 1, images: 1, state: { name } }));
    return { ...QUEUED, count: names.length, requests };
  };

  test('counts what still waits once the wish to cancel is written, not what has been sent meanwhile', async () => {
    const { jobs, find } = setUp(waiting('reserved', 'reserved', 'reserved'));
    find.mockResolvedValueOnce(waiting('reserved', 'reserved', 'reserved'));
    find.mockResolvedValueOnce(waiting('submitting', 'reserved', 'reserved'));
    expect(await jobs.cancel(id, requester)).toEqual({ cancelled: 2, kept: 1 });
  });
});

describe('remove', () => {
  test.each([requester, moderator])('is for the requester and for moderators (%o)', async (actor) => {
    const { jobs, find, close, removeMessage } = setUp(DELIVERED);
    expect(await jobs.remove(id, actor, PRESSED)).toEqual({ outcome: 'removed' });
    expect(removeMessage).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
    expect(find).toHaveBeenCalledOnce();
  });

  test.each([
    [stranger, 'not_yours'],
    [elsewhere, 'gone'],
    [strangerInDirectMessages, 'gone'],
  ])('is for nobody else (%o)', async (actor, outcome) => {
    const { jobs, removeMessage } = setUp(DELIVERED);
    expect(await jobs.remove(id, actor, PRESSED)).toEqual({ outcome });
    expect(removeMessage).not.toHaveBeenCalled();
  });

  test('is for the requester also where the gallery had to go: in direct messages', async () => {
    const { jobs, removeMessage } = setUp(DELIVERED);
    expect(await jobs.remove(id, inDirectMessages, PRESSED)).toEqual({ outcome: 'removed' });
    expect(removeMessage).toHaveBeenCalledOnce();
  });

  test('says what still stands where the bot may not delete it, and keeps that and the pressed message removable', async () => {
    const pressed = { number: 1, channelId: 'channel', messageId: PRESSED.messageId, pictures: [1, 2] };
    const other = { number: 2, channelId: 'channel', messageId: 'message', pictures: [3, 4] };
    const { jobs, close, removeMessage } = setUp(
      sampleJob({ state: { name: 'delivered', ...made, posted: [pressed, other] } }),
    );
    removeMessage.mockResolvedValue('stands');
    expect(await jobs.remove(id, requester, PRESSED)).toEqual({ outcome: 'standing', count: 1 });
    expect(removeMessage).toHaveBeenCalledExactlyOnceWith(other);
    expect(close).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ gallery: expect.objectContaining({ posted: [pressed, other] }) as unknown }),
    );
  });

  test('does not call removed what only its member sees, and only the press reaches', async () => {
    const pressed = { number: 1, channelId: 'channel', messageId: PRESSED.messageId, pictures: [1, 2] };
    const further = { number: 2, channelId: 'channel', messageId: 'further', pictures: [3, 4] };
    const direct = { number: 2, channelId: 'direct messages', messageId: 'direct', pictures: [3, 4] };
    const before = (posted: (typeof pressed)[]) => {
      const state = { name: 'delivered' as const, ...made, posted };
      return setUp(sampleJob({ private: true, channelId: 'channel', state }));
    };
    const removed = (posted: (typeof pressed)[]) => before(posted).jobs.remove(id, requester, PRESSED);
    expect(await removed([pressed, further])).toEqual({ outcome: 'removed_but_private' });
    expect(await removed([pressed, direct])).toEqual({ outcome: 'removed' });
    expect(await removed([pressed])).toEqual({ outcome: 'removed' });
    // As where the store failed after it was written, or the press did not reach its message: it stands, and is pressed again.
    const { jobs, close, find } = before([pressed, further]);
    await jobs.remove(id, requester, PRESSED);
    const [written] = close.mock.calls[0] as unknown as [Job];
    find.mockResolvedValue(written);
    expect(await jobs.remove(id, requester, PRESSED)).toEqual({ outcome: 'removed_but_private' });
  });

  test('of a job whose record is gone is for whom its message names, and for moderators', async () => {
    const { jobs } = setUp(undefined);
    expect(await jobs.remove(id, requester, { ...PRESSED, requester: userId })).toEqual({
      outcome: 'removed_but_forgotten',
    });
    expect(await jobs.remove(id, moderator, { ...PRESSED, requester: userId })).toEqual({
      outcome: 'removed_but_forgotten',
    });
    expect(await jobs.remove(id, stranger, { ...PRESSED, requester: userId })).toEqual({ outcome: 'not_yours' });
    expect(await jobs.remove(id, requester, PRESSED)).toEqual({ outcome: 'not_yours' });
  });

  test('that Discord does not take now changes nothing', async () => {
    const { jobs, close, removeMessage } = setUp(DELIVERED);
    removeMessage.mockRejectedValue(new ReplyTrouble('Discord is away'));
    expect(await jobs.remove(id, requester, PRESSED)).toEqual({ outcome: 'trouble' });
    expect(close).not.toHaveBeenCalled();
  });
});

describe('deliver', () => {
  let sent: ReturnType<typeof setUp>;
  beforeEach(() => {
    sent = setUp(GIVEN_UP);
  });

  test('brings the pictures to the requester, once', async () => {
    const { jobs, find, write } = sent;
    const outcomes = await Promise.all([
      jobs.redeliver(id, requester, GIVEN_UP.reply),
      jobs.redeliver(id, requester, GIVEN_UP.reply),
    ]);
    expect(outcomes).toEqual(['started', 'running']);
    expect(write).toHaveBeenCalledOnce();
    expect(find).toHaveBeenCalledTimes(2);
  });

  test('is written only once somebody is sure to look at it: where the store fails, it is not begun', async () => {
    const { jobs, schedule, write } = setUp(GIVEN_UP);
    schedule.mockRejectedValueOnce(new StoreError('full'));
    await expect(jobs.redeliver(id, requester, GIVEN_UP.reply)).rejects.toThrow(StoreError);
    expect(write).not.toHaveBeenCalled();
    schedule.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new StoreError('full'));
    expect(await jobs.redeliver(id, requester, GIVEN_UP.reply)).toBe('started');
    expect(write).toHaveBeenCalledOnce();
    expect(schedule.mock.calls.map(([jobId]) => jobId)).toEqual([id, id, id]);
  });

  test('brings what a gallery lacks, and not what stands already', async () => {
    const { jobs, write } = setUp(
      sampleJob({
        state: { name: 'delivered', ...made, posted: [{ ...posted[0], number: 1, pictures: [1, 2, 3] }] as never },
      }),
    );
    expect(await jobs.redeliver(id, requester, GIVEN_UP.reply)).toBe('started');
    const [reopened] = write.mock.calls[0] as unknown as [Job];
    expect(missingPictures(reopened)).toEqual([4]);
    expect(reopened.gallery.posted).toEqual([]);
  });

  test.each([stranger, moderator, elsewhere])('is for nobody else, who do not even learn of it (%o)', async (actor) => {
    const { jobs, write } = sent;
    expect(await jobs.redeliver(id, actor, GIVEN_UP.reply)).toBe('gone');
    expect(write).not.toHaveBeenCalled();
  });
});
