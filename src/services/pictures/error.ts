/** What can be wrong with a picture or with fetching it, by what the caller can do about it. */
export type PictureErrorKind =
  /** The address may not be fetched, or led to one that may not. */
  | 'not_allowed'
  /** More bytes or pixels than are taken. */
  | 'too_large'
  /** Bytes came, and they are not a whole JPEG, PNG or WebP. */
  | 'not_a_picture'
  /** The host says that it is not there (404, 410), or no longer to be had by this address (403). */
  | 'gone'
  /** Worth another try later: network, time-outs, cut bodies, every other answer. */
  | 'unavailable';

/** A picture that can't be had. Its message names host and path at most: the query of an address may be its signature. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly kind: PictureErrorKind;
  /** Whether the bytes began as no picture of any kind does: as a page of the host's about some trouble may. */
  readonly isForeign: boolean;

  constructor(
    kind: PictureErrorKind,
    message: string,
    { cause, isForeign = false }: { cause?: unknown; isForeign?: boolean } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.isForeign = isForeign;
  }
}
