/** Whoever asked to be told that a job is done is told by one direct message, and nobody else is. */
import type { Act } from '../../plan.ts';
import type { MessageTruth, Truth } from '../../world/truth.ts';
import { closedToDirectMessages, type IsCalm } from '../calm.ts';
import { madeBy } from '../galleries/made.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { sentencesIn } from '../sentences.ts';

/** How long the message may take where nothing is wrong (milliseconds). */
const TOLD_WITHIN = 60_000;

/** States of a job that is over, of which its member hears: who cancelled knows. */
const OVER = new Set(['delivered', 'failed', 'unknown']);

const LINK = /https:\/\/discord\.com\/channels\/(\d+)\/(\d+)\/(\d+)/;

interface Wish {
  member: string;
  /** When it was told that it is noted; `undefined`: it was not. */
  notedAt: number | undefined;
}

export function judgeDoneTold({
  truth,
  jobs,
  acts,
  isCalm,
  judge,
}: {
  truth: Truth;
  jobs: Jobs;
  acts: readonly Act[];
  isCalm: IsCalm;
  judge: Judge;
}) {
  const closed = closedToDirectMessages(acts);
  const says = (text: string, ...keys: string[]) => sentencesIn(text).some(({ key }) => keys.includes(key));

  function wishes(): Map<string, Wish[]> {
    const answers = new Map(
      truth.told.flatMap(({ interaction, at, text }) =>
        interaction !== undefined && says(text, 'tell.noted') ? [[interaction, at] as const] : [],
      ),
    );
    const presses = [...truth.interactions.values()].filter(({ name }) => name.startsWith('tell:'));
    const all = presses.map(({ id, name, member }) => ({ jobId: name.slice('tell:'.length), id, member }));
    return new Map(
      [...Map.groupBy(all, ({ jobId }) => jobId)].map(([jobId, own]) => [
        jobId,
        own.map(({ id, member }) => ({ member, notedAt: answers.get(id) })),
      ]),
    );
  }

  /** The direct messages that say so, by the job that each names as what makes it one and the same. */
  function saidOf(): Map<string, MessageTruth[]> {
    const texts = new Map(truth.told.map(({ messageId, text }) => [messageId, text]));
    const said = [...truth.messages.values()].filter(
      ({ id, guild, interaction }) =>
        guild === undefined && interaction === undefined && says(texts.get(id) ?? '', 'tell.done', 'tell.ended'),
    );
    return Map.groupBy(said, ({ nonce = '' }) => nonce.split('-')[0] ?? '');
  }

  /** They are led to where the pictures are: not to a message that never had any, while another one has been seen with some. */
  function judgeLed(jobId: string, { id: notice }: MessageTruth): void {
    const { at, text } = truth.told.find(({ messageId }) => messageId === notice) ?? { at: 0, text: '' };
    const [link, guild, channel, id = ''] = LINK.exec(text) ?? [];
    if (link === undefined || !says(text, 'tell.done')) return;
    const target = truth.messages.get(id);
    const made = madeBy(jobs);
    const shows = truth.told.filter(
      (told) => told.at < at && told.heard === true && made.get(told.pictures[0] ?? '')?.job.id === jobId,
    );
    const [first] = shows;
    const isThere = target?.guild === guild && target?.channel === channel;
    if (first === undefined || (isThere && shows.some(({ messageId }) => messageId === id))) return;
    if (!isCalm(first.at - TOLD_WITHIN, at)) return;
    judge.broken(
      'who asked is told once',
      `${jobId} link`,
      `Who asked for job ${jobId} was led to ${link}, and its pictures were in message ${first.messageId}.`,
    );
  }

  return {
    atEnd() {
      const asked = wishes();
      const said = saidOf();
      for (const [jobId, messages] of said) {
        for (const message of messages) judgeLed(jobId, message);
        const members = asked.get(jobId)?.map(({ member }) => member) ?? [];
        if (messages.some(({ quiet }) => !quiet))
          judge.broken(
            'nobody is pinged',
            jobId,
            `The direct message about the end of job ${jobId} notifies its member.`,
          );
        const stranger = messages.find(({ onlyFor }) => !members.includes(onlyFor ?? ''));
        if (messages.length > 1 || stranger !== undefined)
          judge.broken(
            'who asked is told once',
            jobId,
            `The end of job ${jobId} was told by ${messages.length} direct messages, and ${stranger === undefined ? 'one is enough' : 'nobody there had asked for it'}.`,
          );
      }
      const { finished } = truth.jobs();
      for (const record of finished) {
        const { id } = record;
        const { name } = record['state'] as { name: string };
        if (name === 'cancelled' && said.has(id))
          judge.broken(
            'who asked is told once',
            id,
            `Job ${id} was cancelled, and its end was told by direct message.`,
          );
        const noted = (asked.get(id) ?? []).filter(
          ({ member, notedAt }) => notedAt !== undefined && !closed.has(member),
        );
        const since = Math.min(...noted.map(({ notedAt = Infinity }) => notedAt));
        if (noted.length === 0 || said.has(id) || !OVER.has(name)) continue;
        const last = truth.told.findLast(({ interaction }) => interaction === id)?.at ?? since;
        if (!isCalm(since - TOLD_WITHIN, Math.max(since, last) + TOLD_WITHIN)) continue;
        judge.broken(
          'who asked is told once',
          id,
          `The member of job ${id} was promised a direct message when it is done; it is ${name}, and none came.`,
        );
      }
    },
  };
}
