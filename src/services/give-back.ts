/** Memory of large buffers, given back before the collector would. */

/** Bytes: from here on a buffer is no part of Node's pool, which others would lose with it. */
const OWN_FROM = 256 * 1024;

/**
 * Gives a large buffer's memory back at once, where nobody reads it any more; it is empty afterwards. The collector may wait
 * until far more has gathered than there is room for, and its marking costs more than the rest of a delivery.
 */
export function giveBack({ buffer, byteLength }: Buffer): void {
  if (byteLength >= OWN_FROM && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
