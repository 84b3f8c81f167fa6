import { expect, test } from 'vitest';
import { createFileChunks } from '../../../src/services/pictures/file-chunks.ts';

const KIBIBYTE = 1024;

/** Bytes that differ from their neighbours. */
const bytes = Buffer.from(Array.from({ length: 300 * KIBIBYTE }, (_, at) => at % 251));

/** Collects the bytes in pieces of these sizes, in turn. */
function collect(sizes: readonly number[], end: number): Buffer[] {
  const file = createFileChunks();
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    file.add(bytes.subarray(at, at + size));
    at += size;
  }
  return file.upTo(end);
}

test.each([
  [[1]],
  [[1, 20 * KIBIBYTE]],
  [[16 * KIBIBYTE - 1]],
  [[16 * KIBIBYTE]],
  [[5, 5, 64 * KIBIBYTE, 15_000, 15_000]],
])('a file is the same in whatever pieces it comes: %j', (sizes) => {
  for (const end of [bytes.length, bytes.length - 1, 100_000, 1]) {
    expect(Buffer.concat(collect(sizes, end)).equals(bytes.subarray(0, end))).toBe(true);
  }
});

test('large pieces are kept as they are, small ones are put together', () => {
  const large = bytes.subarray(0, 20 * KIBIBYTE);
  const file = createFileChunks();
  file.add(large);
  expect(file.upTo(large.length)[0]?.buffer).toBe(large.buffer);
  expect(collect([1], bytes.length)).toHaveLength(5);
});
