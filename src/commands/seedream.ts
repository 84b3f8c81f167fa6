/** `/seedream`: asks for pictures. */
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
    if (sent === null) return undefined;
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

  return {
    get definition() {
      return seedreamDefinition(commandOffers(models));
    },

    name: 'seedream',

    async run(interaction) {
      const { options, user, guildId, locale } = interaction;
      const offers = commandOffers(models);
      const model = readModel(options.getString('model'), locale);
      const size = readSize(options.getString('size'), locale);
      if (!isChoice(model, modelNames(allOffers(models))) || !isChoice(size, knownSizes(allOffers(models)))) {
        await responses.replyPrivately(interaction, translate(locale)('refusal.choice'));
        return;
      }
      const asked = {
        model,
        count: readInteger(options.getInteger('count')),
        size,
        seed: readInteger(options.getInteger('seed')),
        references: PICTURE_OPTIONS.flatMap((name) => {
          const attachment = options.getAttachment(name);
          return attachment === null ? [] : [attachmentReference(attachment)];
        }),
        quality: readChoice(qualityChoices(offers), options.getString('quality'), locale),
        private: options.getBoolean('private') ?? false,
        spoiler: options.getBoolean('spoiler') ?? false,
      };
      const sent = options.getString('prompt') ?? '';
      const meant = guildId === null ? sent : suggestions.meant({ guildId, userId: user.id }, sent);
      if (typeof meant === 'string') {
        await startJob(interaction, { ...asked, prompt: meant });
        return;
      }
      await startJob(interaction, {
        private: asked.private,
        async read() {
          const found = await meant();
          return 'prompt' in found ? { ...asked, ...found } : translate(locale)(found.unresolved);
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
