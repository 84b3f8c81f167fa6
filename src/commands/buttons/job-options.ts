/** The options of the job whose button was pressed: from the message itself, else from the job's record. */
import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Jobs } from '../../services/lifecycle/lifecycle.ts';
import { readOptions, type JobOptions } from '../../services/messages/messages.ts';
import type { UncheckedOptions } from '../start-job/options.ts';

/** Options, and whether only one person sees the message they come from. */
export type PressedOptions = JobOptions & { private: boolean };

/**
 * Finds them without reading the store where the message has them, which a gallery of any age does.
 *
 * @returns `undefined` when nobody knows the job any more, or it is another guild's.
 * @throws StoreError
 */
export async function findJobOptions(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  jobId: string,
  jobs: Pick<Jobs, 'find'>,
): Promise<PressedOptions | undefined> {
  const { message } = interaction;
  const ephemeral = message?.flags.has('Ephemeral') ?? false;
  const shown = readOptions(message?.embeds[0]);
  // The bot's own user: an application older than 2016 has another id than its bot.
  const own = message?.author.id === interaction.client.user.id;
  if (shown !== undefined && own) return { ...shown, private: ephemeral };
  const job = await jobs.find(jobId);
  if (job === undefined || job.guildId !== interaction.guildId) return undefined;
  // A private job's options are its requester's alone, wherever the id turns up.
  if (job.private && job.userId !== interaction.user.id) return undefined;
  return job;
}

/** The same once more, for whoever presses; the seed is drawn anew. */
export function withNewSeed(options: PressedOptions): UncheckedOptions {
  const { prompt, count, size, quality, private: ephemeral, spoiler } = options;
  return { prompt, count, size, seed: undefined, quality, private: ephemeral, spoiler };
}
