/** What must be true of a sentence that refuses something, or tells of a trouble, by its key. */
import type { Act, Fault } from '../../plan.ts';
import { idOf } from '../../world/discord/discord.ts';
import type { InteractionTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { SetLimits } from '../guilds/set-limits.ts';
import { requestsIn } from '../jobs.ts';
import { numbersOffered } from './limits.ts';
import { reasonsOfChoices } from './choices.ts';
import { reasonsOfEnds } from './ends.ts';
import { failed, unless, type Reason } from './reason.ts';
import { isSuggested, namesNumbers } from './typed.ts';

/** What is about what goes on now is said within this after it was so (milliseconds). */
const JUST_NOW = 10 * 60_000;

/** The page of a model that is gone is read every minute: by then it is known that it is back (milliseconds). */
const BACK_WITHIN = 4 * 60_000;

/** Submits are refused so soon after one another by the same (milliseconds). */
const AT_ONCE = 30_000;

/** A sentence that nobody in this world has a reason to read. */
const never: Reason = () => 'nothing of that kind ever is';

/** A number that is told is larger than the most that is told beside it. */
const above =
  (number: string, most: string): Reason =>
  ({ values }) =>
    unless(Number(values[number]) > Number(values[most]), 'that is not more');

/** No number is offered that is more than the most that is told. */
const offersNoMore: Reason = ({ told, values: { max } }) =>
  unless(!numbersOffered(told).some((number) => number > Number(max)), 'it offers more than that');

const aboveMost: Reason = (said) => above('number', 'max')(said) ?? offersNoMore(said);

/** The words that an interaction brings; of a press there are none. */
const typedBy = ({ options: { prompt } }: InteractionTruth): string | undefined =>
  typeof prompt === 'string' && !isSuggested(prompt) ? prompt : undefined;

/** What is typed by the one who reads this is of a kind. */
const typed =
  (isSo: (prompt: string, options: InteractionTruth['options']) => boolean, why: string): Reason =>
  ({ asked }) => {
    const prompt = typedBy(asked);
    return prompt === undefined ? undefined : unless(isSo(prompt, asked.options), `${why}: "${prompt}"`);
  };

/** The states of a request that has not ended, as records have them. */
const OPEN = new Set(['reserved', 'submitting', 'in_queue', 'in_progress']);

const LETTERS = /[\p{L}\p{N}]/u;

/** The place that is told is one that RunComfy has told of it. */
const waits: Reason = ({ job, values: { count = '0' } }) =>
  unless(
    job === undefined || job.requests.some(({ places }) => places.has(Number(count))),
    'RunComfy has never said so of a request of it',
  );

const given: Reason = ({ asked }) =>
  unless(asked.gives.length > 0 || asked.same || asked.kind !== 'command', 'no picture was given');

/** @param isCalm - whether all was well between two moments. */
export function createReasons({
  truth,
  acts,
  faults,
  set,
  isCalm,
  isStoreWell,
  isDiscordWell,
}: {
  truth: Truth;
  acts: readonly Act[];
  faults: readonly Fault[];
  set: SetLimits;
  isCalm: IsCalm;
  /** Whether nothing kept a process from the store. */
  isStoreWell: IsCalm;
  /** Whether nothing kept a process from Discord. */
  isDiscordWell: IsCalm;
}): ReadonlyMap<string, Reason> {
  /** Something has been wrong shortly before: with whom the sentence names, where it names anybody. */
  const troubleOf =
    (isWell: IsCalm, why: string): Reason =>
    ({ told: { at } }) =>
      unless(!isWell(at - JUST_NOW, at), why);
  const trouble = troubleOf(isCalm, 'all is well');
  const storeTrouble = troubleOf(isStoreWell, 'the store is well');
  /** A fault has been met at some time. */
  const anyFault: Reason = () => unless(faults.length > 0, 'nothing ever went wrong');
  const account: Reason = ({ told: { at } }) =>
    unless(
      truth.calls.some((call) => call.account === 'refused' && call.at <= at),
      'RunComfy has not refused the account',
    );
  /** RunComfy has said so by its page more than once, or to a submit; and where it has said so to one alone, lately. */
  const isGone: Reason = ({ told: { at } }) => {
    const said = truth.calls.filter((call) => call.said === 'gone' && (call.answeredAt ?? Infinity) <= at);
    const submits = said.filter(({ name }) => name === 'submit');
    if (submits.length === 0 && said.length < 2) return 'RunComfy has not said so, or only once by its page';
    // Where its page says otherwise each further refusal is believed for longer; those at once are one.
    const refusals = submits.filter((each, index) => each.at - (submits[index - 1]?.at ?? -Infinity) > AT_ONCE).length;
    return unless(refusals > 1 || !isCalm(at - BACK_WITHIN, at), 'RunComfy has had it again for minutes');
  };
  /** Somebody has changed what the bot may do in a channel, or in a server. */
  const changed: Reason = ({ asked: { channel, guild } }) =>
    unless(
      acts.some(
        (act) =>
          ('channel' in act && act.kind !== 'command' && idOf(act.channel) === channel) ||
          (act.kind === 'time_out_bot' && idOf(act.guild) === guild),
      ),
      'nobody took anything from it there',
    );
  const barred: Reason = ({ asked: { guild } }) =>
    unless(
      [...truth.interactions.values()].some(({ name, guild: where }) => name === 'words' && where === guild),
      'that server has never barred a word',
    );
  const isOver: Reason = ({ job }) => {
    const record = truth.jobs().live.find(({ id }) => id === job?.id);
    const isOpen = record !== undefined && requestsIn(record).some(({ state }) => OPEN.has(state.name));
    // A store that is slow has not heard yet that they have ended.
    const requests = job?.requests ?? [];
    const haveEnded = requests.length > 0 && requests.every(({ endedAt }) => endedAt !== undefined);
    return unless(!isOpen || haveEnded, 'a request of it is under way');
  };
  /** The record that is said to be unknown is not there. */
  const forgotten: Reason = ({ asked: { name } }) => {
    const [, id] = name.split(':');
    const { live, finished } = truth.jobs();
    return unless(![...live, ...finished].some((record) => record.id === id), `the record of job ${id ?? ''} is kept`);
  };
  const mayNot: Reason = ({ asked: { member }, job }) =>
    unless(job === undefined || job.member !== member, 'it is their own job');

  return new Map<string, Reason>([
    ['refusal.unexpected', trouble],
    ['refusal.stopping', trouble],
    ...[
      ...['refusal.store', 'refusal.storeUnsure', 'refusal.storeRead', 'refusal.storeCancel'],
      ...['guild.store', 'privacy.trouble'],
    ].map((key): [string, Reason] => [key, storeTrouble]),
    ['remove.trouble', troubleOf(isDiscordWell, 'Discord is well')],
    ...[
      ...['state.silent', 'state.waiting', 'state.unknown', 'unknown.text', 'unknown.lost', 'failure.not_taken'],
      ...[
        'failure.unreadable',
        'cancel.trouble',
        'failure.gone',
        'failure.refused',
        'failure.no_pictures',
        'failure.model',
      ],
      ...['gallery.missing_one', 'gallery.missing_other', 'gallery.unshowable_one', 'gallery.unshowable_other'],
      ...['gallery.undelivered', 'gallery.expired', 'model.gone', 'model.next', 'model.editingGone', 'refusal.paused'],
      ...['state.byDirectMessage', 'failure.authentication', 'failure.balance'],
    ].map((key): [string, Reason] => [key, anyFault]),
    ...['refusal.guildOnly', 'refusal.command', 'refusal.recordsLost', 'state.lost', 'refusal.unreadable'].map(
      (key): [string, Reason] => [key, never],
    ),
    ['refusal.paused', account],
    ['model.gone', isGone],
    ['model.editingGone', isGone],
    ['failure.authentication', account],
    ['failure.balance', account],
    ['refusal.permissions', changed],
    ['refusal.gone', forgotten],
    ['refusal.seed', typed((_, { seed }) => seed !== undefined, 'no seed was typed')],
    ...reasonsOfChoices({ truth, set, isCalm }),
    ...reasonsOfEnds({ truth, isKept: isStoreWell }),
    ['failure.reference_unreachable', failed],
    ['failure.reference_unsuitable', failed],
    ['failure.reference_moderated', failed],
    ['prompt.empty', typed((prompt) => !LETTERS.test(prompt), 'something was typed')],
    ['prompt.too_long', above('length', 'max')],
    ['prompt.above_job_limit', aboveMost],
    ['prompt.out_of_range', offersNoMore],
    ['prompt.mismatch', ({ values }) => unless(values['stated'] !== values['count'], 'they are the same')],
    ['prompt.ambiguous', typed(namesNumbers, 'no number stands in it')],
    ['prompt.unsure', typed(namesNumbers, 'no number stands in it')],
    ['flags.unknown', typed((prompt) => prompt.includes('--'), 'no flag stands in it')],
    ['flags.read', typed((prompt) => prompt.includes('--'), 'no flag stands in it')],
    ['words.refused', barred],
    ['references.too_many', above('given', 'max')],
    [
      'references.together',
      ({ values: { given: all, asked, most } }) =>
        unless(Number(all) + Number(asked) > Number(most), 'that is not more'),
    ],
    ['references.format', given],
    ['references.ratio', given],
    ['references.too_heavy', given],
    ['references.too_many_pixels', given],
    ['model.textOnly', given],
    ['state.in_queue_next', waits],
    ['state.in_queue_ahead_one', waits],
    ['state.in_queue_ahead_other', waits],
    [
      'state.in_progress',
      ({ job }) =>
        unless(
          job === undefined || job.requests.length === 0 || job.requests.some(({ state }) => state !== 'in_queue'),
          'RunComfy has begun none of it',
        ),
    ],
    ['cancel.over', isOver],
    ['tell.over', isOver],
    ['remove.stranger', mayNot],
    ['cancel.stranger', mayNot],
    ['tell.stranger', mayNot],
  ]);
}
