/** Tells the host by direct message that the balance has fallen below what they want to hear of: once until it was above it again. */
import { z } from 'zod';
import { showCost } from '../../languages/formats.ts';
import { translate } from '../../languages/languages.ts';
import { createNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Under which id it is written that the balance is low. */
const LOW = 'low';

/** Since when it is (milliseconds since the epoch), which is what the notice is known by. */
const lowSchema = z.object({ version: z.literal(1), since: z.number() });

/** Hears of the balance at a moment (millionths of a US dollar; milliseconds since the epoch). Never throws. */
type BalanceNotice = (reading: { at: number; balance: number }) => Promise<void>;

/**
 * @param below - US dollars; 0 for never.
 * @param retryAfter - the waits between the tries to reach the host, in milliseconds.
 */
export function createBalanceNotice({
  below,
  ...parts
}: NoticeParts & { below: number; retryAfter?: readonly number[] }): BalanceNotice {
  const { store, log } = parts;
  const notices = createNotices({ ...parts, kind: NOTICES.balance });
  const states = store.collection('balance-low', lowSchema);

  async function tell(at: number, balance: number): Promise<void> {
    const since = (await states.get(LOW))?.since ?? at;
    await states.set(LOW, { version: 1, since });
    const t = translate('en');
    const [shown, threshold] = [balance / 1e6, below].map((usd) => showCost(usd, t));
    await notices.tell(String(since), t('host.balance', { balance: shown, threshold }));
  }

  return async ({ at, balance }) => {
    if (below === 0) return;
    try {
      if (balance < below * 1e6) await tell(at, balance);
      else if ((await states.get(LOW)) !== undefined) await states.delete(LOW);
    } catch (error) {
      log.warn({ err: error }, 'whether the host must be told of the balance could not be found out');
    }
  };
}
