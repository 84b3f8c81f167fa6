/** Every interaction is acknowledged in time, and no one is left with "is thinking ...". */
import type { InteractionTruth, Told, Truth } from '../world/truth.ts';
import type { IsCalm } from './calm.ts';
import type { Tolerance } from './clocks.ts';
import type { Judge } from './judge.ts';

/** Discord's deadline for the first response (milliseconds). */
const ACKNOWLEDGE_WITHIN = 3000;

/** What the bot needs of it at least: an interaction that came later may be too late (milliseconds). */
const ENOUGH = 1000;

/** A store that does not answer is waited for where only the first response will do (milliseconds). */
const READ_WITHIN = 1500;

/** A command, a press or a form that nothing has to be read for is acknowledged by then (milliseconds): calls alone take that. */
const AT_ONCE = 1000;

/** What is answered by a form or by choices, which may have to be read first. */
const READS_FIRST = /^(edit|use):|^Edit with Seedream$/;

/** Until a deferral is filled where nothing goes wrong (milliseconds). */
const FILLED_WITHIN = 2 * 60_000;

/** Clocks are so far apart that a process may take a reply that can be written for one that cannot any more (milliseconds). */
const APART = 10 * 60_000;

/** Whether pictures were asked for again of processes whose clocks are far apart: they may come by direct message, and the reply may stay. */
export function isOutOfDate({ name, at }: InteractionTruth, { clocks }: Pick<Tolerance, 'clocks'>): boolean {
  return name.startsWith('deliver:') && clocks(at) >= APART;
}

/** @param isDiscordWell - whether nothing was wrong with Discord and the bot's processes, whatever else was. */
export function judgeInteractions({
  truth,
  isCalm,
  isDiscordWell,
  tolerance,
  judge,
}: {
  truth: Truth;
  isCalm: IsCalm;
  isDiscordWell: IsCalm;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  /** Whether Discord did not take a response that was sent soon enough, or it was not heard that it did. */
  const isRefused = ({ id, receivedAt = 0 }: InteractionTruth) =>
    truth.failures.some(({ route, sentAt }) => route.includes(`/${id}/`) && sentAt - receivedAt < ENOUGH);

  /** Whether it stands in the job's reply, or in a message that was posted for it, as where its reply was removed. */
  function isOf(job: string, { interaction, messageId }: Told): boolean {
    return interaction === job || truth.messages.get(messageId)?.nonce?.startsWith(`${job}-`) === true;
  }

  /** Who presses Cancel reads that it is, or why it is not. */
  function judgeCancels(): void {
    for (const { id, name, at, acknowledgedAt, act } of truth.interactions.values()) {
      const job = /^cancel:(\d+)$/.exec(name)?.[1];
      if (job === undefined || acknowledgedAt === undefined || !isCalm(at - ENOUGH, at + FILLED_WITHIN)) continue;
      const isTold = truth.told.some(
        (told) => told.interaction === id || (isOf(job, told) && /cancelled/i.test(told.text)),
      );
      if (isTold) continue;
      judge.broken(
        'no one is left waiting',
        id,
        `Whoever pressed Cancel (act ${act}) was never told whether job ${job} is cancelled.`,
      );
    }
  }

  return {
    atEnd() {
      for (const interaction of truth.interactions.values()) {
        const { id, kind, at, receivedAt, acknowledgedAt, name, act } = interaction;
        if (receivedAt === undefined || receivedAt - at > ACKNOWLEDGE_WITHIN - READ_WITHIN - ENOUGH) continue;
        if (!isDiscordWell(at, at + ACKNOWLEDGE_WITHIN) || isRefused(interaction)) continue;
        const isFailed = truth.failures.some(({ route }) => route.includes(`/${id}/`));
        if (
          kind !== 'autocomplete' &&
          !READS_FIRST.test(name) &&
          !isFailed &&
          (acknowledgedAt ?? 0) > receivedAt + AT_ONCE
        )
          judge.broken(
            'every interaction is acknowledged',
            id,
            `Interaction ${id} (${name}, act ${act}) was acknowledged after ${Math.round((acknowledgedAt ?? 0) - receivedAt)} ms, though Discord was well.`,
          );
        if (acknowledgedAt === undefined)
          judge.broken(
            'every interaction is acknowledged',
            id,
            `Interaction ${id} (${name}, act ${act}) was never acknowledged, though the bot was up and Discord well.`,
          );
      }
      judgeCancels();
      for (const message of truth.messages.values()) {
        const interaction = message.interaction === undefined ? undefined : truth.interactions.get(message.interaction);
        if (!message.thinking || message.deletedAt !== undefined || interaction === undefined) continue;
        if (!isCalm(interaction.at, interaction.at + FILLED_WITHIN) || isOutOfDate(interaction, tolerance)) continue;
        judge.broken(
          'no one is left waiting',
          message.id,
          `Message ${message.id} still says that the bot is thinking, since interaction ${interaction.id} (${interaction.name}, act ${interaction.act}).`,
        );
      }
    },
  };
}
