/** The settings of the job whose button was pressed: from the message itself, else from the job's record. */
import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Jobs } from '../../services/lifecycle/jobs.ts';
import { readSettings, type Settings } from '../../services/messages/settings-in-url.ts';
import type { Wish } from '../start-job.ts';

/** Settings, and whether only one person sees the message they come from. */
export type PressedSettings = Settings & { private: boolean };

/**
 * Finds them without a look into the store where the message has them, which a gallery of any age does.
 *
 * @returns `undefined` when nobody knows the job any more, or it is another guild's.
 * @throws StoreError
 */
export async function findPressedSettings(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  jobId: string,
  jobs: Pick<Jobs, 'find'>,
): Promise<PressedSettings | undefined> {
  const { message } = interaction;
  const ephemeral = message?.flags.has('Ephemeral') ?? false;
  const shown = readSettings(message?.embeds[0]);
  if (shown !== undefined && message?.author.id === interaction.applicationId) return { ...shown, private: ephemeral };
  const job = await jobs.find(jobId);
  if (job === undefined || job.guildId !== interaction.guildId) return undefined;
  // A private job's settings are its requester's alone, wherever the id turns up.
  if (job.private && job.userId !== interaction.user.id) return undefined;
  return job;
}

/** The same again, as a wish of whoever presses; the seed is drawn anew. */
export function wishAgain({ prompt, count, size, quality, private: ephemeral, spoiler }: PressedSettings): Wish {
  return { prompt, count, size, seed: undefined, quality, private: ephemeral, spoiler };
}
