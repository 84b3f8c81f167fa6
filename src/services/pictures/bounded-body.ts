/** Reads pictures of unknown size from hosts that are not trusted, within a bounded memory. */
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import { PictureError } from './error.ts';
import { describeUrl } from './allowed-hosts.ts';
import { createSemaphore } from '../semaphore.ts';
import { createFileChunks } from './file-chunks.ts';
import type { Picture } from './picture.ts';
import { createStructureReader } from './structure.ts';

const MEBIBYTE = 1024 * 1024;

// The model's own pictures have 1 to 4 MB. What a picture has beyond the usual takes a second kind of room: whoever holds
// that needs no more, so that downloads which grow (their length was not told) can't wait for each other for ever.
const USUAL_BYTES = 8 * MEBIBYTE;
const USUAL_ROOM = 32 * MEBIBYTE;

/**
 * Reads an answer's body as a picture, whose structure is followed as the bytes come: what is none ends the reading early.
 * It waits for room in memory, which it holds until the picture is whole.
 *
 * It throws PictureError (`too_large`, `not_a_picture`, `unavailable` for a body with fewer bytes than were told), what the
 * body throws, or the signal's reason.
 */
export type ReadPicture = (
  url: URL,
  answer: Pick<Dispatcher.ResponseData, 'headers' | 'body'>,
  signal: AbortSignal,
) => Promise<Picture>;

/** Takes bodies of up to `maxBytes`, of all that are read at a time about 32 MiB + `maxBytes`. */
export function createPictureReader({ maxBytes }: { maxBytes: number }): ReadPicture {
  const usualRoom = createSemaphore(USUAL_ROOM);
  const largeRoom = createSemaphore(maxBytes);

  /** @returns the bytes of a body, `undefined` where that was not told. */
  function toldLength(where: string, headers: Dispatcher.ResponseData['headers']): number | undefined {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new PictureError('not_a_picture', `${where} is encoded, unasked`);
    const told = headers['content-length'];
    const length = told === undefined ? undefined : Number(told);
    if (length !== undefined && !(length <= maxBytes)) throw tooLarge(where);
    return length;
  }

  function tooLarge(where: string): PictureError {
    return new PictureError('too_large', `${where} has more than ${maxBytes} bytes`);
  }

  return async (url, { headers, body }, signal) => {
    const where = describeUrl(url);
    const length = toldLength(where, headers);
    const most = length ?? maxBytes;
    const structure = createStructureReader();
    // Memory is taken as bytes come, whatever length was told.
    const file = createFileChunks();
    let filled = 0;
    let room = Math.min(most, USUAL_BYTES);
    const rooms = [await usualRoom.take(room, signal)];
    let isOver = false;
    const growRoom = async () => {
      const more = most - room;
      room = most;
      const leave = await largeRoom.take(more, signal);
      // The body may have failed meanwhile.
      if (isOver) leave();
      else rooms.push(leave);
    };
    try {
      await eachChunk(body, (chunk) => {
        filled += chunk.length;
        if (filled > most) throw tooLarge(where);
        file.add(chunk);
        structure.read(chunk);
        return filled > room ? growRoom() : undefined;
      });
      if (length !== undefined && filled < length) throw new PictureError('unavailable', `${where} ended early`);
      // A body whose length was not told may have been cut: it is worth another try.
      if (length === undefined && !structure.hasEnded()) throw new PictureError('unavailable', `${where} ended early`);
      const { end, ...picture } = structure.end();
      return { ...picture, chunks: file.upTo(end), size: end };
    } finally {
      isOver = true;
      for (const leave of rooms) leave();
    }
  };
}

/**
 * Hands over a body's chunks as they come, and holds the body up while `take` waits. To iterate over it would cost promises, and a pause
 * of the connection, for each chunk.
 *
 * @throws what `take` or the body throws.
 */
async function eachChunk(body: Readable, take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
  const fail = (error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error)));
  body.on('data', (chunk: unknown) => {
    try {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A body gave something else than bytes');
      const waiting = take(chunk);
      if (waiting === undefined) return;
      body.pause();
      waiting.then(() => body.resume(), fail);
    } catch (error) {
      fail(error);
    }
  });
  await finished(body, { writable: false });
}
