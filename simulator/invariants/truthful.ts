/** No sentence lies: each one that is shown is held against what is true at that moment, by its key. */
import { en } from '../../src/languages/en.ts';
import type { MessageTruth, Told, Truth } from '../world/truth.ts';
import type { Tolerance } from './clocks.ts';
import type { Jobs, KnownJob } from './jobs.ts';
import { isBilled } from './money.ts';
import { sentencesIn, type Sentence } from './sentences.ts';
import type { Judge } from './judge.ts';

/** What a sentence is about. */
interface Subject {
  told: Told;
  /** The job that its interaction began, or whose button was pressed; where nothing was submitted for it, it is not known. */
  job: KnownJob | undefined;
  /** The message that it stands in is of this interaction. */
  interaction: string;
  truth: Truth;
  tolerance: Tolerance;
}

/** @returns what is wrong with the sentence; `undefined` where nothing is. */
type Rule = (subject: Subject, values: Sentence['values']) => string | undefined;

const billed = (job: KnownJob | undefined) => job?.requests.filter(isBilled) ?? [];

const nothingCharged: Rule = ({ job }) => {
  const requests = billed(job);
  return requests.length === 0
    ? undefined
    : `RunComfy bills ${requests.map(({ id, state }) => `${id} (${state})`).join(', ')}`;
};

const nobodyMakes: Rule = ({ job }) => {
  const request = job?.requests.find(({ state }) => state === 'succeeded' || state === 'in_progress');
  return request === undefined ? undefined : `request ${request.id} is ${request.state}`;
};

/** @param counts - which messages that still stand are not removed. */
const removed =
  (counts: (message: MessageTruth) => boolean): Rule =>
  ({ job, truth }) => {
    if (job === undefined) return undefined;
    const names = job.requests.flatMap(({ pictures }) => pictures);
    const standing = [...truth.messages.values()].filter(
      (message) =>
        message.deletedAt === undefined &&
        message.pictures.some(({ picture }) => names.some((url) => url.includes(picture))) &&
        counts(message),
    );
    return standing.length === 0
      ? undefined
      : `its pictures still stand in message ${standing.map(({ id }) => id).join(', ')}`;
  };

/** What one person alone sees in a server is out of the bot's reach; direct messages are not. */
const inReach = ({ guild, onlyFor }: MessageTruth) => onlyFor === undefined || guild === undefined;

const begun: Rule = ({ job }) =>
  job === undefined || job.requests.every(({ state }) => state !== 'in_queue')
    ? undefined
    : 'its request is still in the queue';

const made: Rule = ({ job }, { made: said, asked }) => {
  const request = job?.requests.length === 1 ? job.requests[0] : undefined;
  if (request?.state !== 'succeeded') return undefined;
  return request.pictures.length === Number(said) && request.asked === Number(asked)
    ? undefined
    : `RunComfy made ${request.pictures.length} of ${request.asked}`;
};

const afterDeadline: Rule = ({ told, job, tolerance }) =>
  job === undefined || told.at + tolerance.clocks(told.at) >= job.deadline
    ? undefined
    : `its deadline is ${Math.round((job.deadline - told.at) / 1000)} s away`;

/** Keys and what must be true of them. Every sentence with "Nothing was charged" is held to that beside these. */
const RULES = new Map<string, Rule>([
  ['cancelled.text', nothingCharged],
  ['failure.model', nobodyMakes],
  ['failure.refused', nobodyMakes],
  ['failure.deadline', afterDeadline],
  ['remove.done', removed(() => true)],
  ['remove.private', removed(inReach)],
  ['cancel.late', begun],
  ['gallery.fewer', made],
]);

/** Moments that a sentence promises for the future: `<t:1764536400:R>`. */
const AHEAD = new Set(['failure.silent', 'state.silent', 'gallery.missing_one', 'gallery.missing_other']);

/** The moment under the name of the field that says when pictures are expected. */
const EXPECTED = new RegExp(`^${en.field.expected}\\n<t:(\\d+)`, 'm');

/** Sentences that offer a button, and what its custom id begins with. */
const OFFERS: readonly [sentence: string, button: RegExp][] = [
  [en.history.undeliveredHint, /^deliver:/],
  ['press a number below', /^count\d+:/],
  [en.privacy.deleteText, /^erase:/],
  [en.privacy.confirm, /^erasenow:/],
];

const BROKEN = /\{\{|\bundefined\b|\bNaN\b|\[object /;

export function judgeSentences({
  truth,
  jobs,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  tolerance: Tolerance;
  judge: Judge;
}) {
  let seen = 0;
  /** Jobs whose members were told that nothing was charged, and never will be for this press. */
  const promised = new Map<string, Told>();

  function subjectOf(told: Told): Subject | undefined {
    const id = told.interaction ?? truth.messages.get(told.messageId)?.interaction;
    if (id === undefined) return undefined;
    // What a press is answered with is about the job whose button it was, but for what it began itself.
    const pressed = truth.interactions.get(id)?.name.split(':')[1];
    const job = jobs.byId.get(id) ?? (pressed === undefined ? undefined : jobs.byId.get(pressed));
    return { told, job, interaction: id, truth, tolerance };
  }

  const isPast = (seconds: string | undefined, { at }: Told) =>
    seconds !== undefined && Number(seconds) * 1000 < at - tolerance.told(at);

  function judgeOne(told: Told): void {
    if (BROKEN.test(told.text))
      judge.broken('a sentence is whole', told.messageId, `Message ${told.messageId} reads "${told.text}".`);
    if (told.pings)
      judge.broken('nobody is pinged', told.messageId, `Message ${told.messageId} notifies somebody: "${told.text}".`);
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
    for (const { key, values } of sentencesIn(told.text)) {
      const wrong = RULES.get(key)?.(subject, values);
      if (wrong !== undefined) lie(key, wrong);
      for (const [, seconds] of AHEAD.has(key) ? JSON.stringify(values).matchAll(/<t:(\d+)/g) : [])
        if (isPast(seconds, told)) lie(key, 'the moment it promises has passed');
    }
    if (isPast(EXPECTED.exec(told.text)?.[1], told)) lie('field.expected', 'that moment has passed');
    for (const [sentence, button] of OFFERS)
      if (told.text.includes(sentence) && !told.buttons.some((id) => button.test(id)))
        lie(sentence, `it has no button ${button.source}`);
    if (!told.text.includes('Nothing was charged')) return;
    const charged = nothingCharged(own, {});
    if (charged !== undefined) lie('Nothing was charged', charged);
    promised.set(subject.interaction, told);
  }

  return {
    now() {
      for (const told of truth.told.slice(seen)) judgeOne(told);
      seen = truth.told.length;
      for (const [id, told] of promised) {
        const charged = billed(jobs.byId.get(id));
        if (charged.length === 0) continue;
        judge.broken(
          'no sentence lies',
          `${id} later`,
          `Message ${told.messageId} said "${told.text.replaceAll('\n', ' / ')}", and later RunComfy billed ${charged.map((request) => request.id).join(', ')} for it.`,
        );
      }
    },
  };
}
