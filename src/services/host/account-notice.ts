/** Tells the host, once a day, that RunComfy does not take jobs on their account: the key, or the balance. */
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import { utcDay } from '../ledger/limits.ts';
import { createSubjectNotices, type NoticeParts } from './notices.ts';

/** How long a notice is remembered (milliseconds): past the end of its day. */
const KEPT = 2 * 24 * 60 * 60_000;

/** Hears of each job that failed for the host's account. Never throws. */
export type AccountNotice = (fault: 'authentication' | 'balance') => void;

export function createAccountNotice(parts: NoticeParts & { clock: Pick<Clock, 'now'> }): AccountNotice {
  const tell = createSubjectNotices({
    ...parts,
    name: { namespace: 'account-notices', nonce: 'account' },
    kept: KEPT,
  });
  return (fault) => {
    tell(`${fault} ${utcDay(parts.clock.now())}`, () => {
      parts.log.error({ fault }, 'RunComfy takes no jobs on the account');
      return translate('en')(fault === 'authentication' ? 'host.authentication' : 'host.empty');
    });
  };
}
