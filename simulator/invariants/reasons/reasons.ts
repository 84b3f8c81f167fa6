/** Nothing is refused, or said to be in trouble, without a reason: each such sentence is held against what the world knows by its key. */
import type { Act, Fault } from '../../plan.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { SetLimits } from '../guilds/set-limits.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';
import { createReasons } from './table.ts';

/** A try to answer that goes on until Discord takes it (milliseconds). */
const ANSWERED_WITHIN = 2 * 60_000;

/** Whether pictures are asked for by something: a command, a form, a press. */
const asksForPictures = (kind: InteractionTruth['kind'], name: string): boolean =>
  (kind === 'command' && name === 'seedream') ||
  kind === 'form' ||
  /^(again|againprivately|without|count\d+):/.test(name);

/** What is answered to whoever asks for pictures where no job begins. */
const REFUSES = /^(prompt|limit|barred|suggestion|references|model|flags|words|refusal)\./;

export function judgeReasons({
  truth,
  acts,
  faults,
  set,
  jobs,
  isCalm,
  isStoreWell,
  isDiscordWell,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  faults: readonly Fault[];
  /** What admins have set for their servers. */
  set: SetLimits;
  jobs: Jobs;
  isCalm: IsCalm;
  isStoreWell: IsCalm;
  isDiscordWell: IsCalm;
  judge: Judge;
}) {
  let seen = 0;
  const began = truth.interactions;
  const reasons = createReasons({ truth, acts, faults, set, isCalm, isStoreWell, isDiscordWell });

  function judgeOne(told: Told): void {
    const asked = began.get(told.interaction ?? truth.messages.get(told.messageId)?.interaction ?? '');
    if (asked === undefined) return;
    const job = jobs.byId.get(asked.id) ?? jobs.byId.get(asked.name.split(':')[1] ?? '');
    for (const { key, values } of sentencesIn(told.text)) {
      const against = reasons.get(key)?.({ told, asked, job, values });
      if (against === undefined) continue;
      judge.broken(
        key.startsWith('state.') ? 'no sentence lies' : 'nothing is refused for no reason',
        `${asked.id} ${key}`,
        `Message ${told.messageId} says "${told.text.replaceAll('\n', ' / ').slice(0, 300)}" (${key}), but ${against}.`,
      );
    }
  }

  /** Whoever asks for pictures gets a job, or reads why not. */
  function judgeBegun(): void {
    const taken = new Set(truth.reservations().map(({ jobId }) => jobId));
    const answers = Map.groupBy(truth.told, ({ interaction }) => interaction);
    for (const { id, kind, name, act, at, acknowledgedAt } of began.values()) {
      if (!asksForPictures(kind, name) || acknowledgedAt === undefined || taken.has(id)) continue;
      if (!isCalm(at, at + ANSWERED_WITHIN)) continue;
      const isTold = answers.get(id)?.some(({ text }) => sentencesIn(text).some(({ key }) => REFUSES.test(key)));
      if (isTold === true) continue;
      judge.broken(
        'nothing is refused for no reason',
        id,
        `Whoever asked for pictures (act ${act}, ${name}) got neither a job nor a reason.`,
      );
    }
  }

  return {
    now() {
      for (const told of truth.told.slice(seen)) judgeOne(told);
      seen = truth.told.length;
    },
    atEnd: judgeBegun,
  };
}
