/** The text of the request log. Pure. */
import { z } from 'zod';

/** What a call of Discord's API is for. The first that fits. */
export const DISCORD_CALLS: readonly [method: string, path: RegExp, what: string][] = [
  ['POST', /^\/interactions\/\d+\/~?\w+\/callback/, 'answers the interaction'],
  ['PATCH', /^\/webhooks\/\d+\/[^/]+\/messages\/@original/, 'edits its reply'],
  ['PATCH', /^\/webhooks\/\d+\/[^/]+\/messages\//, 'edits a follow-up'],
  ['DELETE', /^\/webhooks\/\d+\/[^/]+\/messages\//, 'deletes its reply'],
  ['GET', /^\/webhooks\/\d+\/[^/]+\/messages\//, 'reads its reply'],
  ['POST', /^\/webhooks\/\d+\//, 'posts a follow-up'],
  ['POST', /^\/channels\/\d+\/messages/, 'posts a message, by its own token'],
  ['PATCH', /^\/channels\/\d+\/messages\//, 'edits a message, by its own token'],
  ['DELETE', /^\/channels\/\d+\/messages\//, 'deletes a message'],
  ['GET', /^\/channels\/\d+\/messages/, 'reads messages'],
  ['POST', /^\/users\/@me\/channels/, 'opens a direct message'],
  ['GET', /^\/gateway/, 'asks where the gateway is'],
  ['PUT', /^\/applications\/\d+\/commands/, 'registers its commands'],
  ['POST', /^\/applications\/\d+\/commands/, 'registers a command'],
  ['GET', /^\/applications\/\d+\/commands/, 'reads its registered commands'],
];

/** What an interaction carries that the log tells. */
const interactionData = z.object({
  /** 3: a command on a message. */
  type: z.number().optional(),
  name: z.string().optional(),
  custom_id: z.string().optional(),
  values: z.array(z.string()).optional(),
  resolved: z.object({ attachments: z.record(z.string(), z.unknown()).optional() }).optional(),
});

/** What a person did, in words. */
export function describeInteraction(type: number, carried: unknown): string {
  const data = interactionData.safeParse(carried).data ?? {};
  const { name = '', values, resolved } = data;
  const component = data.custom_id?.split(':')[0] ?? '';
  const files = Object.keys(resolved?.attachments ?? {}).length;
  const withFiles = files === 0 ? '' : ` with ${files} file${files === 1 ? '' : 's'}`;
  switch (type) {
    case 2:
      return `used ${data.type === 3 ? `“${name}” on a message` : `/${name}`}${withFiles}`;
    case 5:
      return `sent the form “${component}”${withFiles}`;
    default:
      return values ? `chose ${values.join(', ')} in “${component}”` : `pressed “${component}”`;
  }
}

const answer = z.object({
  status: z.string().optional(),
  outcome: z.string().optional(),
  queue_position: z.number().optional(),
  error_code: z.number().optional(),
  request_id: z.string().optional(),
});

/** RunComfy's id of the job that an answer speaks of. */
export function requestIdOf(body: unknown): string | undefined {
  return answer.safeParse(body).data?.request_id;
}

/** What an answer says, in a few words. */
export function describeAnswer(body: unknown): string {
  const { data } = answer.safeParse(body);
  if (!data) return '';
  const { status, outcome, queue_position: position, error_code: code } = data;
  const said = outcome ?? (position === undefined ? status : `${status ?? ''}, position ${position}`);
  return `${said === undefined ? '' : ` › ${said}`}${code === undefined ? '' : ` · error ${code}`}`;
}
