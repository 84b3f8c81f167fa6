/** The `errors` tree of an invalid form: one level for each step of the path, `_errors` at the place of the fault. */
interface ErrorTree {
  [step: string]: ErrorTree | readonly FormFault[];
}

/** One fault of a form. `code` is Discord's name for it, such as BASE_TYPE_REQUIRED. */
export interface FormFault {
  readonly code: string;
  readonly message: string;
}

/** A fault with the place where it is. */
export interface PlacedFault extends FormFault {
  readonly path: readonly (string | number)[];
}

/** An answer other than the one hoped for: HTTP status, JSON error code, message, and what else the body holds. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly extra: Record<string, unknown>;

  constructor(status: number, code: number, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

const table = {
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  dailyCreates: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  networkError: [403, 40333, 'internal network error'],
  tooLarge: [413, 40005, 'Request entity too large'],
  acknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  othersMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  closedToUs: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidToken: [401, 50027, 'Invalid Webhook Token'],
  invalidVersion: [400, 50041, 'Invalid API version provided'],
  archived: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  locked: [403, 160005, 'Thread is locked'],
  autoMod: [400, 200000, 'Message was blocked by automatic moderation'],
} as const satisfies Record<string, readonly [number, number, string]>;

/** An error of Discord's table, by a name of ours. Source: opcodes and status codes, "JSON Error Codes". */
export function apiError(name: keyof typeof table): ApiError {
  const [status, code, message] = table[name];
  return new ApiError(status, code, message);
}

/** 400 with code 50035 and the tree of what is wrong where. */
export function invalidForm(faults: readonly PlacedFault[]): ApiError {
  const errors: ErrorTree = {};
  for (const { path, code, message } of faults) {
    let place = errors;
    for (const step of path) {
      const next = place[String(step)];
      if (next !== undefined && !isFaults(next)) place = next;
      else place = place[String(step)] = {};
    }
    const present = place['_errors'];
    place['_errors'] = [...(present !== undefined && isFaults(present) ? present : []), { code, message }];
  }
  return new ApiError(400, 50035, 'Invalid Form Body', { errors });
}

function isFaults(value: ErrorTree | readonly FormFault[]): value is readonly FormFault[] {
  return Array.isArray(value);
}
