/** Tells the host, once a day, that RunComfy does not take jobs on their account: the key, or the balance. */
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import { utcDay } from '../ledger/limits.ts';
import { createSubjectNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Hears of each job that failed for the host's account. Never throws. */
export type AccountNotice = (fault: 'authentication' | 'balance') => void;

export function createAccountNotice(parts: NoticeParts & { clock: Pick<Clock, 'now'> }): AccountNotice {
  const tell = createSubjectNotices({ ...parts, kind: NOTICES.account });
  return (fault) => {
    tell(`${fault} ${utcDay(parts.clock.now())}`, () => {
      parts.log.error({ fault }, 'RunComfy takes no jobs on the account');
      return translate('en')(fault === 'authentication' ? 'host.authentication' : 'host.empty');
    });
  };
}
