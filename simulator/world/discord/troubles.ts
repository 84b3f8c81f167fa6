/** The ways in which Discord can go wrong for a while: a plan's faults are drawn from these. */

/** What can become of a call. */
export const DISCORD_TROUBLES = [
  /** 500, not taken. */
  'http_500',
  /** A page of a proxy's with 502, not taken. */
  'http_502_html',
  /** 504 though it was taken: the answer came too late for the proxy. */
  'http_504_taken',
  /** The connection ends before it is taken. */
  'reset_before',
  /** It is taken, and the connection ends before the answer. */
  'reset_after',
  /** It arrives many seconds later. */
  'slow',
  /** It is taken at once, and the answer comes many seconds later. */
  'slow_answer',
  /** It is not taken, and no answer comes: discord.js gives it up after two minutes. */
  'silent',
  /** It is taken, and no answer comes either. */
  'silent_taken',
  /** A 403 of Cloudflare's: 40333. */
  'cloudflare_403',
  /** Likewise as a page. */
  'cloudflare_403_html',
  /** A 429: it may come again in a few seconds. */
  'rate_limited',
] as const;

/** What can become of an interaction on its way to a process. */
export const GATEWAY_TROUBLES = [
  /** It never arrives. */
  'lost',
  /** It arrives twice. */
  'replayed',
  /** It arrives seconds later. */
  'late',
] as const;
