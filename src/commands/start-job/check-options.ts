/** What a member asks for, held to the model that it is made with: costs nothing and takes no time. */
import type { Clock } from '../../services/clock.ts';
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import type { GuildRules } from '../../services/guild/rules.ts';
import type { AccountBreaker } from '../../services/lifecycle/lifecycle.ts';
import { showMoment, showText } from '../../services/messages/display.ts';
import { refusalMessage, sizeLabel, sizeName } from '../../services/messages/messages.ts';
import { findSize, type Models, type Offer, type Profile } from '../../services/models/models.ts';
import { QUALITIES, QUALITY_DEFAULT, SEED_MAX, type Quality } from '../../services/models/seedream.ts';
import type { IsDiscords } from '../../services/references/references.ts';
import { composePrompt } from '../../services/prompt/prompt.ts';
import { refuseReferences, refuseTogether, refuseTooMany } from './check-references.ts';
import type { CheckedOptions, Refusal, UncheckedOptions } from './options.ts';
import { takeFlags } from './flags.ts';
import { askedOf, giveBack, promptRefusal } from './refusals.ts';
import { standsForPrompt } from './suggestions.ts';

/** Options that can be had, and the number of pictures that was asked for beside the prompt. */
export interface Checked {
  options: CheckedOptions;
  count: number | undefined;
  offer: Offer;
  /** The id of the model that was asked for, where it is gone and another one is taken. */
  gone: string | undefined;
  /** What its member is told of how it was read. */
  told: readonly string[];
  /** The options with the prompt's flags among them. */
  asked: UncheckedOptions;
}

/** Whom a refusal is for, and whose limits hold. */
export interface Place {
  /** The interaction's id. */
  id: string;
  guildId: string;
}

export function isRefusal(given: object | Refusal): given is Refusal {
  return typeof given === 'string' || 'embeds' in given;
}

/** The options as a job has them, or what refuses them. */
export type CheckOptions = (place: Place, options: UncheckedOptions, t: Translate) => Checked | Refusal;

/** The longest list of sizes in a sentence (characters). */
const SIZES_SHOWN = 800;

function isQuality(value: string): value is Quality {
  return (QUALITIES as readonly string[]).includes(value);
}

/** The quality that a model makes of the one that is asked for. */
function qualityFor({ quality }: Profile, asked: Quality | undefined): Quality {
  if (quality === undefined) return asked ?? QUALITY_DEFAULT;
  return asked !== undefined && quality.choices.includes(asked) ? asked : quality.default;
}

/** The sentence for a size that a model does not have: what it has. */
function sizeRefusal({ name, size }: Profile, asked: string, t: Translate): string {
  const model = showText(name, 100);
  if (size === undefined) return t('model.noSize', { model });
  const values = size.choices.map(({ value }) => value);
  const sizes = showList(
    values.map((value) => sizeLabel(value, values, t)),
    t,
  );
  return t('model.size', { model, size: showText(sizeName(asked, t), 100), sizes: showText(sizes, SIZES_SHOWN) });
}

/** The sentence for a request that no model can be asked for. */
function noOfferSentence(none: Extract<ReturnType<Models['forNew']>, { refused: string }>, t: Translate): string {
  return t(`model.${none.refused}`, 'name' in none ? { model: showText(none.name, 100) } : {});
}

/** The model's own size of what is asked for, or its usual one; empty: it has no sizes; `undefined`: not this one. */
function sizeFor({ size }: Profile, asked = ''): string | undefined {
  if (asked === '') return size?.default ?? '';
  return size && findSize(size, asked)?.value;
}

/** What refuses everything while RunComfy refuses the host's account, as far as that is known. */
export function refusePaused(
  breaker: Pick<AccountBreaker, 'refusal'>,
  options: UncheckedOptions,
  { id, t }: { id: string; t: Translate },
): Refusal | undefined {
  const paused = breaker.refusal();
  if (paused === undefined) return undefined;
  return giveBack(t('refusal.paused', { at: showMoment(paused.until) }), { id, options, later: true, t });
}

export function createCheckOptions({
  models,
  breaker,
  rules,
  isDiscords,
  randomSeed,
  clock,
}: {
  models: Pick<Models, 'forNew' | 'unmet'>;
  breaker: Pick<AccountBreaker, 'refusal'>;
  rules: Pick<GuildRules, 'imagesPerJobIn'>;
  isDiscords: IsDiscords;
  /** Gives a whole number from 0 to `max`. */
  randomSeed: (max: number) => number;
  clock: Pick<Clock, 'now'>;
}): CheckOptions {
  return ({ id, guildId }, typed, t) => {
    const tooMany = refuseTooMany(typed, { id, t });
    if (tooMany !== undefined) return tooMany;
    const flagged = takeFlags(typed, t);
    if ('refused' in flagged) return giveBack(flagged.refused, { id, options: typed, without: true, t });
    const { options, told } = flagged;
    const { prompt, count: wanted, references, spoiler } = options;
    if (standsForPrompt(prompt)) return t('suggestion.gone');
    if (options.quality !== undefined && !isQuality(options.quality)) return t('refusal.choice');
    if (wanted !== undefined && !Number.isInteger(wanted)) return t('refusal.choice');
    const offer = models.forNew(options.model, { references: references.length > 0 });
    if ('refused' in offer) return noOfferSentence(offer, t);
    const { profile } = offer;
    const largest = profile.seed?.max ?? SEED_MAX;
    const { seed = randomSeed(largest) } = options;
    if (typeof seed === 'string' || !Number.isInteger(seed) || seed < 0 || seed > largest) {
      return t('refusal.seed', { max: largest });
    }
    const quality = qualityFor(profile, options.quality);
    const size = sizeFor(profile, options.size);
    const asked = { ...options, model: profile.id, size: size ?? '', quality };
    const again = askedOf(asked);
    const ofReferences = refuseReferences(again, { id, profile, isDiscords, now: clock.now(), t });
    if (ofReferences !== undefined) return ofReferences;
    if (size === undefined) {
      return refusalMessage(sizeRefusal(profile, options.size ?? '', t), { id, asked: again, counts: [], t });
    }
    const imagesPerJob = Math.min(rules.imagesPerJobIn(guildId), offer.imagesPerJob);
    const composed = composePrompt({ prompt, count: wanted, imagesPerJob, model: profile.text });
    if (!composed.ok) return promptRefusal(composed, { id, asked: again, imagesPerJob, model: profile.text, t });
    const together = refuseTogether({ asked: again, count: composed.count }, { id, profile, t });
    if (together !== undefined) return together;
    const paused = refusePaused(breaker, options, { id, t });
    if (paused !== undefined) return paused;
    const { text, count } = composed;
    const addresses = references.map(({ url }) => url);
    const problems = offer.check({ text, count, size, seed, quality, references: addresses });
    if (problems.length > 0) {
      models.unmet(profile.id, problems);
      return t('model.unmet');
    }
    const checked = {
      ...{ prompt, text, count, model: profile.id, size, seed, quality, private: options.private, spoiler },
      ...(references.length > 0 && { references: [...references] }),
    };
    const gone = options.model === undefined || offer.ids.includes(options.model) ? undefined : options.model;
    return { options: checked, count: wanted, offer, gone, told, asked: options };
  };
}
