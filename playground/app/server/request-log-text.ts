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

/** What a person did, in words. */
export function describeInteraction(type: number, data: { name?: string; custom_id?: string } | undefined): string {
  const component = data?.custom_id?.split(':')[0] ?? '';
  return type === 2
    ? `used /${data?.name ?? ''}`
    : type === 5
      ? `sent the form “${component}”`
      : `pressed “${component}”`;
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
