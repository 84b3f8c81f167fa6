/** What RunComfy's answers have in common. */
import { z } from 'zod';
import type { HttpAnswer } from './get-with-token.ts';

const codeSchema = z.object({ error_code: z.union([z.number(), z.string().transform(Number)]) });

/** RunComfy's own code of an error; `undefined` where the answer has none. */
export function errorCodeOf({ body }: Pick<HttpAnswer, 'body'>): number | undefined {
  return codeSchema.safeParse(body).data?.error_code;
}

/** Whether RunComfy does not accept the key. Some refusals come as another status with a code. */
export function refusesKey(answer: Pick<HttpAnswer, 'status' | 'body'>): boolean {
  const code = errorCodeOf(answer);
  return answer.status === 401 || answer.status === 403 || code === 400004 || code === 403001;
}

/** What to do about it. */
export const REFUSED_KEY = 'does not accept RUNCOMFY_TOKEN: copy it anew from your Profile on www.runcomfy.com.';
