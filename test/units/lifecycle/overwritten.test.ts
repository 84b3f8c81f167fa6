/** A gallery that an edit has overwritten which came late is shown again; one that stands as it should is left alone. */
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { createDelivery, createLastWord } from '../../../src/services/delivery/delivery.ts';
import type { Reply, ShownReply } from '../../../src/services/discord/reply.ts';
import { advance, type Job, type JobEvent } from '../../../src/services/job/job.ts';
import { createOverwritten } from '../../../src/services/lifecycle/step/overwritten.ts';
import type { ReplyMessage } from '../../../src/services/messages/messages.ts';
import { PictureError } from '../../../src/services/pictures/download.ts';
import { pictureOf } from '../../support/picture.ts';
import { NOON, sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';
import { createWrittenModels } from '../../support/written-models.ts';

const log = createSilentLog();
const JPEG = pictureOf(Buffer.alloc(1000, 1), { format: 'jpeg', width: 10, height: 10 });
const { reply: REPLY, id: JOB } = sampleJob();
const REPLY_ID = REPLY.messageId ?? '';

const fileOf = (number: number) => ({ id: String(900 + number), name: `seedream-${JOB}-${number}.jpg` });

/** A gallery of three pictures of four, in one message. */
function delivered(messageId = REPLY_ID): Job {
  const images = [1, 2, 3, 4].map((number) => `https://pictures.example/${number}.jpg`);
  const posted = [{ number: 1, channelId: '1574318983924940806', messageId, pictures: [1, 2, 3] }];
  return sampleJob({ finishedAt: NOON, state: { name: 'delivered', requestId: 'r', images, videos: [], posted } });
}

/** What the reply shows, with these pictures in it. */
function showing(pictures: number[], ended: boolean): ShownReply {
  const attachments = pictures.map(fileOf);
  return {
    channelId: '1574318983924940806',
    messageId: REPLY_ID,
    files: attachments.map(({ name }) => name),
    attachments,
    ended,
  };
}

function createWorld(shown: ShownReply | 'gone' | undefined, { canBeHad = true } = {}) {
  const amended: ReplyMessage[] = [];
  const lines: string[] = [];
  const reply: Pick<Reply, 'amend' | 'annotate' | 'edit' | 'locate' | 'messageId' | 'plan' | 'read' | 'tell'> = {
    read: () => Promise.resolve(shown),
    locate: () => Promise.resolve(REPLY_ID),
    messageId: () => undefined,
    plan: () => ({ kind: 'edit', fileLimit: 10_000_000 }),
    amend(_job, _posted, message) {
      amended.push(message as ReplyMessage);
      return Promise.resolve(showing([1, 2, 3], true));
    },
    annotate: (_job, _posted, content) => Promise.resolve(lines.push(content)).then(() => 'edited'),
    edit(_job, { content = '' }) {
      lines.push(content);
      return Promise.resolve('edited');
    },
    tell: () => Promise.reject(new Error('Nothing is told beside the gallery')),
  };
  const downloads = {
    allows: () => true,
    download: () => (canBeHad ? Promise.resolve(JPEG) : Promise.reject(new PictureError('gone', 'Gone'))),
  };
  const models = createWrittenModels();
  const delivery = createDelivery({ downloads, models, onNotAllowed: () => undefined, clock: systemClock, log });
  const lastWord = createLastWord({ reply, status: () => ({ embeds: [] }), allows: () => true, log });
  return { amended, lines, overwritten: createOverwritten({ delivery, reply, lastWord, log }) };
}

test.each([
  ['shows it', showing([1, 2, 3], true)],
  ['was deleted', 'gone' as const],
  ['cannot be read', undefined],
])('nothing is done where its reply %s', async (_, shown) => {
  const { amended, lines, overwritten } = createWorld(shown);
  await overwritten.restore(delivered());
  expect({ amended, lines }).toEqual({ amended: [], lines: [] });
});

test('under an edit that showed progress it is shown again, with the files that it has, and what is missing', async () => {
  const { amended, lines, overwritten } = createWorld(showing([1, 2, 3], false));
  await overwritten.restore(delivered());
  expect(amended).toMatchObject([{ kept: ['901', '902', '903'], files: [] }]);
  expect(amended[0]?.embeds.map(({ image }) => image?.url)).toEqual(
    [1, 2, 3].map((number) => `attachment://${fileOf(number).name}`),
  );
  expect(JSON.stringify(amended[0]?.components)).toContain(`again:${JOB}`);
  expect(lines).toEqual([expect.stringContaining('1 picture could not be posted')]);
});

test('a picture that an older edit has taken out is put in again', async () => {
  const { amended, overwritten } = createWorld(showing([1, 3], true));
  await overwritten.restore(delivered());
  expect(amended).toMatchObject([{ kept: ['901', '903'], files: [{ name: fileOf(2).name }] }]);
  expect(JSON.stringify(amended[0]?.embeds)).toContain('3 of 4');
});

test('one that cannot be had any more is said to be missing', async () => {
  const { amended, lines, overwritten } = createWorld(showing([1, 3], true), { canBeHad: false });
  await overwritten.restore(delivered());
  expect(amended).toMatchObject([{ kept: ['901', '903'], files: [] }]);
  expect(lines).toEqual([expect.stringContaining('2 pictures could not be posted')]);
});

test('a reply whose gallery stands elsewhere says so again', async () => {
  const { amended, lines, overwritten } = createWorld(showing([], false));
  await overwritten.restore(delivered('1574318992691036199'));
  expect(amended).toEqual([]);
  expect(lines).toHaveLength(1);
});

test.each([
  [[1, 3], 'without what it has lost'],
  [[1, 2, 3, 4], 'with what was added and could not be written'],
])('a gallery that is to be added to is written down as it stands: %j, %s', async (numbers) => {
  const { overwritten } = createWorld(showing(numbers, false));
  const { requests, gallery, ...rest } = delivered();
  let job: Job = {
    ...rest,
    requests,
    gallery: { ...gallery, delivered: false },
    state: { name: 'completed', givenUp: false },
  };
  await overwritten.reread({
    job,
    claim: undefined,
    confirm: () => Promise.resolve(),
    note: () => job,
    announce: () => Promise.reject(new Error('Nothing is submitted')),
    record: (event: JobEvent) => Promise.resolve((job = advance(job, event, NOON))),
  });
  expect(job.gallery.posted).toMatchObject([{ number: 1, pictures: numbers, files: numbers.map(fileOf) }]);
});
