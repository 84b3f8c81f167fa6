/** A file's bytes, kept in the pieces that they come in: they go on to Discord as they are, so that nothing copies them. */

/** A piece of so many bytes is kept as it is. Smaller ones are copied together, as each takes memory beside its bytes. */
const LARGE = 16 * 1024;

/** Bytes of what small pieces are copied into. */
const BLOCK = 64 * 1024;

export interface FileChunks {
  add(chunk: Buffer): void;
  /** The file's first `end` bytes, once all have come. */
  upTo(end: number): Buffer[];
}

export function createFileChunks(): FileChunks {
  const chunks: Buffer[] = [];
  /** Where small pieces go next, and the bytes of it that are no chunk yet. */
  let block = Buffer.alloc(0);
  let filled = 0;

  /** Makes a chunk of the small pieces so far. */
  function flush(): void {
    if (filled === 0) return;
    chunks.push(block.subarray(0, filled));
    block = block.subarray(filled);
    filled = 0;
  }

  return {
    add(chunk) {
      if (chunk.length >= LARGE) {
        flush();
        chunks.push(chunk);
        return;
      }
      if (filled + chunk.length > block.length) {
        flush();
        block = Buffer.allocUnsafeSlow(BLOCK);
      }
      chunk.copy(block, filled);
      filled += chunk.length;
    },

    upTo(end) {
      flush();
      let start = 0;
      return chunks.flatMap((chunk) => {
        const part = chunk.subarray(0, Math.max(0, end - start));
        start += chunk.length;
        return part.length > 0 ? [part] : [];
      });
    },
  };
}
