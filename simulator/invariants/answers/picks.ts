/** What somebody picks in place of typing is sent only where it is plain which of their earlier prompts it stands for. */
import type { Act } from '../../plan.ts';
import type { InteractionTruth, JobRecord, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import type { Judge } from '../judge.ts';

/** The name of a choice for a prompt that is too long for one: so many characters, of which the last ones are cut off. */
const CUT_NAME = /^.{99}…$/su;
const SAME_BEGIN = 90;

/** What was read of earlier prompts is offered again for so long (milliseconds). */
const OFFERED_FOR = 20_000;

/** The records of a member's jobs in a server whose prompts begin as the name of a choice does. */
export function beginningLike(
  name: string,
  { member, guild }: Pick<InteractionTruth, 'member' | 'guild'>,
  { jobs }: Pick<Truth, 'jobs'>,
): JobRecord[] {
  const { live, finished } = jobs();
  const begin = name.slice(0, SAME_BEGIN);
  return [...live, ...finished].filter(
    (record) =>
      record['userId'] === member && record['guildId'] === guild && String(record['prompt']).startsWith(begin),
  );
}

export function judgePicks({
  truth,
  acts,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}): void {
  const all = [...truth.interactions.values()];
  const reserved = new Set(truth.reservations().map(({ jobId }) => jobId));
  for (const act of acts) {
    if (act.kind !== 'command' || act.command !== 'seedream' || act.picks === undefined) continue;
    const { of } = act.picks;
    const asked = all.find((each) => each.act === act.id);
    const typing = all.find((each) => each.act === of);
    if (asked === undefined || typing === undefined || !reserved.has(asked.id)) continue;
    const name = String(asked.options['prompt']);
    if (!CUT_NAME.test(name) || tolerance.clocks(asked.at) > 0) continue;
    const askedAt = ({ id }: JobRecord) => truth.interactions.get(id)?.at ?? Infinity;
    const own = beginningLike(name, asked, truth).filter((record) => askedAt(record) < typing.at - OFFERED_FOR);
    // Whoever was offered one of them alone, before the others were asked for, may have meant that.
    const [first, last] = [Math.min(...own.map(askedAt)), Math.max(...own.map(askedAt))];
    const isOffered = ({ kind, member, guild, at }: InteractionTruth) =>
      kind === 'autocomplete' &&
      member === asked.member &&
      guild === asked.guild &&
      at > first &&
      at < last + OFFERED_FOR;
    // A space at the end makes no other prompt.
    const prompts = new Set(own.map((record) => String(record['prompt']).trim()));
    if (prompts.size < 2 || all.some(isOffered)) continue;
    judge.broken(
      'what is made was asked for',
      `${asked.id} picked`,
      `Job ${asked.id} was begun by "${name}", which may stand for the prompt of job ${own.map(({ id }) => id).join(' or ')}.`,
    );
  }
}
