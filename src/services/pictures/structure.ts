/** Reads the structure of a JPEG, PNG or WebP file as its bytes come, without decoding it: enough to refuse nearly all that is none. */
import { walkJpeg } from './jpeg.ts';
import { PNG_SIGNATURE, walkPng } from './png.ts';
import { notAPicture, type PictureStructure, type Walk } from './structure-walk.ts';
import { walkWebp } from './webp.ts';

export { PIXELS_MAX, type PictureFormat } from './structure-walk.ts';

/** Walks one picture from its signature to its end mark, as its bytes come. */
export interface StructureReader {
  /**
   * Walks on as far as the bytes go.
   *
   * @param chunk - the file's bytes that follow those of earlier calls.
   * @throws PictureError `not_a_picture` as soon as they cannot become one; `too_large` above {@link PIXELS_MAX}.
   */
  read(chunk: Buffer): void;
  /** Whether the picture's end mark has come. */
  hasEnded(): boolean;
  /** To be asked at the file's end. @throws PictureError `not_a_picture` where the picture has not ended. */
  end(): PictureStructure;
}

/**
 * - JPEG: every segment, and the entropy-coded data, in which only stuffed bytes and expected markers may stand.
 * - PNG: every chunk with its checksum.
 * - WebP: the RIFF length and its chunks.
 *
 * Animations are refused: a gallery shows still pictures.
 */
export function createStructureReader(): StructureReader {
  const walk = walkPicture();
  let step = walk.next();
  /** Bytes that have come and may still be needed, and where in the file they begin. */
  let held: Buffer = Buffer.alloc(0);
  let start = 0;

  /** Lets go of what stands before `from`, as far as it has come. */
  function pass(from: number): void {
    const passed = Math.min(held.length, from - start);
    held = held.subarray(passed);
    start += passed;
  }

  return {
    read(chunk) {
      if (step.done === true) return;
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      while (step.done !== true) {
        const { from, to } = step.value;
        pass(from);
        if (start < from || to > start + held.length) return;
        step = walk.next(held);
      }
    },
    hasEnded: () => step.done === true,
    end() {
      if (step.done === true) return step.value;
      throw notAPicture();
    },
  };
}

/** Whether bytes begin as a picture of a kind that is not taken: GIF, BMP, TIFF, AVIF and its like. */
function isOtherPicture(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  return /^(?:GIF8|BM|II\*\0|MM\0\*|....ftyp)/s.test(start);
}

function* walkPicture(): Walk<PictureStructure> {
  const bytes = yield { from: 0, to: 12 };
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return yield* walkJpeg();
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return yield* walkPng();
  const riff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (riff) return yield* walkWebp(bytes.readUInt32LE(4) + 8);
  throw notAPicture(!isOtherPicture(bytes));
}
