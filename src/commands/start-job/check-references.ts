/** Whether the pictures that a member gives can be started from: the sentence that says why not, with what was typed. Pure. */
import type { Translate } from '../../languages/languages.ts';
import {
  REFERENCES_MAX,
  refusalMessage,
  type AskedOptions,
  type ReplyMessage,
} from '../../services/messages/messages.ts';
import type { Profile } from '../../services/models/models.ts';
import {
  checkReferences,
  type IsDiscords,
  type Reference,
  type ReferenceProblem,
} from '../../services/references/references.ts';
import type { UncheckedOptions } from './options.ts';
import { askedOf } from './refusals.ts';
import { composePrompt } from '../../services/prompt/prompt.ts';

/** What refuses more pictures than anything takes. */
export function refuseTooMany(
  typed: UncheckedOptions,
  { id, t }: { id: string; t: Translate },
): ReplyMessage | undefined {
  const given = typed.references.length;
  if (given <= REFERENCES_MAX) return undefined;
  return refusalMessage(t('references.too_many', { given, max: REFERENCES_MAX }), { id, asked: askedOf(typed), t });
}

/** What refuses a picture (its place from 1) that could be had when it was given, and no more: the others are given back. */
export function refuseGone(
  number: number,
  options: UncheckedOptions,
  { id, t }: { id: string; t: Translate },
): ReplyMessage {
  const references = options.references.filter((_, index) => index !== number - 1);
  return refusalMessage(t('references.expired', { number }), { id, asked: { ...askedOf(options), references }, t });
}

/** The sentence for pictures that cannot be started from. */
function referenceSentence(problem: ReferenceProblem, t: Translate): string {
  return t(`references.${problem.reason}`, { ...problem });
}

/** What refuses the pictures; `undefined` where Discord tells of nothing that does. */
export function refuseReferences(
  asked: AskedOptions,
  {
    id,
    profile,
    isDiscords,
    now,
    t,
  }: { id: string; profile: Profile; isDiscords: IsDiscords; now: number; t: Translate },
): ReplyMessage | undefined {
  const { references = [] } = asked;
  const { references: rules } = profile;
  if (rules === undefined || references.length === 0) return undefined;
  const problem = checkReferences(references, rules, { isDiscords, now });
  if (problem === undefined) return undefined;
  // What was typed is given back with the pictures that can be had.
  const alone = { ...rules, min: 0 };
  const isFine = (reference: Reference) => checkReferences([reference], alone, { isDiscords, now }) === undefined;
  const kept = problem.reason === 'too_many' ? [] : references.filter(isFine);
  return refusalMessage(referenceSentence(problem, t), { id, asked: { ...asked, references: kept }, counts: [], t });
}

/**
 * What refuses more pictures than a model makes beside those that it starts from. The number is lowered by nobody but the
 * member: a button offers it where the prompt does not say another one.
 */
export function refuseTogether(
  { asked, count }: { asked: AskedOptions; count: number },
  { id, profile, t }: { id: string; profile: Profile; t: Translate },
): ReplyMessage | undefined {
  const given = asked.references?.length ?? 0;
  const most = profile.references?.withPictures ?? Infinity;
  if (given === 0 || given + count <= most) return undefined;
  const room = Math.max(1, most - given);
  const mends = composePrompt({ prompt: asked.prompt, count: room, imagesPerJob: room, model: profile.text }).ok;
  const sentence = t('references.together', { given, asked: count, most, max: room });
  return refusalMessage(sentence, { id, asked, counts: mends ? [room] : [], t });
}
