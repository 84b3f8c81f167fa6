/** How Discord refuses a call. */

/** An answer of 4xx: the HTTP status, the JSON error code and the message. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** An answer of 429: the same may come again after so many milliseconds. discord.js waits by itself. */
export class RateLimited extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('You are being rate limited.');
    this.name = 'RateLimited';
    this.retryAfter = retryAfter;
  }
}

/** An answer that is not Discord's: the status, and whether it is a page. */
export class ProxyAnswer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ProxyAnswer';
    this.status = status;
  }
}

const TABLE = {
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  networkError: [403, 40333, 'internal network error'],
  tooLarge: [413, 40005, 'Request entity too large'],
  acknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  closedToUs: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidToken: [401, 50027, 'Invalid Webhook Token'],
  archived: [400, 50083, 'Thread is archived'],
  locked: [403, 160005, 'Thread is locked'],
  autoMod: [400, 200000, 'Message was blocked by automatic moderation'],
} as const satisfies Record<string, readonly [number, number, string]>;

/** An error of Discord's table. Source: Discord, "Opcodes and Status Codes", JSON Error Codes. */
export function refusal(name: keyof typeof TABLE): Refusal {
  const [status, code, message] = TABLE[name];
  return new Refusal(status, code, message);
}

/** 400 with code 50035: what is wrong, and where. */
export function invalidForm(path: string, code: string, message: string): Refusal {
  const errors = { [path]: { _errors: [{ code, message }] } };
  return new Refusal(400, 50035, 'Invalid Form Body', errors);
}
