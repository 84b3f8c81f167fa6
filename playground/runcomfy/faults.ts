/** Faults on demand: what goes wrong with the next calls. */

export type ApiCall = 'submit' | 'status' | 'result' | 'cancel' | 'model' | 'models' | 'categories' | 'balance';

/**
 * What can go wrong with a call of the Model API. `taken` says whether a submit makes its job (and bills it), and a cancel
 * cancels, before the fault is applied.
 */
export type ApiFault =
  /** Any status, with `body` as JSON, else with an error of the API's form, `errorCode` in it where given. Not taken by default. */
  | { kind: 'http'; status: number; errorCode?: number; message?: string; body?: unknown; taken?: boolean }
  /** 429, with Retry-After in seconds or as an HTTP date, or without it. */
  | { kind: 'rate-limited'; retryAfterSeconds?: number; as?: 'seconds' | 'date' }
  /** HTTP 200 with a top-level `error_code`. */
  | { kind: 'error-in-200'; errorCode: number; message?: string }
  /** The connection is reset without an answer. Not taken by default. */
  | { kind: 'reset'; taken?: boolean }
  /** No answer ever comes. Not taken by default. */
  | { kind: 'hang'; taken?: boolean }
  /** The right answer, late. */
  | { kind: 'slow'; ms: number }
  /** A body that is cut short, a web page, or nothing, with HTTP 200 by default. Taken by default. */
  | { kind: 'broken-json' | 'html' | 'empty'; status?: number; taken?: boolean }
  /** Headers and half the body, then the connection is cut. Taken by default. */
  | { kind: 'cut'; taken?: boolean }
  /** The right answer without its `request_id`. Taken by default. */
  | { kind: 'no-request-id'; taken?: boolean }
  /** The right answer with another word as its `status`: `failed`, `canceled`, or an unknown one. */
  | { kind: 'status-word'; word: string }
  /** The job has failed, with this `error` (left out when absent). On submit: it will, once generated. */
  | { kind: 'failed'; error?: unknown }
  /** The same by moderation. */
  | { kind: 'moderation' }
  /** 404 with 404001, as for an unknown or expired id. */
  | { kind: 'lost' }
  /** HTTP 400 with 400005. */
  | { kind: 'not-ready' };

/** What can go wrong with the fetch of a picture. */
export type AssetFault =
  | { kind: 'http'; status: number; retryAfterSeconds?: number }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'slow'; ms: number }
  /** A trickle of the picture. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** Half of the bytes that content-length promises. */
  | { kind: 'truncated' }
  /** Whole by its length and its markers, with noise for some of what is drawn. */
  | { kind: 'damaged' }
  /** A web page that says it is the picture. */
  | { kind: 'fake' }
  /** Starts like the picture and never ends. */
  | { kind: 'huge' }
  /** A small file whose header claims this many pixels (65500 each way by default). */
  | { kind: 'bomb'; width?: number; height?: number }
  /** Redirects to `to`, or `hops` times on the host itself before the picture (1 by default; `Infinity` never ends). */
  | { kind: 'redirect'; to?: string; hops?: number }
  /** The picture under another content type. */
  | { kind: 'content-type'; type: string }
  | { kind: 'empty' };

interface Aim {
  /** To how many calls it applies: 1 by default, `Infinity` until cleared. */
  times?: number;
  /** Only calls about this request id. */
  request?: string;
  /** Only submits to this model, or calls for its page. */
  model?: string;
}
export type FaultOrder =
  | ({ call: ApiCall } & Aim & ApiFault)
  /** `number` is the picture's, from 1. */
  | ({ call: 'asset'; number?: number } & Aim & AssetFault);

/** An ordered fault. */
export interface PlannedFault {
  /** Calls it was applied to so far. */
  readonly applied: number;
  /** It is applied no more. */
  clear(): void;
}

/** The faults that are still to be applied, in the order they were given. */
export interface Faults {
  failNext(order: FaultOrder): PlannedFault;
  clear(): void;
  /** Uses up the first fault that fits this call. */
  takeForCall(call: ApiCall, about: { requestId: string | undefined; model: string | undefined }): ApiFault | undefined;
  /** Uses up the first fault that fits this picture. */
  takeForAsset(requestId: string, number: number): AssetFault | undefined;
}

/** Builds an empty list of faults. */
export function createFaults(): Faults {
  let planned: { order: FaultOrder; applied: number }[] = [];

  function take<Order extends FaultOrder>(fits: (order: FaultOrder) => order is Order): Order | undefined {
    for (const entry of planned) {
      const { order } = entry;
      if (!fits(order)) continue;
      entry.applied += 1;
      if (entry.applied >= (order.times ?? 1)) planned = planned.filter((other) => other !== entry);
      return order;
    }
    return undefined;
  }

  return {
    failNext(order) {
      const entry = { order, applied: 0 };
      planned.push(entry);
      return {
        get applied() {
          return entry.applied;
        },
        clear() {
          planned = planned.filter((other) => other !== entry);
        },
      };
    },
    clear() {
      planned = [];
    },
    takeForCall: (call, { requestId, model }) =>
      take(
        (order): order is Exclude<FaultOrder, { call: 'asset' }> =>
          order.call === call &&
          (order.request === undefined || order.request === requestId) &&
          (order.model === undefined || order.model === model),
      ),
    takeForAsset: (requestId, number) =>
      take(
        (order): order is Extract<FaultOrder, { call: 'asset' }> =>
          order.call === 'asset' &&
          (order.request === undefined || order.request === requestId) &&
          (order.number === undefined || order.number === number),
      ),
  };
}
