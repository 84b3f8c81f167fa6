/** No sentence lies: each one that is shown is held against what is true at that moment, by its key. */
import { en } from '../../src/languages/en.ts';
import { idOf } from '../world/discord/discord.ts';
import type { Act, Fault } from '../plan.ts';
import type { Told, Truth } from '../world/truth.ts';
import type { Tolerance } from './clocks.ts';
import type { Jobs } from './jobs.ts';
import type { Judge } from './judge.ts';
import type { LimitsJudge } from './limits.ts';
import { billed, nothingCharged, RULES, type Subject } from './rules.ts';
import { sentencesIn } from './sentences.ts';

/** Sentences about the job whose button was pressed; every other is about the one that the interaction began. */
const OF_PRESSED = /^(remove|cancel)\./;

/** Sentences that are true only while a job is under way. */
const UNDER_WAY = new Set([
  'state.submitting',
  'state.waiting',
  'state.in_queue',
  'state.in_queue_next',
  'state.in_queue_ahead_one',
  'state.in_queue_ahead_other',
  'state.in_progress',
  'state.completed',
  'gallery.missing_one',
  'gallery.missing_other',
]);

/** Sentences by which a job is not started: that it costs nothing goes without saying, and holds. */
const REFUSES =
  /^(prompt|limit|barred|suggestion)\.|^references\.(?!from|alt)|^model\.(gone|unmet|size|noSize|off|textOnly|picturesOnly|editingGone)$|^flags\.unknown$|^words\.refused$|^refusal\.(permissions|paused|choice|privately|unreadable|seed)$/;

/**
 * How often a message is written at most: nine times while all is well, a few times more with each trouble that is told or
 * passes; and as long as Discord takes what it then says it has not taken, every minute until the deadline, four times each.
 */
const VERSIONS_MOST = 40;
const VERSIONS_MOST_IN_TROUBLE = 400;

/** Moments that a sentence promises for the future: `<t:1764536400:R>`. */
const AHEAD = new Set(['failure.silent', 'state.silent', 'gallery.missing_one', 'gallery.missing_other']);

/** The moment at which pictures are expected. */
const EXPECTED = new RegExp(en.state.expected.replace('{{at}}', '<t:(\\d+)'));

/** Sentences that offer a button, and what its custom id begins with. */
const OFFERS: readonly [sentence: string, button: RegExp][] = [
  [en.history.undeliveredHint, /^deliver:/],
  ['press a number below', /^count\d+:/],
  [en.privacy.deleteText, /^erase:/],
  [en.privacy.confirm, /^erasenow:/],
];

/** The end of a line where links belong. */
const LINKLESS = /(could not be fetched|as it is|as they are|keeps it|keeps them|Originals|Videos):\s*$/m;

const BROKEN = /\{\{|\bundefined\b|\bNaN\b|\[object /;

/** What was shown that is true only while a job is under way: by its words, or by nothing but a button under its pictures. */
export interface UnderWay {
  told: Told;
  byButton: boolean;
  /** Whether it says that what was made is being fetched. */
  fetching: boolean;
}

const FETCHING = new Set(['state.completed', 'gallery.missing_one', 'gallery.missing_other']);

export function judgeSentences({
  truth,
  acts,
  faults,
  jobs,
  usedOf,
  tolerance,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  faults: readonly Fault[];
  jobs: Jobs;
  usedOf: LimitsJudge['usedOf'];
  tolerance: Tolerance;
  judge: Judge;
}) {
  let seen = 0;
  const underWay: UnderWay[] = [];
  /** What names a moment at which pictures are expected, with that moment (milliseconds since the epoch). */
  const moments: { told: Told; until: number }[] = [];
  /** How often each message was written. */
  const versions = new Map<string, number>();
  const isTroubled = faults.some((fault) => fault.kind === 'trouble' && fault.with === 'discord');
  const versionsMost = isTroubled ? VERSIONS_MOST_IN_TROUBLE : VERSIONS_MOST;
  const secrets = acts.flatMap((act) =>
    act.kind === 'command' && act.command === 'seedream' && act.options['private'] === true
      ? [{ word: act.marker, member: idOf(act.member) }]
      : [],
  );
  /** Jobs whose members were told that no more than so many pictures will be charged: none, or those that are being made. */
  const promised = new Map<string, { told: Told; job: string; most: number }>();

  function subjectOf(told: Told): Subject | undefined {
    const id = told.interaction ?? truth.messages.get(told.messageId)?.interaction;
    if (id === undefined) return undefined;
    // What a press is answered with is about the job whose button it was, but for what it began itself.
    const pressed = truth.interactions.get(id)?.name.split(':')[1];
    const job = jobs.byId.get(id) ?? (pressed === undefined ? undefined : jobs.byId.get(pressed));
    return { told, job, interaction: id, truth, tolerance, usedOf };
  }

  const isPast = (seconds: string | undefined, { at }: Told) =>
    seconds !== undefined && Number(seconds) * 1000 < at - tolerance.told(at);

  /** What holds for each version of a message, whatever it says. */
  function judgeMessage({ messageId, text, buttons, onlyFor }: Told): void {
    const written = (versions.get(messageId) ?? 0) + 1;
    versions.set(messageId, written);
    if (written > versionsMost)
      judge.broken('nothing grows', messageId, `Message ${messageId} was written ${written} times.`);
    const isDirect = truth.messages.get(messageId)?.guild === undefined;
    const begins = isDirect ? buttons.find((id) => /^(again|edit|use):/.test(id)) : undefined;
    if (begins !== undefined)
      judge.broken(
        'a button leads somewhere',
        messageId,
        `Direct message ${messageId} has ${begins}, which begins a job.`,
      );
    const secret = secrets.find(({ word, member }) => onlyFor !== member && text.includes(word));
    if (secret !== undefined)
      judge.broken('private stays private', messageId, `Message ${messageId} shows others the private "${text}".`);
  }

  function judgeOne(told: Told): void {
    if (BROKEN.test(told.text))
      judge.broken('a sentence is whole', told.messageId, `Message ${told.messageId} reads "${told.text}".`);
    if (LINKLESS.test(told.text))
      judge.broken(
        'links are kept',
        told.messageId,
        `Message ${told.messageId} reads "${told.text}", without the links.`,
      );
    if (told.pings)
      judge.broken('nobody is pinged', told.messageId, `Message ${told.messageId} notifies somebody: "${told.text}".`);
    judgeMessage(told);
    const subject = subjectOf(told);
    if (subject === undefined) return;
    const own = { ...subject, job: jobs.byId.get(subject.interaction) };
    const lie = (key: string, why: string) => {
      judge.broken(
        'no sentence lies',
        `${subject.interaction} ${key}`,
        `Message ${told.messageId} says "${told.text.replaceAll('\n', ' / ')}" (${key}), but ${why}.`,
      );
    };
    const sentences = sentencesIn(told.text);
    const saysSo = sentences.some(({ key }) => UNDER_WAY.has(key));
    if (saysSo || told.buttons.some((id) => id.startsWith('cancel:')))
      underWay.push({
        ...{ told, byButton: !saysSo && told.pictures.length > 0 },
        fetching: sentences.some(({ key }) => FETCHING.has(key)),
      });
    for (const { key, values } of sentences) {
      const { job } = subject;
      if (key === 'cancel.part' && job !== undefined)
        promised.set(subject.interaction, { told, job: job.id, most: Number(values['kept']) });
      const wrong = RULES.get(key)?.(OF_PRESSED.test(key) ? subject : own, values);
      if (wrong !== undefined) lie(key, wrong);
      for (const [, seconds] of AHEAD.has(key) ? JSON.stringify(values).matchAll(/<t:(\d+)/g) : [])
        if (isPast(seconds, told)) lie(key, 'the moment it promises has passed');
    }
    const expected = EXPECTED.exec(told.text)?.[1];
    if (isPast(expected, told)) lie('state.expected', 'that moment has passed');
    if (expected !== undefined) moments.push({ told, until: Number(expected) * 1000 });
    for (const [sentence, button] of OFFERS)
      if (told.text.includes(sentence) && !told.buttons.some((id) => button.test(id)))
        lie(sentence, `it has no button ${button.source}`);
    if (!told.text.includes('Nothing was charged') && !sentences.some(({ key }) => REFUSES.test(key))) return;
    const charged = nothingCharged(own, {});
    if (charged !== undefined) lie('Nothing was charged', charged);
    promised.set(subject.interaction, { told, job: subject.interaction, most: 0 });
  }

  return {
    underWay,
    moments,
    now() {
      for (const told of truth.told.slice(seen)) judgeOne(told);
      seen = truth.told.length;
      for (const [id, { told, job, most }] of promised) {
        const charged = billed(jobs.byId.get(job));
        if (charged.reduce((sum, { asked }) => sum + asked, 0) <= most) continue;
        judge.broken(
          'no sentence lies',
          `${id} later`,
          `Message ${told.messageId} said "${told.text.replaceAll('\n', ' / ')}", and then RunComfy bills ${charged.map((request) => request.id).join(', ')} for it.`,
        );
      }
    },
  };
}
