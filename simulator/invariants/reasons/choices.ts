/** What must be true where a choice is refused: of a size, a suggestion, or of who will see it. */
import type { Truth } from '../../world/truth.ts';
import { beginningLike } from '../answers/picks.ts';
import type { IsCalm } from '../calm.ts';
import type { SetLimits } from '../guilds/set-limits.ts';
import { unless, type Reason } from './reason.ts';
import { choosesStrangely } from './typed.ts';

const HOUR = 60 * 60_000;

/** A bot that was started has read by then what sizes its models take, though the store be slow (milliseconds). */
const JUST_STARTED = 60_000;

export function reasonsOfChoices({
  truth,
  set: { changesIn, valueAt },
  isCalm,
}: {
  truth: Truth;
  set: Pick<SetLimits, 'changesIn' | 'valueAt'>;
  isCalm: IsCalm;
}): readonly [string, Reason][] {
  /** Nobody may start from pictures where an admin has said so, until they take that back. */
  const barred: Reason = ({ asked: { guild, at } }) => {
    const may = valueAt(changesIn(guild), 'pictures', at);
    return unless(may === 0 || may === undefined, 'that server allows it');
  };
  /** What is chosen is none of the choices that the command offers; of a size a bot may not know yet that has just been started. */
  const choice: Reason = ({ asked, told }) =>
    unless(
      asked.kind !== 'command' ||
        choosesStrangely(asked) ||
        (asked.offered.includes('size') && !isCalm(asked.at - JUST_STARTED, told.at)),
      'that is one of the choices that are offered',
    );
  /** The sizes that are offered are those of the model that is asked where none is named. */
  const size: Reason = ({ asked: { offered, options, gives, kind, at }, told }) =>
    unless(
      kind !== 'command' ||
        !offered.includes('size') ||
        options['model'] !== undefined ||
        gives.length > 0 ||
        !isCalm(at - HOUR, told.at),
      'that size is one of those that are offered',
    );
  const suggestion: Reason = ({ asked }) => {
    const earlier = /^earlier:(\d+)$/.exec(String(asked.options['prompt']))?.[1];
    const { live, finished } = truth.jobs();
    return unless(
      ![...live, ...finished].some(({ id }) => id === earlier),
      `the record of job ${earlier ?? ''} is kept`,
    );
  };
  /** Of what somebody has had deleted a process may know for a while. */
  const several: Reason = ({ asked }) => {
    const alike = beginningLike(String(asked.options['prompt']), asked, truth).map((record) => record['prompt']);
    const isErased = [...truth.interactions.values()].some(
      ({ name, member }) => member === asked.member && name.startsWith('erasenow:'),
    );
    return unless(new Set(alike).size > 1 || isErased, 'no two earlier prompts of theirs begin like that');
  };
  /** A private job is asked for again in public: not from what its member alone sees, which was made for it. */
  const privately: Reason = ({ job, asked: { source = '', name } }) => {
    const { onlyFor, interaction } = truth.messages.get(source) ?? {};
    const isOwn = onlyFor !== undefined && name.endsWith(`:${interaction ?? '?'}`);
    return unless(
      (job === undefined || job.private) && !isOwn,
      'that job is not private, or nobody else sees it there',
    );
  };
  return [
    ['references.barred', barred],
    ['refusal.choice', choice],
    ['model.size', size],
    ['model.noSize', size],
    ['suggestion.gone', suggestion],
    ['suggestion.several', several],
    ['refusal.privately', privately],
  ];
}
