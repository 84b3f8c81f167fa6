/** Tells the host by direct message that the balance has fallen below what they want to hear of: once until it was above it again. */
import { z } from 'zod';
import { showCost } from '../../languages/formats.ts';
import { translate } from '../../languages/languages.ts';
import { createNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Under which id it is written whether the balance is low. */
const NOW = 'now';

/**
 * How often it has fallen so low, which is what the notice is known by: processes that read it in the same moment come to the same
 * number.
 */
const lowSchema = z.object({ version: z.literal(1), times: z.int(), isLow: z.boolean() });

/** Hears of the balance (millionths of a US dollar). Never throws. */
type BalanceNotice = (reading: { balance: number }) => Promise<void>;

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
  const states = store.collection('balance-falls', lowSchema);

  async function tell(balance: number): Promise<void> {
    const before = await states.get(NOW);
    const times = (before?.times ?? 0) + (before?.isLow ? 0 : 1);
    if (!before?.isLow) await states.set(NOW, { version: 1, times, isLow: true });
    const t = translate('en');
    const [shown, threshold] = [balance / 1e6, below].map((usd) => showCost(usd, t));
    await notices.tell(String(times), t('host.balance', { balance: shown, threshold }));
  }

  async function noteRise(): Promise<void> {
    const before = await states.get(NOW);
    if (before?.isLow) await states.set(NOW, { ...before, isLow: false });
  }

  return async ({ balance }) => {
    if (below === 0) return;
    try {
      if (balance < below * 1e6) await tell(balance);
      else await noteRise();
    } catch (error) {
      log.warn({ err: error }, 'whether the host must be told of the balance could not be found out');
    }
  };
}
