/** A reply whose id no answer ever told: the token knows it, and once that is dead its channel does. */
import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { createReply } from '../../../src/services/discord/reply.ts';
import { systemClock } from '../../../src/services/clock.ts';
import type { Job } from '../../../src/services/job/job.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const BOT = '1574318983924940800';
const REPLY = '1574318992691036200';
const MINUTE = 60_000;

function jobWithoutReplyId(changes: Partial<Pick<Job, 'private'>> = {}): Job {
  const { reply } = sampleJob();
  return sampleJob({ reply: { ...reply, messageId: undefined }, ...changes });
}

const { id: JOB, channelId } = jobWithoutReplyId();

/** A message of the channel's, with the interaction that it answers. */
function messageFor(id: string, { author = BOT, interaction = JOB, after = '' } = {}) {
  const metadata = { id: interaction, ...(after !== '' && { original_response_message_id: after }) };
  return {
    ...{ id, channel_id: channelId, author: { id: author }, attachments: [], embeds: [] },
    interaction_metadata: metadata,
  };
}

/** Messages that come before it: somebody else's, another job's, a follow-up of its own. */
const OTHERS = [
  { ...messageFor('1574318992691036191'), author: { id: '7' } },
  messageFor('1574318992691036192', { interaction: '1574318992691036150' }),
  messageFor('1574318992691036193', { after: REPLY }),
];

function createChannel({ listed, minutes = 20 }: { listed: object[] | Error; minutes?: number }) {
  const calls: string[] = [];
  const bot = {
    get(route: string, { query }: { query?: URLSearchParams } = {}) {
      calls.push(`get ${route}${query === undefined ? '' : `?${query.toString()}`}`);
      return listed instanceof Error ? Promise.reject(listed) : Promise.resolve(listed);
    },
    patch(route: string) {
      calls.push(`patch ${route}`);
      return Promise.resolve(messageFor(REPLY));
    },
    post(route: string) {
      calls.push(`post ${route}`);
      return Promise.resolve(messageFor('1574318992691036300'));
    },
    delete: () => Promise.resolve(undefined),
  };
  const token = {
    ...bot,
    get(route: string) {
      calls.push(`get ${route.replace(/^.*messages/, 'by token')}`);
      return Promise.resolve(messageFor(REPLY));
    },
  };
  const reply = createReply({
    rest: token,
    botRest: bot,
    botUserId: () => BOT,
    clock: { ...systemClock, now: () => NOON + minutes * MINUTE },
    log: createSilentLog(),
    elsewhere: () => '',
    placeholder: () => '',
  });
  return { reply, calls };
}

const LOOKED = `get /channels/${channelId}/messages?after=${JOB}&limit=100`;

test('with the token dead the last word goes into the reply, which is looked for once', async () => {
  const { reply, calls } = createChannel({ listed: [messageFor(REPLY), ...OTHERS] });
  const job = jobWithoutReplyId();
  await reply.tell(job, 1, { embeds: [] });
  expect(await reply.edit(job, { content: 'moved' })).toBe('edited');
  const edited = `patch /channels/${channelId}/messages/${REPLY}`;
  expect(calls).toEqual([LOOKED, edited, edited]);
});

test('where it is not there, the last word is a message of its own', async () => {
  const { reply, calls } = createChannel({ listed: OTHERS });
  await reply.tell(jobWithoutReplyId(), 1, { embeds: [] });
  expect(calls.filter((call) => !call.startsWith('get'))).toEqual([`post /channels/${channelId}/messages`]);
});

test('a channel that may not be read holds none', async () => {
  const missing = { code: 50001, message: 'Missing Access' };
  const error = new DiscordAPIError(missing, 50001, 403, 'GET', '', { files: undefined, body: undefined });
  const { reply } = createChannel({ listed: error });
  expect(await reply.locate(jobWithoutReplyId())).toBeUndefined();
});

test('trouble is no answer', async () => {
  const { reply } = createChannel({ listed: new Error('read ECONNRESET') });
  await expect(reply.locate(jobWithoutReplyId())).rejects.toMatchObject({ name: 'ReplyTrouble' });
});

test('a private reply is in no channel', async () => {
  const { reply, calls } = createChannel({ listed: [messageFor(REPLY)] });
  expect(await reply.locate(jobWithoutReplyId({ private: true }))).toBeUndefined();
  expect(calls).toEqual([]);
});

test('while the token works, it is asked', async () => {
  const { reply, calls } = createChannel({ listed: [], minutes: 1 });
  expect(await reply.locate(jobWithoutReplyId())).toBe(REPLY);
  expect(calls).toEqual(['get by token/@original']);
});
