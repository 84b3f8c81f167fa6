/** `/seedream`: asks for pictures. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { translate } from '../languages/languages.ts';
import type { Models } from '../services/models/models.ts';
import { readChoice, readInteger } from './interactions/choices.ts';
import type { Command } from './interactions/command.ts';
import type { Responses } from './interactions/responses.ts';
import {
  allOffers,
  commandOffers,
  knownSizes,
  modelChoices,
  modelNames,
  PICTURE_OPTIONS,
  qualityChoices,
  seedreamDefinition,
  sizeChoices,
  sizeNames,
} from './seedream-definition.ts';
import { attachmentReference } from './pictures/given.ts';
import type { UncheckedOptions } from './start-job/options.ts';
import { giveBack } from './start-job/refusals.ts';
import type { StartJob } from './start-job/start-job.ts';
import type { Suggestions } from './start-job/suggestions.ts';

/** Whether a value is one that Discord's client may send: it may have read the choices some time ago. */
function isChoice(value: string | undefined, choices: readonly { value: string }[]): boolean {
  return value === undefined || choices.some((choice) => choice.value === value);
}

/** The price in a choice's name. */
const PRICE = / · [^·]*$/;

export function createSeedreamCommand({
  models,
  startJob,
  suggestions,
  responses,
}: {
  models: Pick<Models, 'offered' | 'standing' | 'byId'>;
  startJob: StartJob;
  suggestions: Suggestions;
  responses: Responses;
}): Command {
  /**
   * The id of the model that is meant by a choice. When Discord's client read its name, it may have had another price, or have been
   * offered still.
   */
  function readModel(sent: string | null, locale: string): string | undefined {
    if (sent === null || models.standing().some(({ id }) => id === sent)) return sent ?? undefined;
    const choices = [...modelChoices(commandOffers(models)), ...modelNames(allOffers(models))];
    const meant = readChoice(choices, sent, locale);
    return meant === sent ? readChoice(choices, sent.replace(PRICE, ''), locale) : meant;
  }

  /** The size that is meant by a choice. Its names in every language are made only where it is none by its value. */
  function readSize(sent: string | null, locale: string): string | undefined {
    if (sent === null || knownSizes(allOffers(models)).some(({ value }) => value === sent)) return sent ?? undefined;
    const offers = commandOffers(models);
    return readChoice([...sizeChoices(offers), ...sizeNames(offers)], sent, locale);
  }

  /** The quality that is meant by a choice. Mostly none was made. */
  function readQuality(sent: string | null, locale: string): string | undefined {
    return sent === null ? undefined : readChoice(qualityChoices(commandOffers(models)), sent, locale);
  }

  /** What was typed and chosen; and where the prompt is a suggestion that the store alone knows, how it is asked for it. */
  function read(interaction: ChatInputCommandInteraction) {
    const { options, user, guildId, locale } = interaction;
    const sent = options.getString('prompt') ?? '';
    const meant = guildId === null ? sent : suggestions.meant({ guildId, userId: user.id }, sent);
    const isPrompt = typeof meant === 'string';
    const typed: UncheckedOptions = {
      prompt: isPrompt ? meant : sent,
      model: readModel(options.getString('model'), locale),
      count: readInteger(options.getInteger('count')),
      size: readSize(options.getString('size'), locale),
      seed: readInteger(options.getInteger('seed')),
      references: PICTURE_OPTIONS.flatMap((name) => {
        const attachment = options.getAttachment(name);
        return attachment === null ? [] : [attachmentReference(attachment)];
      }),
      quality: readQuality(options.getString('quality'), locale),
      private: options.getBoolean('private') ?? false,
      spoiler: options.getBoolean('spoiler') ?? false,
    };
    return { typed, find: isPrompt ? undefined : meant };
  }

  return {
    get definition() {
      return seedreamDefinition(commandOffers(models));
    },

    name: 'seedream',

    typed: (interaction) => read(interaction).typed,

    async run(interaction) {
      const { id, locale } = interaction;
      const t = translate(locale);
      const { typed, find } = read(interaction);
      const back = (sentence: string) => giveBack(sentence, { id, options: typed, t });
      const isKnown =
        isChoice(typed.model, modelNames(allOffers(models))) && isChoice(typed.size, knownSizes(allOffers(models)));
      if (!isKnown) {
        await responses.replyPrivately(interaction, back(t('refusal.choice')));
        return;
      }
      if (find === undefined) {
        await startJob(interaction, typed);
        return;
      }
      await startJob(interaction, {
        private: typed.private,
        typed,
        async read() {
          const found = await find();
          return 'prompt' in found ? { ...typed, ...found } : back(t(found.unresolved));
        },
      });
    },

    async complete(interaction) {
      const { guildId, user, options } = interaction;
      const typed = options.getFocused();
      const offered = guildId === null ? [] : await suggestions.offer({ guildId, userId: user.id }, typed);
      await responses.offerChoices(interaction, offered);
    },
  };
}
