/** The definition of `/seedream`: what it offers of the models that can be asked. Pure. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { showPrice } from '../languages/formats.ts';
import { altText } from '../services/messages/display.ts';
import { showModels, sizeLabel } from '../services/messages/messages.ts';
import { writtenModels, type Models, type Offer } from '../services/models/models.ts';
import { COUNT_DEFAULT } from '../services/models/seedream.ts';
import { promptMaxLength } from '../services/prompt/prompt.ts';
import type { Choice } from './interactions/choices.ts';
import type { Command } from './interactions/command.ts';
import { FILE_TYPES } from './pictures/file-types.ts';
import { described, named, namedAs } from './interactions/localisation.ts';

/** Discord takes at most 25 choices, with values of at most 100 characters. */
const CHOICES_MAX = 25;
const VALUE_MAX = 100;

/** The longest name of a model in a choice, so that its price has room beside it (characters). */
const NAME_MAX = 60;

/** The options that take pictures to start from. */
export const PICTURE_OPTIONS = ['picture', 'picture2', 'picture3'] as const;

/** The descriptions in which nothing is filled in. */
const TEXTS = {
  prompt: described('command.seedream.prompt'),
  picture: described('command.seedream.picture'),
  further: described('command.seedream.further'),
  seed: described('command.seedream.seed'),
  private: described('command.seedream.private'),
  spoiler: described('command.seedream.spoiler'),
};

/** The models that the bot is set to, whether they can be asked or not. */
export function allOffers(models: Pick<Models, 'standing' | 'byId'>): readonly Offer[] {
  return models.standing().flatMap(({ id }) => models.byId(id) ?? []);
}

/** What the command is made from: the models that can be asked; where none can, all, so that it stays. */
export function commandOffers(models: Pick<Models, 'offered' | 'standing' | 'byId'>): readonly Offer[] {
  const offered = models.offered();
  return offered.length > 0 ? offered : allOffers(models);
}

/** The sizes of the first model that has any. */
function sizes(offers: readonly Offer[]): { values: string[]; default: string } {
  const size = offers.find(({ profile }) => profile.size)?.profile.size;
  const all = (size?.choices ?? []).map(({ value }) => value).filter((value) => value.length <= VALUE_MAX);
  return { values: all.slice(0, CHOICES_MAX), default: size?.default ?? '' };
}

/** Sizes by their names, the one that a job has where none is chosen marked. */
export function sizeChoices(offers: readonly Offer[]): Choice[] {
  const { values, default: usual } = sizes(offers);
  return values.map((value) => ({
    ...namedAs((t) => {
      const size = sizeLabel(value, values, t);
      return value === usual ? t('size.default', { size }) : size;
    }),
    value,
  }));
}

/** The same by their names alone: which is the default may have changed since Discord's client read it. */
export function sizeNames(offers: readonly Offer[]): Choice[] {
  const { values } = sizes(offers);
  return values.map((value) => ({ ...namedAs((t) => sizeLabel(value, values, t)), value }));
}

/** Every size that these models have, or are written down with. */
export function knownSizes(offers: readonly Offer[]): readonly { value: string }[] {
  return offers.flatMap(({ profile }) =>
    [profile, writtenModels.find(profile.id)].flatMap((known) => known?.size?.choices ?? []),
  );
}

export function qualityChoices(offers: readonly Offer[]): Choice[] {
  const quality = offers.find(({ profile }) => profile.quality)?.profile.quality;
  return (quality?.choices ?? []).map((value) => ({ ...named(`quality.${value}`), value }));
}

/** The name that tells a model from the others. */
function nameOf({ profile: { id, name } }: Offer, offers: readonly Offer[]): string {
  const isOnly = offers.filter(({ profile }) => profile.name === name).length === 1;
  return altText(isOnly ? name : id, NAME_MAX);
}

/** The models to choose from, with their prices; none where there is one alone. */
export function modelChoices(offers: readonly Offer[]): Choice[] {
  if (offers.length < 2) return [];
  return offers.slice(0, CHOICES_MAX).map((offer) => ({
    ...named('model.choice', (t) => ({ model: nameOf(offer, offers), price: showPrice(offer.priceUsd, t) })),
    value: offer.profile.id,
  }));
}

/** The same by their names alone: a price may have changed since Discord's client read it. */
export function modelNames(offers: readonly Offer[]): Choice[] {
  return offers.map((offer) => ({ name: nameOf(offer, offers), value: offer.profile.id }));
}

/** An option of choices, where there are any. */
function choiceOption<Texts extends object>(name: string, texts: Texts, choices: Choice[]) {
  const type = ApplicationCommandOptionType.String as const;
  return choices.length === 0 ? [] : [{ type, name, ...texts, choices }];
}

/** The option `seed`, up to what each model that has one takes. */
function seedOption(offers: readonly Offer[]) {
  const largest = offers.flatMap(({ profile }) => profile.seed?.max ?? []);
  if (largest.length === 0) return [];
  const type = ApplicationCommandOptionType.Integer as const;
  const range = { min_value: 0, max_value: Math.min(...largest) };
  return [{ type, name: 'seed', ...TEXTS.seed, ...range }];
}

function qualityOption(offers: readonly Offer[]) {
  const [quality = 'fast'] = offers.flatMap(({ profile }) => profile.quality?.default ?? []);
  const texts = described('command.seedream.quality', (t) => ({ quality: t(`quality.${quality}`) }));
  return choiceOption('quality', texts, qualityChoices(offers));
}

function sizeOption(offers: readonly Offer[]) {
  const { values, default: usual } = sizes(offers);
  const texts = described('command.seedream.size', (t) => ({ size: sizeLabel(usual, values, t) }));
  return choiceOption('size', texts, sizeChoices(offers));
}

/** The options that take pictures, where one of the models can start from them. */
function pictureOptions(offers: readonly Offer[]) {
  if (offers.every(({ editing }) => editing === undefined)) return [];
  const type = ApplicationCommandOptionType.Attachment as const;
  return PICTURE_OPTIONS.map((name, index) => ({
    type,
    name,
    ...(index === 0 ? TEXTS.picture : TEXTS.further),
    file_types: [...FILE_TYPES],
  }));
}

function modelOption(offers: readonly Offer[]) {
  const [first] = offers;
  const model = first === undefined ? '' : nameOf(first, offers);
  return choiceOption(
    'model',
    described('command.seedream.model', () => ({ model })),
    modelChoices(offers),
  );
}

/** @param offers - in order: what is offered of sizes is the first one's, and no prompt or seed is offered that one of them does not take. */
export function seedreamDefinition(offers: readonly Offer[]) {
  const profiles = offers.map(({ profile }) => profile);
  const number = Math.min(COUNT_DEFAULT, offers[0]?.imagesPerJob ?? COUNT_DEFAULT);
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'seedream',
    ...described('command.seedream.text', (t) => ({ models: showModels(profiles, t) })),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'prompt',
        ...TEXTS.prompt,
        required: true,
        min_length: 1,
        max_length: Math.min(...profiles.map(({ text }) => promptMaxLength(text))),
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'count',
        ...described('command.seedream.count', () => ({ number })),
        min_value: 1,
        max_value: Math.max(...offers.map(({ imagesPerJob }) => imagesPerJob)),
      },
      ...sizeOption(offers),
      ...pictureOptions(offers),
      ...seedOption(offers),
      ...qualityOption(offers),
      { type: ApplicationCommandOptionType.Boolean, name: 'private', ...TEXTS.private },
      { type: ApplicationCommandOptionType.Boolean, name: 'spoiler', ...TEXTS.spoiler },
      ...modelOption(offers),
    ],
  } satisfies Command['definition'];
}
