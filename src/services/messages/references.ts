/** What messages have of pictures to start from: of those that a job had, and of its own. Pure. */
import { ComponentType, type APIEmbed } from 'discord.js';
import type { Translate } from '../../languages/languages.ts';
import type { Job } from '../job/job.ts';
import type { ReplyMessage } from './message.ts';

/** "from 2 pictures", to stand behind something; nothing where there are none. */
export function showReferences({ references = [] }: Pick<Job, 'references'>, t: Translate): string[] {
  return references.length === 0 ? [] : [t('references.from', { count: references.length })];
}

/** The first of them, small. One that may be a spoiler is not shown, as nothing blurs it. */
export function referenceThumbnail(
  { references, spoiler }: Pick<Job, 'references' | 'spoiler'>,
  t: Translate,
): Pick<APIEmbed, 'thumbnail'> {
  const url = references?.[0]?.url;
  if (url === undefined || spoiler) return {};
  const thumbnail: APIEmbed['thumbnail'] & { description: string } = { url, description: t('references.alt') };
  return { thumbnail };
}

/** What RunComfy has against a picture to start from, as far as its words can be told; the key of a sentence. */
export type ReferenceFault = 'unreachable' | 'unsuitable' | 'moderated';

/** Words of RunComfy's about a picture that was given. None of them is documented. */
const IMAGE = /\b(?:image|picture|photo|url|file)s?\b|input_?image|inputimage/i;
const FAULTS: readonly [ReferenceFault, RegExp][] = [
  ['moderated', /sensitiv|moderat|policy|nsfw|unsafe|safety|inappropriate|prohibited|violat|copyright/i],
  ['unreachable', /fetch|download|reach|access|expired|timed? ?out|load/i],
  ['unsuitable', /size|too large|too big|\bMB\b|pixel|ratio|format|damaged|corrupt|unsupported|decode|dimension/i],
];

/** Why RunComfy did not take the pictures that a job was to start from; `undefined` where its words tell of something else. */
export function referenceFault({ references = [] }: Pick<Job, 'references'>, reason = ''): ReferenceFault | undefined {
  if (references.length === 0 || !IMAGE.test(reason)) return undefined;
  return FAULTS.find(([, words]) => words.test(reason))?.[0];
}

/** What the custom id of the select begins with that starts a job from one of a gallery's pictures. */
export const USE_PICTURE = 'use';

/**
 * The select under a message of a gallery.
 *
 * @param numbers - the pictures (from 1) that the message holds.
 */
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
