/** How the service behaves: every field can be set at the start and changed at any time. */

export interface Behaviour {
  /** How many times faster than the real service jobs run. */
  speed: number;
  /** Jobs that are generated at once; the others wait in the queue. */
  workers: number;
  /** No queued job starts by itself. */
  held: boolean;
  /** The Model API's port refuses connections. */
  down: boolean;
  /** The asset host's port refuses connections. */
  assetsDown: boolean;
  /** Milliseconds before a call is handled. */
  slowMs: number;
  /** Milliseconds before a picture is served. */
  assetSlowMs: number;
  /** Every call of the Model API is answered 429. */
  rateLimited: boolean;
  /** The Retry-After of such a 429, in seconds; `null` sends none. */
  retryAfterSeconds: number | null;
  /** Requests that the account may have queued or running at once: one more is answered 429. */
  takenAtOnce: number;
  /** The token counts as expired. */
  tokenRejected: boolean;
  /** What the account had before its first job. A submit that costs more than is left is refused with 400002. */
  balanceUsd: number;
  /** How a bad token or an empty balance is answered: by HTTP status, or as HTTP 200 with a top-level `error_code`. */
  refusalsAs: 'http-status' | 'http-200';
  /**
   * How the catalogue answers: as it should, with 503, late, with a web page, with a plain 404 as if there were no such path,
   * or with JSON that makes no sense.
   */
  catalogue: 'up' | 'down' | 'slow' | 'html' | 'absent' | 'nonsense';
  /** How late a slow catalogue answers, in milliseconds. */
  catalogueSlowMs: number;
  /** When references are read: as the job starts, which fails where one can't be had, or before the submit is answered, which is refused. */
  referencesReadAt: 'start' | 'submit';
  /** How a result that is asked for too early is answered: the current state, or HTTP 400 with 400005. */
  unfinishedAs: 'state' | '400005';
  /** Where the URL of a job's only picture stands. */
  onePictureAs: 'image' | 'images';
  /** Pictures of each job that moderation leaves out, the last ones first. */
  withheld: number;
  /** URLs of each job that are listed a second time, the first ones first. */
  duplicates: number;
  /** Videos of each job, listed beside its pictures. Nothing is served behind their URLs. */
  videos: number;
  /** The result repeats the job's input. */
  echoInput: boolean;
  /** Milliseconds after which a finished job's URLs are answered 403. */
  urlLifeMs: number;
  /** Redirects on the asset host before each picture. */
  assetRedirects: number;
}

/** The service as it is when nothing is wrong. Upstream URLs live 24 hours. */
export const NORMAL_BEHAVIOUR: Behaviour = {
  speed: 1,
  workers: 4,
  held: false,
  down: false,
  assetsDown: false,
  slowMs: 0,
  assetSlowMs: 0,
  rateLimited: false,
  retryAfterSeconds: null,
  takenAtOnce: Infinity,
  tokenRejected: false,
  balanceUsd: 10_000,
  refusalsAs: 'http-status',
  catalogue: 'up',
  catalogueSlowMs: 20_000,
  referencesReadAt: 'start',
  unfinishedAs: 'state',
  onePictureAs: 'image',
  withheld: 0,
  duplicates: 0,
  videos: 0,
  echoInput: false,
  urlLifeMs: 24 * 60 * 60 * 1000,
  assetRedirects: 0,
};
