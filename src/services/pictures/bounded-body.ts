/** Reads bodies of unknown size from hosts that are not trusted, within a bounded memory. */
import type { Dispatcher } from 'undici';
import { PictureError } from './error.ts';
import { describeUrl } from './allowed-hosts.ts';
import { createSemaphore } from '../semaphore.ts';
import { giveBack } from '../give-back.ts';

const MEBIBYTE = 1024 * 1024;

// The model's own pictures have 1 to 4 MB. What a picture has beyond the usual takes a second kind of room: whoever holds
// that needs no more, so that downloads which grow (their length was not told) can't wait for each other for ever.
const USUAL_BYTES = 8 * MEBIBYTE;
const USUAL_ROOM = 32 * MEBIBYTE;

/**
 * Reads an answer's body into one buffer. Room for it is taken before, and given back by calling what is in `rooms`
 * afterwards, when the bytes are no longer needed.
 *
 * It throws PictureError (`too_large`, `not_a_picture` for an encoded body, `unavailable` for one that is cut), what the
 * body throws, or the signal's reason.
 */
export type BodyReader = (
  url: URL,
  answer: Pick<Dispatcher.ResponseData, 'headers' | 'body'>,
  rooms: (() => void)[],
  signal: AbortSignal,
) => Promise<Buffer>;

/** A reader that takes bodies of up to `maxBytes`, of all that are read at a time about 32 MiB + `maxBytes`. */
export function createBodyReader({ maxBytes }: { maxBytes: number }): BodyReader {
  const usualRoom = createSemaphore(USUAL_ROOM);
  const largeRoom = createSemaphore(maxBytes);

  return async (url, { headers, body }, rooms, signal) => {
    const where = describeUrl(url);
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new PictureError('not_a_picture', `${where} is encoded, unasked`);
    const told = headers['content-length'];
    const length = told === undefined ? undefined : Number(told);
    const tooLarge = () => new PictureError('too_large', `${where} has more than ${maxBytes} bytes`);
    if (length !== undefined && !(length <= maxBytes)) throw tooLarge();

    let size = length ?? Math.min(USUAL_BYTES, maxBytes);
    rooms.push(await usualRoom.take(Math.min(size, USUAL_BYTES), signal));
    if (size > USUAL_BYTES) rooms.push(await largeRoom.take(size - USUAL_BYTES, signal));
    // Not pooled and not zeroed: the system gives memory only as bytes come.
    let bytes = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    let kept = false;
    try {
      for await (const chunk of body) {
        if (!Buffer.isBuffer(chunk)) throw new TypeError('A body gave something else than bytes');
        if (filled + chunk.length > size) {
          if (size === length || filled + chunk.length > maxBytes) throw tooLarge();
          size = maxBytes;
          rooms.push(await largeRoom.take(size - USUAL_BYTES, signal));
          const larger = Buffer.allocUnsafeSlow(size);
          bytes.copy(larger, 0, 0, filled);
          giveBack(bytes);
          bytes = larger;
        }
        chunk.copy(bytes, filled);
        filled += chunk.length;
      }
      if (length === undefined) return Buffer.from(bytes.subarray(0, filled));
      if (filled < length) throw new PictureError('unavailable', `${where} ended early`);
      kept = true;
      return bytes;
    } finally {
      if (!kept) giveBack(bytes);
    }
  };
}
