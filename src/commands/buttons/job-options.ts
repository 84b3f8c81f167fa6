/** The options of the job whose button was pressed: from the message itself, else from the job's record. */
import type { ButtonInteraction, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import { modelOf } from '../../services/job/job.ts';
import type { JobRecords } from '../../services/job/records.ts';
import { readAsked, readOptions, type AskedOptions } from '../../services/messages/messages.ts';
import type { Reference } from '../../services/references/references.ts';
import type { StoredOptions, UncheckedOptions } from '../start-job/options.ts';
import { giveBack } from '../start-job/refusals.ts';

/**
 * Options, and whether they are those of a request that was refused. How many pictures they start from is known also where
 * the record alone knows which.
 */
export type PressedOptions = AskedOptions & { refused: boolean; madeFrom: number };

type Pressed = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** What a press asks to start from: what the job started from, if that, and further pictures. */
interface AskedPictures {
  same: boolean;
  given: readonly Reference[];
}

function isEphemeral({ message }: Pressed): boolean {
  return message?.flags.has('Ephemeral') ?? false;
}

/** The options that the message itself has, which a gallery of any age does. */
export function shownOptions(interaction: Pressed): PressedOptions | undefined {
  const { message } = interaction;
  // The bot's own user: an application older than 2016 has another id than its bot.
  if (message?.author.id !== interaction.client.user.id) return undefined;
  const asked = readAsked(message.embeds);
  if (asked !== undefined) {
    return { ...asked, refused: true, madeFrom: (asked.references?.length ?? 0) + (asked.sameAs?.count ?? 0) };
  }
  const shown = readOptions(message.embeds[0]);
  return shown === undefined ? undefined : { ...shown, private: isEphemeral(interaction), refused: false };
}

/**
 * The options that the job's record has. Not to be waited for before the interaction is acknowledged.
 *
 * @returns `undefined` when nobody knows the job any more, or it is another guild's.
 * @throws StoreError
 */
export async function storedOptions(
  { guildId, user }: Pressed,
  jobId: string,
  records: Pick<JobRecords, 'findReadable'>,
): Promise<PressedOptions | undefined> {
  const job = await records.findReadable(jobId);
  if (job === undefined || job.guildId !== guildId) return undefined;
  // A private job's options are its requester's alone, wherever the id turns up.
  const isPrivate = job.private && job.wasPublic !== true;
  if (isPrivate && job.userId !== user.id) return undefined;
  return { ...job, private: isPrivate, refused: false, madeFrom: job.references?.length ?? 0 };
}

/** Whether the pressed message is the job's own reply, and private: on other private pages there are public jobs too. */
function isPrivateReply(interaction: Pressed, jobId: string): boolean {
  const madeBy = interaction.message?.interactionMetadata?.id ?? jobId;
  return isEphemeral(interaction) && madeBy === jobId;
}

/** The same once more, for whoever presses; the seed is drawn anew, but not one that was typed and never used. */
function withNewSeed(options: PressedOptions, references: readonly Reference[]): UncheckedOptions {
  const { prompt, count, size, seed, quality, private: ephemeral, spoiler, refused } = options;
  // One that was refused had the first model in order where it named none.
  const model = refused ? options.model : modelOf(options);
  const again = { prompt, count, model, size, quality, private: ephemeral, spoiler };
  return { ...again, seed: refused ? seed : undefined, references };
}

/** What was typed into a form; what it had no place for is as where nothing is said of it. */
function typedAlone(
  change: Partial<UncheckedOptions>,
  known: Pick<UncheckedOptions, 'references' | 'private'>,
): UncheckedOptions | undefined {
  const { prompt } = change;
  if (prompt === undefined) return undefined;
  const rest = { count: undefined, size: undefined, seed: undefined, quality: undefined, model: undefined };
  return { ...rest, ...change, prompt, ...known, spoiler: false };
}

/**
 * What a press asks for: the job's options once more with a new seed.
 *
 * @param change - what is different this time.
 * @param pictures - what it starts from.
 * @param alone - whether it is private where only the store knows the options.
 */
export function askedAgain(
  interaction: Pressed,
  jobId: string,
  {
    records,
    change = {},
    pictures = { same: true, given: [] },
    alone = isPrivateReply(interaction, jobId),
  }: {
    records: Pick<JobRecords, 'findReadable'>;
    change?: Partial<UncheckedOptions>;
    pictures?: AskedPictures;
    alone?: boolean;
  },
): UncheckedOptions | StoredOptions {
  const shown = shownOptions(interaction);
  const t = translate(interaction.locale);
  const isRead = shown?.madeFrom === 0 || (shown?.references !== undefined && shown.sameAs === undefined);
  const start = (options: PressedOptions, same: readonly Reference[]) => {
    const references = [...(pictures.same ? same : []), ...pictures.given];
    return { ...withNewSeed(options, references), ...change };
  };
  const own = shown?.references ?? [];
  if (shown !== undefined && (isRead || !pictures.same)) return start(shown, own);
  const known =
    shown === undefined ? typedAlone(change, { references: pictures.given, private: alone }) : start(shown, own);
  // Where nothing says how many there are, there is one at least.
  const sameAs = shown?.sameAs ?? { jobId, count: shown?.madeFrom ?? 1 };
  const typed = known && { ...known, ...(pictures.same && { sameAs }) };
  const back = (sentence: string, options = known) => giveBack(sentence, { id: interaction.id, options, t });
  return {
    private: shown?.private ?? alone,
    typed,
    async read() {
      const stored = await storedOptions(interaction, sameAs.jobId, records);
      const options = shown ?? stored;
      if (options === undefined) return back(t('refusal.gone'));
      // Which pictures a job started from its record alone knows.
      if (pictures.same && options.madeFrom > own.length && stored?.references === undefined) {
        return back(t('references.forgotten'), start(options, own));
      }
      return start(options, [...own, ...(stored?.references ?? [])]);
    },
  };
}
