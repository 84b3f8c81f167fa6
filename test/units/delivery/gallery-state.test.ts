/** Which messages of a gallery said that pictures are missing which another message holds now. */
import { expect, test } from 'vitest';
import { messagesOvertaken } from '../../../src/services/delivery/gallery-state.ts';
import { sampleJob } from '../../support/sample-job.ts';

/** The numbers of those messages, of a gallery whose messages hold these pictures. */
function overtaken(...messages: number[][]): number[] {
  const all = messages.flat();
  const job = sampleJob({
    state: {
      name: 'completed',
      requestId: 'r',
      images: all.map((number) => `https://pictures.example/${number}.png`),
      videos: [],
      posted: messages.map((pictures, index) => ({
        number: index + 1,
        channelId: 'c',
        messageId: `m${index + 1}`,
        pictures,
      })),
      givenUp: false,
    },
  });
  return messagesOvertaken(job).map(({ number }) => number);
}

test.each([
  { posted: [[1, 2, 3]], are: [] },
  {
    posted: [
      [1, 2, 3, 4, 5, 6],
      [7, 8, 9, 10, 11, 12],
    ],
    are: [],
  },
  { posted: [[1, 2], [3]], are: [1] },
  { posted: [[2, 3], [1]], are: [1] },
  { posted: [[3], [2], [1]], are: [1, 2] },
  { posted: [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11], [12]], are: [2] },
])('of $posted, $are', ({ posted, are }) => {
  expect(overtaken(...posted)).toEqual(are);
});
