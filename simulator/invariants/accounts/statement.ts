/** The host's statement is RunComfy's bill: what is billed stands in it once, and nothing else is said to be. */
import type { JobRecord, RequestTruth, ReservationTruth, StatementTruth, Truth } from '../../world/truth.ts';
import type { IsCalm } from '../calm.ts';
import type { Tolerance } from '../clocks.ts';
import { requestsIn, type Jobs, type KnownJob, type RecordedRequest } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { filedBy, isErasure } from '../guilds/erased.ts';
import { isBilled } from '../money.ts';

/** What became of requests that were given up is asked every hour; an answer is there soon after (milliseconds). */
const ASKED_WITHIN = 62 * 60_000;

/** Spans are looked at from moments so far apart (milliseconds). */
const LOOKED_EVERY = 10 * 60_000;

/** Failures of which nobody can say whether they were billed. */
const UNCLEAR = new Set(['deadline', 'unreadable']);

const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);
const sum = <T>(all: readonly T[], of: (each: T) => number) => all.reduce((total, each) => total + of(each), 0);

/** Millionths of a US dollar that requests cost. */
const costOf = (requests: readonly RequestTruth[]) =>
  sum(requests, ({ asked, price }) => asked * Math.round(price * 1e6));

/** A job that counts in a month, as far as it is known. */
interface Entry {
  reservation: ReservationTruth;
  job: KnownJob | undefined;
  /** Gone where its member had it deleted. */
  record: JobRecord | undefined;
}

const isUnclear = ({ state }: RecordedRequest) => state.name === 'unknown' || UNCLEAR.has(state.failure ?? '');
const isMade = ({ state }: RecordedRequest) => state.name === 'completed' || state.failure === 'no_pictures';

export function judgeStatement({
  truth,
  jobs,
  isCalm,
  isKept,
  tolerance,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  isCalm: IsCalm;
  /** Whether whatever a process heard between two moments could be written down. */
  isKept: IsCalm;
  tolerance: Pick<Tolerance, 'clocks'>;
  judge: Judge;
}) {
  function differs(where: string, what: string, said: number, true_: number | string): void {
    judge.broken(
      'the statement is the bill',
      `${where} ${what}`,
      `The statement of ${where} has ${said} ${what}, and it should have ${true_}.`,
    );
  }

  /** Whether who asked for a job may have had its record deleted. */
  function hasErased({ jobId, member }: ReservationTruth): boolean {
    const asked = truth.interactions.get(jobId)?.member ?? member;
    return [...truth.interactions.values()].some((each) => each.member === asked && each.name.startsWith('erasenow:'));
  }

  /** Whether who asked for a job was told since then that everything is deleted. */
  function wasToldErased({ jobId, member, at }: ReservationTruth): boolean {
    const asked = truth.interactions.get(jobId)?.member ?? member;
    // What goes on is not deleted.
    const filed = filedBy(jobs.byId.get(jobId));
    return truth.told.some(({ interaction = '', text, at: toldAt }) => {
      const { name = '', member: by } = truth.interactions.get(interaction) ?? {};
      return by === asked && toldAt > Math.max(at, filed) && isErasure(name, text);
    });
  }

  /** Requests that RunComfy took of a job, of those that its record says this of. */
  function takenOf({ record, job }: Entry, is: (recorded: RecordedRequest) => boolean): RequestTruth[] {
    const numbers = new Set((record ? requestsIn(record) : []).filter(is).map(({ number }) => number));
    return job?.requests.filter((request) => numbers.has(jobs.numberOf(request) ?? 0)) ?? [];
  }

  /** Pictures: those that the limits count, and of those whose records are there what was freed. */
  function judgePictures(where: string, shares: StatementTruth['shares'], entries: readonly Entry[]): void {
    const counted = sum(entries, ({ reservation: { state, images } }) => (state === 'settled' ? images : 0));
    const pictures = sum(shares, (share) => share.pictures);
    if (pictures !== counted) differs(where, 'pictures', pictures, counted);
    const asked = sum(entries, ({ record }) => Number(record?.['count'] ?? 0));
    const all = pictures + sum(shares, ({ freed }) => freed);
    const isWhole = entries.every(({ record, reservation }) => record !== undefined || !hasErased(reservation));
    if (all < asked || (isWhole && all > asked)) differs(where, 'pictures that were asked for', all, asked);
  }

  /** Money: nothing that was billed is missing, and nothing is said to be billed that was not. */
  function judgeMoney(where: string, shares: StatementTruth['shares'], entries: readonly Entry[]): void {
    const bill = costOf(entries.flatMap(({ job }) => job?.requests.filter(isBilled) ?? []));
    const sure = sum(shares, ({ billed, untold }) => billed + untold);
    const perhaps = sure + sum(shares, ({ unknown }) => unknown);
    if (sure > bill) differs(where, 'millionths of a dollar for sure', sure, `at most ${bill}`);
    if (perhaps < bill) differs(where, 'millionths of a dollar in all', perhaps, `at least ${bill}`);
    const told = costOf(entries.flatMap((entry) => takenOf(entry, isMade).filter(({ tellsCost }) => tellsCost)));
    const billed = sum(shares, (share) => share.billed);
    if (billed < told) differs(where, 'millionths of a dollar as RunComfy said', billed, `at least ${told}`);
  }

  /** A share is of one model, whose price is known where RunComfy ever took a request to it. */
  function judgePrices(where: string, shares: StatementTruth['shares']): void {
    for (const { model, pictures, estimated } of shares) {
      const price = truth.requests.find((request) => request.model === model)?.price;
      const cost = pictures * Math.round((price ?? 0) * 1e6);
      if (price !== undefined && estimated !== cost)
        differs(where, `millionths of a dollar for ${pictures} pictures of ${model}`, estimated, cost);
    }
  }

  /** What a member is said to have had is what counts for them. */
  function judgeMembers(where: string, shares: StatementTruth['shares'], entries: readonly Entry[]): void {
    // What a member was told is deleted has no name any more.
    const erased = new Set(
      entries.flatMap(({ reservation, record }) =>
        record === undefined && wasToldErased(reservation) ? [reservation.jobId] : [],
      ),
    );
    for (const [member, own] of Map.groupBy(shares, ({ userId }) => userId)) {
      if (member === undefined) continue;
      const theirs = entries.filter(({ reservation: { jobId, state, member: named } }) => {
        const asked = truth.interactions.get(jobId)?.member ?? named;
        return state === 'settled' && asked === member && !erased.has(jobId);
      });
      const counted = sum(theirs, ({ reservation }) => reservation.images);
      const pictures = sum(own, (share) => share.pictures);
      if (pictures > counted) differs(where, `pictures of member ${member}`, pictures, `at most ${counted}`);
    }
  }

  /** What is to be claimed is unclear, all of it, and is asked for as long as RunComfy may know. */
  function judgeClaims(where: string, statement: StatementTruth, entries: readonly Entry[]): void {
    const claims = Map.groupBy(statement.claims, ({ jobId }) => jobId);
    for (const entry of entries) {
      const { record, reservation } = entry;
      const own = claims.get(reservation.jobId) ?? [];
      if (record === undefined) continue;
      const unclear = requestsIn(record).filter(isUnclear);
      const most = sum(unclear, ({ images }) => images);
      const withoutId = sum(unclear, ({ state, images }) => (state.requestId === undefined ? images : 0));
      const said = sum(own, ({ images }) => images);
      if (said > most || said < withoutId)
        differs(where, `pictures of unknown fate of job ${reservation.jobId}`, said, `${withoutId} to ${most}`);
      const { endedAt } = record;
      for (const { requestId } of own) {
        if (requestId !== undefined) judgeAsked(requestId, Number(endedAt));
        const request = truth.requests.find(({ id }) => id === requestId);
        if (request?.endedAt === undefined || !request.tellsCost || request.forgottenAt !== undefined) continue;
        const since = Math.max(request.endedAt, Number(endedAt));
        if (since + ASKED_WITHIN > truth.endedAt() || !isCalm(since, since + ASKED_WITHIN)) continue;
        judge.broken(
          'the statement is the bill',
          request.id,
          `The statement does not know what request ${request.id} was billed, and RunComfy has told it for an hour.`,
        );
      }
    }
  }

  /** Of a request of unknown fate RunComfy is asked every hour, by whichever process, whatever it answers. */
  function judgeAsked(requestId: string, endedAt: number): void {
    const asked = truth.calls.filter(({ name, subject }) => name === 'result' && subject === requestId);
    // Its record says when it ended by a machine's clock, which may have been set back.
    const begin = endedAt + tolerance.clocks(truth.endedAt()) + LOOKED_EVERY;
    for (let from = begin; from + ASKED_WITHIN < truth.endedAt(); from += LOOKED_EVERY) {
      const until = from + ASKED_WITHIN;
      if (!isKept(from, until) || asked.some(({ at }) => at >= from && at <= until)) continue;
      judge.broken(
        'the statement is the bill',
        `${requestId} asked`,
        `The statement does not know what request ${requestId} was billed, and nobody asked RunComfy for an hour from ${from} on.`,
      );
    }
  }

  return {
    atEnd() {
      const { finished } = truth.jobs();
      const records = new Map(finished.map((record) => [record.id, record]));
      const all = truth.reservations().map((reservation): Entry => {
        const { jobId } = reservation;
        return { reservation, job: jobs.byId.get(jobId), record: records.get(jobId) };
      });
      for (const [month, statement] of truth.statement()) {
        const entries = all.filter(({ reservation }) => monthOf(reservation.at) === month);
        const guilds = new Set([...statement.shares.map(({ guildId }) => guildId), ...entries.map(guildOf)]);
        for (const guild of guilds) {
          const where = `${month} of server ${guild}`;
          const shares = statement.shares.filter(({ guildId }) => guildId === guild);
          const own = entries.filter((entry) => guildOf(entry) === guild);
          judgePictures(where, shares, own);
          judgeMoney(where, shares, own);
          judgePrices(where, shares);
          judgeMembers(where, shares, own);
          judgeClaims(where, statement, own);
        }
      }
    },
  };
}

const guildOf = ({ reservation }: Entry) => reservation.guild;
