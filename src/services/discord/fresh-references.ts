/** Fresh addresses of references: Discord's hold for about a day, and each read of a message signs them anew. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { holds, isSameFile, type Reference } from '../references/references.ts';
import { faultOf } from './faults.ts';

/**
 * An address that expires within this is made fresh (milliseconds): RunComfy may fetch it only once a request's turn in the
 * queue has come.
 */
const FRESH_FOR = 2 * 60 * 60_000;

/** What became of a job's references. */
type FreshReferences =
  /** They hold; the same list where none has changed. */
  | { outcome: 'ready'; references: readonly Reference[] }
  /** One of them (its place from 1) cannot be had any more. */
  | { outcome: 'gone'; number: number }
  /** Discord does not say now. */
  | { outcome: 'trouble' };

export interface ReferenceReader {
  /**
   * Makes addresses fresh that expire soon. Only messages of the bot's own are read: without the message content intent
   * others show no attachments. Never rejects.
   */
  fresh(references: readonly Reference[]): Promise<FreshReferences>;
}

const file = z.object({ url: z.string() });
const messageSchema = z.object({
  attachments: z.array(file).catch([]),
  embeds: z.array(z.object({ image: file.nullish().catch(undefined) })).catch([]),
});

/** @param botRest - for calls by the bot's token. */
export function createReferenceReader({
  botRest,
  clock,
  log,
}: {
  botRest: Pick<REST, 'get'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): ReferenceReader {
  /** The addresses in a message as Discord signs them now; none where it, or the way to it, is gone. */
  async function addressesIn({ channelId, messageId }: NonNullable<Reference['place']>): Promise<string[] | undefined> {
    try {
      const answer = messageSchema.parse(await botRest.get(Routes.channelMessage(channelId, messageId)));
      return [...answer.attachments, ...answer.embeds.flatMap(({ image }) => image ?? [])].map(({ url }) => url);
    } catch (error) {
      if (faultOf(error) !== 'trouble') return [];
      log.debug({ message: messageId, err: error }, "a message's pictures could not be read");
      return undefined;
    }
  }

  const isDue = ({ url, place }: Reference) => place !== undefined && !holds(url, clock.now() + FRESH_FOR);

  return {
    async fresh(references) {
      const places = new Map(references.filter(isDue).map(({ place }) => [place?.messageId, place] as const));
      const read = new Map<string | undefined, readonly string[] | undefined>();
      for (const [messageId, place] of places) read.set(messageId, place && (await addressesIn(place)));
      const fresh: Reference[] = [];
      for (const [index, reference] of references.entries()) {
        const { url, place } = reference;
        const addresses = read.get(place?.messageId);
        const anew = addresses?.find((address) => isSameFile(address, url));
        if (anew !== undefined && anew !== url) fresh.push({ ...reference, url: anew });
        else if (holds(url, clock.now())) fresh.push(reference);
        else if (isDue(reference) && addresses === undefined) return { outcome: 'trouble' };
        else return { outcome: 'gone', number: index + 1 };
      }
      const hasChanged = fresh.some((each, index) => each !== references[index]);
      return { outcome: 'ready', references: hasChanged ? fresh : references };
    },
  };
}
