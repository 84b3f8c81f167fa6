/** The select under a gallery that starts a job from one of its pictures. Pure. */
import { ComponentType } from 'discord.js';
import type { Translate } from '../../languages/languages.ts';
import type { Job } from '../job/job.ts';
import type { ReplyMessage } from './message.ts';

/** What its custom id begins with. */
export const USE_PICTURE = 'use';

/** @param numbers - the pictures (from 1) that the message holds. */
export function pictureSelect(
  { id }: Pick<Job, 'id'>,
  numbers: readonly number[],
  t: Translate,
): NonNullable<ReplyMessage['components']> {
  if (numbers.length === 0) return [];
  const options = numbers.map((number) => ({ label: t('edit.picture', { number }), value: String(number) }));
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: `${USE_PICTURE}:${id}`,
    placeholder: t('edit.use'),
    options,
  };
  return [{ type: ComponentType.ActionRow, components: [select] }];
}
