/** How pictures are shared out over messages, files and embeds: always within what Discord takes. */
import { translate } from '../../../src/languages/languages.ts';
import { plainLine, writeLines } from '../../../src/services/messages/messages.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  galleryMessage,
  groupSizes,
  messageShare,
  picturesIn,
  PICTURES_PER_MESSAGE,
} from '../../../src/services/messages/gallery.ts';
import { requesterIn } from '../../../src/services/messages/facts.ts';
import { bodyOf } from '../../../src/services/messages/message.ts';
import { readOptions } from '../../../src/services/messages/options-in-url.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { sampleJob, type SampleChanges } from '../../support/sample-job.ts';

const picture = (number: number, reencodedFrom?: string) => ({
  number,
  chunks: [Buffer.from([number])],
  size: 1,
  extension: 'jpg',
  reencodedFrom,
  proof: Promise.resolve(),
});

const model = { name: undefined, seed: true, quality: true, editing: false };

/** All the text of an embed that Discord counts towards its 6000 characters. */
function characters({
  title = '',
  description = '',
  footer = { text: '' },
}: ReturnType<typeof galleryMessage>['embeds'][number]) {
  return title.length + description.length + footer.text.length;
}

test('messages are as few as possible and evenly filled', () => {
  const shares = (pictures: number) => {
    const sizes: number[] = [];
    for (let left = pictures; left > 0; left -= sizes.at(-1) ?? left) sizes.push(messageShare(left));
    return sizes;
  };
  expect([1, 4, 10, 11, 15].map(shares)).toEqual([[1], [4], [10], [6, 5], [8, 7]]);
  for (let pictures = 1; pictures <= 15; pictures += 1) {
    expect(shares(pictures)).toHaveLength(Math.ceil(pictures / PICTURES_PER_MESSAGE));
    expect(shares(pictures).reduce((sum, size) => sum + size, 0)).toBe(pictures);
  }
});

test('groups are as few as possible, of four at most, and none has a picture alone beside larger ones', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(groupSizes)).toEqual([
    [1],
    [2],
    [3],
    [4],
    [3, 2],
    [3, 3],
    [4, 3],
    [4, 4],
    [3, 3, 3],
    [4, 3, 3],
  ]);
});

test('pictures of a spoiler stay attachments, which Discord draws as one blurred mosaic; the text goes with them', () => {
  const made = { name: 'completed' as const, requestId: 'r', images: ['a'], videos: [], posted: [], givenUp: false };
  const job = sampleJob({ spoiler: true, finishedAt: sampleJob().createdAt + 15_000, state: made });
  const pictures = [1, 2, 3].map((number) => picture(number));
  const message = galleryMessage(job, { number: 1, pictures, delivered: 3, notes: [], model });
  expect(message.embeds.map(({ image, description }) => [image, description])).toEqual([
    [undefined, 'a quiet harbour'],
  ]);
  expect(message.embeds[0]?.footer?.text).toBe('3 of 4 · Landscape 4:3 · 2304×1728 · seed 7 · 15 s');
  expect(bodyOf(message)).toMatchObject({ attachments: pictures.map(() => ({ is_spoiler: true })) });
});

test('whose job it is stands small under the prompt where Discord does not say it, and the prompt is read without it', () => {
  const shown = (changes: SampleChanges) => {
    const job = sampleJob({ prompt: '-# <@1> *x*', ...changes });
    return galleryMessage(job, { number: 1, pictures: [picture(1)], delivered: 1, notes: [], model }).embeds[0];
  };
  expect(requesterIn(shown({})?.description)).toBeUndefined();
  const named = shown({ pressed: true });
  expect(named?.description?.split('\n')[1]).toBe(`-# <@${sampleJob().userId}>`);
  expect(requesterIn(named?.description)).toBe(sampleJob().userId);
  expect(readOptions(named)?.prompt).toBe('-# <@1> *x*');
  const posted = [{ number: 1, channelId: '1', messageId: '2', pictures: [1] }];
  const made = { name: 'completed' as const, requestId: 'r', images: ['a'], videos: [], posted, givenUp: false };
  expect(requesterIn(shown({ state: made })?.description), 'a message of its own').toBe(sampleJob().userId);
});

test('any prompt, any pictures: a message within the limits of Discord', () => {
  const anyPicture = fc.record({
    number: fc.integer({ min: 1, max: 15 }),
    from: fc.option(fc.webUrl({ size: 'large' }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter, maxLength: 600 }),
      fc.uniqueArray(anyPicture, { selector: ({ number }) => number, minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 15 }),
      fc.array(fc.string({ maxLength: 300 }).map(plainLine), { maxLength: 3 }),
      fc.boolean(),
      (prompt, chosen, number, notes, spoiler) => {
        const job = sampleJob({ prompt, count: 15, spoiler });
        const pictures = chosen.map((one) => picture(one.number, one.from));
        const message = galleryMessage(job, { number, pictures, delivered: 15, notes, model });
        const { content = '', embeds, files = [] } = message;
        expect(content.length).toBeLessThanOrEqual(2000);
        expect(embeds.length).toBeLessThanOrEqual(10);
        expect(embeds.reduce((sum, embed) => sum + characters(embed), 0)).toBeLessThanOrEqual(6000);
        const footers = embeds.flatMap(({ footer }) => (footer ? [footer.text] : []));
        expect(footers).toHaveLength(1);
        expect(footers.join().length).toBeLessThanOrEqual(2048);
        expect(files.every(({ description }) => description.length <= 1024)).toBe(true);
        expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
        expect(files.length).toBeLessThanOrEqual(10);
        const shown = files.filter(({ name }) => name !== 'links.txt').map(({ name }) => name);
        // A file of links takes the place of the tenth picture, which comes in the next message.
        const room = files.length > shown.length ? 9 : 10;
        expect(picturesIn(job, shown)).toEqual(chosen.slice(0, room).map((one) => one.number));
        if (!spoiler) {
          expect(embeds.map(({ image }) => image?.url)).toEqual(shown.map((name) => `attachment://${name}`));
          const groups = Map.groupBy(embeds, ({ url }) => url);
          expect([...groups.values()].map((group) => group.length)).toEqual(groupSizes(embeds.length));
          expect([...groups.values()].at(-1)?.[0]?.footer, 'below the last picture').toBeDefined();
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('messages of one job share no group, so that Discord draws them apart', () => {
  const job = sampleJob({ count: 15 });
  const urls = [1, 2].map((number) => {
    const pictures = [1, 2, 3].map((one) => picture(one + 3 * number));
    return galleryMessage(job, { number, pictures, delivered: 15, notes: [], model }).embeds[0]?.url;
  });
  expect(new Set(urls).size).toBe(2);
});

test('a lighter copy comes with a link to its original, and only that', () => {
  const from = 'https://pictures.example/2.jpg?signature=(a b)';
  const pictures = [picture(1), picture(2, from), picture(3)];
  const { content } = galleryMessage(sampleJob(), {
    number: 1,
    pictures,
    delivered: 3,
    notes: [plainLine('A note.')],
    model,
  });
  expect(content).toBe(
    'A note.\nToo heavy for Discord as made, so compressed. Originals: [2](<https://pictures.example/2.jpg?signature=(a%20b%29>)',
  );
});

test('links that do not fit a message are in a file beside it, none of them cut', () => {
  const addresses = [1, 2, 3, 4, 5].map((n) => `https://pictures.example/${n}.jpg?signature=${'x'.repeat(400)}`);
  const links = addresses.map((url, index) => ({ label: String(index + 1), url }));
  const line = { links, write: (written: string) => `5 pictures could not be fetched: ${written}` };
  const { content, files } = writeLines([plainLine('A note.'), line], translate('en'));
  expect(content).toBe('A note.\n5 pictures could not be fetched: in the attached file');
  expect(files.map(({ name, data }) => [name, Buffer.concat(data).toString()])).toEqual([
    ['links.txt', addresses.map((url, index) => `${index + 1}: ${url}\n`).join('')],
  ]);
});

test('links that fit stand in the message itself', () => {
  const line = {
    links: [{ label: '1', url: 'https://pictures.example/1.jpg' }],
    write: (links: string) => `Lost: ${links}`,
  };
  expect(writeLines([line], translate('en'))).toEqual({
    content: 'Lost: [1](<https://pictures.example/1.jpg>)',
    files: [],
  });
});

test("another job's files are not taken for this one's", () => {
  const job = sampleJob();
  const names = [
    `seedream-${job.id}-3.jpg`,
    'seedream-1574318992691036199-4.jpg',
    'holiday-5.jpg',
    `seedream-${job.id}.jpg`,
  ];
  expect(picturesIn(job, names)).toEqual([3]);
});
