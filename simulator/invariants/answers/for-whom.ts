/** Who is answered, and what they alone may read or set. */
import { en } from '../../../src/languages/en.ts';
import { HOST, idOf } from '../../world/discord/discord.ts';
import type { Act } from '../../plan.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import type { SetLimits } from '../guilds/set-limits.ts';
import { isOutOfDate } from '../interactions.ts';
import type { Judge } from '../judge.ts';

/** Until something is answered where nothing goes wrong (milliseconds). */
const ANSWERED_WITHIN = 2 * 60_000;

/** What may stand in a reply for all before its job is written, or is known to be. */
const BEFORE_A_JOB = [en.state.submitting, en.refusal.storeUnsure, en.state.lost];

/** What anybody may read who uses a command of those who run a server. */
const FOR_ANYBODY = [en.guild.stranger, en.guild.store, en.refusal.stopping, en.refusal.unexpected];

const mentions = (text: string, sentences: readonly string[]) => sentences.some((sentence) => text.includes(sentence));

export function judgeForWhom({
  truth,
  acts,
  isAdmin,
  isCalm,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  isAdmin: SetLimits['isAdmin'];
  isCalm: IsCalm;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  const host = idOf(HOST);
  const quoted = ({ text }: Told) => text.replaceAll('\n', ' / ').slice(0, 300);

  /** Limits and words are set, and shown, by those who run a server alone. */
  function judgeAdmin(told: Told, { member, guild }: InteractionTruth): void {
    const isRefused = told.text.includes(en.guild.stranger);
    const may = isAdmin(guild, member);
    if (may !== isRefused || mentions(told.text, FOR_ANYBODY.slice(1))) return;
    judge.broken(
      'what is for some is for them alone',
      told.messageId,
      `${may ? 'An admin' : 'Somebody who is no admin'} was told "${quoted(told)}".`,
    );
  }

  function now(told: Told): void {
    const asked = truth.interactions.get(told.interaction ?? '');
    if (asked?.name === 'limits' || asked?.name === 'words') judgeAdmin(told, asked);
    if (told.onlyFor === host || !told.text.includes(en.usage.all.only)) return;
    judge.broken(
      'what is for some is for them alone',
      told.messageId,
      `Somebody who does not host the bot was told "${quoted(told)}".`,
    );
  }

  /** What everybody reads is about a job: what is said to one person is no one else's. */
  function judgeSeen(isJob: (id: string) => boolean): void {
    for (const told of truth.told) {
      const { onlyFor, interaction = '', text, messageId } = told;
      if (onlyFor !== undefined || interaction === '' || isJob(interaction) || mentions(text, BEFORE_A_JOB)) continue;
      judge.broken(
        'what is for some is for them alone',
        messageId,
        `Message ${messageId} is seen by everybody and reads "${quoted(told)}", though no job was begun.`,
      );
    }
  }

  /** What was typed for a job that is refused is given back, with a button that opens it again. */
  function judgeGivenBack(isJob: (id: string) => boolean): void {
    for (const told of truth.told) {
      const { id, kind, name, at, member } = truth.interactions.get(told.interaction ?? '') ?? { at: 0 };
      if (id === undefined || kind !== 'command' || name !== 'seedream' || isJob(id) || told.onlyFor !== member)
        continue;
      if (told.buttons.some((button) => button === `edit:${id}`) || mentions(told.text, BEFORE_A_JOB)) continue;
      if (!isCalm(at, told.at)) continue;
      judge.broken(
        'who asks is answered',
        told.messageId,
        `What was typed for ${id} is refused by "${quoted(told)}", and not given back.`,
      );
    }
  }

  /** Whether something of what was answered was taken away by a person. */
  function isTakenAway({ act, channel }: InteractionTruth): boolean {
    return acts.some(
      (each) =>
        (each.kind === 'delete_message' && each.of === act) ||
        (each.kind === 'delete_channel' && idOf(each.channel) === channel),
    );
  }

  /** Everything that was acknowledged is followed by words, a form, or a message that is changed. */
  function judgeAnswered(): void {
    const told = new Set(truth.told.map(({ interaction = '' }) => interaction));
    const lastAt = new Map(truth.told.map(({ messageId, at }) => [messageId, at]));
    for (const interaction of truth.interactions.values()) {
      const { id, kind, name, at, acknowledgedAt, replyId = '', form, act } = interaction;
      if (acknowledgedAt === undefined || kind === 'autocomplete' || form !== undefined || told.has(id)) continue;
      // What it is pressed for may show that it is done: that is looked at with what becomes of the job.
      if (name.startsWith('cancel:') || (lastAt.get(replyId) ?? 0) >= acknowledgedAt) continue;
      if (!isCalm(at, at + ANSWERED_WITHIN) || isTakenAway(interaction)) continue;
      if (isOutOfDate(interaction, tolerance)) continue;
      judge.broken('who asks is answered', id, `Interaction ${id} (${name}, act ${act}) was followed by no word.`);
    }
  }

  return {
    now,
    atEnd() {
      const reserved = new Set(truth.reservations().map(({ jobId }) => jobId));
      const isJob = (id: string) => reserved.has(id);
      judgeSeen(isJob);
      judgeGivenBack(isJob);
      judgeAnswered();
    },
  };
}
