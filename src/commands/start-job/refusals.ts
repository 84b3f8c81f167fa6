/** Why a job is not started, in sentences. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { Refusal } from '../../services/ledger/limits.ts';
import { showMoment } from '../../services/messages/display.ts';
import type { PromptOutcome } from '../../services/prompt/prompt.ts';
import type { NeededPermission } from './permissions.ts';

/** The sentence for permissions that the bot lacks. */
export function permissionsRefusal(missing: NeededPermission[], t: Translate): string {
  const names = missing.map((name) => `**${t(`permission.${name}`)}**`);
  return t('refusal.permissions', { permissions: showList(names, t) });
}

/** The sentence for a prompt that is refused. */
export function promptRefusal(outcome: Exclude<PromptOutcome, { ok: true }>, t: Translate): string {
  switch (outcome.reason) {
    case 'empty':
      return t('prompt.empty');
    case 'too_long':
      return t('prompt.too_long', { length: outcome.length, max: outcome.maxLength });
    case 'count_mismatch':
      return t('prompt.mismatch', { stated: outcome.stated, count: outcome.count });
    case 'count_ambiguous':
      return t('prompt.ambiguous', { numbers: showList(outcome.stated.map(String), t) });
    case 'count_unsure':
      return t('prompt.unsure', { numbers: showList(outcome.possible.map(String), t) });
    case 'count_out_of_range':
      return t('prompt.out_of_range', { number: outcome.number, max: outcome.max });
    case 'count_above_job_limit':
      return t('prompt.above_job_limit', { number: outcome.number, max: outcome.max });
  }
}

/** The sentence for a job that would pass a limit. */
export function limitRefusal({ limit, allowed, used, asked, freesAt }: Refusal, t: Translate): string {
  const frees = freesAt === undefined ? '' : showMoment(freesAt);
  // A limit of 0 never frees by itself.
  if (allowed === 0)
    return t(`barred.${limit.startsWith('user') ? 'user' : limit.startsWith('guild') ? 'guild' : 'total'}`);
  return t(`limit.${limit}`, { allowed, used, asked, frees });
}
