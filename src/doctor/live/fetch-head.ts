/** How an address is answered to anybody, without any token: the answer's head is enough. */
import { systemClock as clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';

/** How long an answer may take (milliseconds). */
const ANSWER_WITHIN = 15_000;

/** @returns `undefined` where no answer came. Redirects are not followed. */
export async function fetchHead(address: string): Promise<{ status: number; type: string | undefined } | undefined> {
  try {
    return await withDeadline(clock, ANSWER_WITHIN, async (signal) => {
      const answer = await fetch(address, { redirect: 'manual', signal });
      await answer.body?.cancel();
      const [type] = (answer.headers.get('content-type') ?? '').toLowerCase().split(';');
      return { status: answer.status, type: type?.trim() };
    });
  } catch {
    return undefined;
  }
}
