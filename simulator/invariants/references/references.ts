/** Pictures to start from: RunComfy is sent those that were given and no others, and what is private is shown to nobody else. */
import { BEGIN } from '../../kernel/virtual-time.ts';
import type { RequestTruth, Told, Truth } from '../../world/truth.ts';
import type { Tolerance } from '../clocks.ts';
import { madeBy } from '../galleries/made.ts';
import type { Jobs, KnownJob } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { createGivenWith } from './given.ts';
import { wrongWith, type Sayings } from './sayings.ts';

const list = (pictures: readonly (string | undefined)[]) =>
  pictures.length === 0 ? 'none' : pictures.map((picture) => picture ?? 'what is none of Discord’s').join(', ');

export function judgeReferences({
  truth,
  jobs,
  tolerance,
  isReadable,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  tolerance: Tolerance;
  /** Whether nothing keeps the bot from reading a message of its own at a moment. */
  isReadable: Sayings['isReadable'];
  judge: Judge;
}) {
  const givenWith = createGivenWith(truth, jobs);
  let requests = 0;
  let told = 0;

  /** Those whom a picture is for, where it is not for all; found by the private requests that it was given with. */
  const ownerOf = new Map<string, string>();
  let interactions = 0;

  function noteOwners(): void {
    if (truth.interactions.size === interactions) return;
    interactions = truth.interactions.size;
    for (const { options, gives, member } of truth.interactions.values())
      if (options['private'] === true) for (const { picture } of gives) ownerOf.set(picture, member);
  }

  /** Who alone may see a picture; `undefined`: everybody. */
  function ownerOfPicture(picture: string): string | undefined {
    const own = ownerOf.get(picture);
    if (own !== undefined || !picture.includes('/')) return own;
    const job = madeBy(jobs).get(picture)?.job;
    return job?.private === true ? job.member : undefined;
  }

  function judgeSent({ id, at, references }: RequestTruth, job: KnownJob): void {
    const given = givenWith(job.id);
    if (given === undefined) return;
    const [wanted, sent] = [list(given.map(({ picture }) => picture)), list(references.map(({ picture }) => picture))];
    if (wanted !== sent)
      judge.broken(
        'what was given is sent',
        id,
        `Request ${id} of job ${job.id} was sent to start from ${sent}; its member gave ${wanted}.`,
      );
    for (const [index, { served, picture = '' }] of references.entries()) {
      const until = given[index]?.until() ?? Infinity;
      const owner = ownerOfPicture(picture);
      if (owner !== undefined && owner !== job.member)
        judge.broken(
          'private stays private',
          `${id} ${picture}`,
          `Request ${id} of job ${job.id} starts from ${picture}, which is private to somebody else.`,
        );
      // What was deleted a moment ago is not known to be so; an address says itself when it expires.
      if (served || Math.abs(at - until) <= tolerance.told(at)) continue;
      if (tolerance.clocks(at) > 0) continue;
      if (isExpired(references[index]?.address ?? '', at))
        judge.broken(
          'an address that has expired is not sent',
          id,
          `Request ${id} of job ${job.id} was sent the address of ${picture}, which had expired by then.`,
        );
    }
  }

  function judgeShown({ messageId, interaction, onlyFor, references }: Told): void {
    // A refusal, which gives back what it was to start from, is seen by one person alone.
    if (onlyFor === undefined && jobs.byId.get(interaction ?? '')?.spoiler === true)
      judge.broken(
        'what is made was asked for',
        `${messageId} spoiler`,
        `Message ${messageId} shows all ${references.join(', ')}, and what starts from that is to be hidden.`,
      );
    for (const picture of references) {
      const owner = ownerOfPicture(picture);
      if (owner !== undefined && onlyFor !== owner)
        judge.broken(
          'private stays private',
          `${messageId} ${picture}`,
          `Message ${messageId} shows others ${picture}, which was given in private.`,
        );
    }
  }

  function judgeSaid(each: Told): void {
    const { interaction = '', messageId, text } = each;
    const given = interaction === '' ? undefined : givenWith(interaction);
    if (given === undefined) return;
    const wrong = wrongWith(each, { given, truth, jobs, tolerance, isReadable });
    if (wrong !== undefined)
      judge.broken(
        'no sentence lies',
        `${interaction} ${wrong.key}`,
        `Message ${messageId} says "${text.replaceAll('\n', ' / ')}" (${wrong.key}), but ${wrong.why}.`,
      );
  }

  return {
    now() {
      noteOwners();
      for (const request of truth.requests.slice(requests)) {
        const job = [...jobs.byId.values()].find((each) => each.requests.includes(request));
        if (job !== undefined) judgeSent(request, job);
      }
      requests = truth.requests.length;
      for (const each of truth.told.slice(told)) {
        if (each.references.length > 0) judgeShown(each);
        judgeSaid(each);
      }
      told = truth.told.length;
    },
  };
}

/** Whether an address says that it has expired at a moment (milliseconds since the epoch). */
function isExpired(address: string, at: number): boolean {
  const written = URL.parse(address)?.searchParams.get('ex') ?? '';
  return at > BEGIN && Number.parseInt(written, 16) * 1000 <= at;
}
