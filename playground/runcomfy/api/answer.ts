/** An answer of the Model API, and its errors. */

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** The documented codes, and one of ours for bad input, for which the vendor documents none. */
export const CODES = {
  invalidIdentifier: 400001,
  balance: 400002,
  token: 400004,
  notReady: 400005,
  notFound: 404001,
  input: 422001,
} as const;

/** An error of the API. */
export function refuse(status: number, errorCode: number | undefined, message: string): Answer {
  const code = errorCode === undefined ? {} : { error_code: errorCode };
  return { status, body: { ...code, error_message: message } };
}

/** 404 with 404001: an unknown, deleted or expired request id. */
export function refuseUnknown(requestId: string | undefined): Answer {
  return refuse(404, CODES.notFound, `Request ${requestId ?? ''} not found`);
}
