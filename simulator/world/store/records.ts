/** The records of one namespace as keyv's adapter: what SQLite and Redis do, over the contents in memory. */
import type { RecordsAdapter } from '../../../src/services/storage/records.ts';
import { LostClaimError, type Claim } from '../../../src/services/storage/storage.ts';
import type { Connection } from './connection.ts';
import type { Contents, StoredText } from './contents.ts';

/** How many records one call of a listing reads. */
const PAGE = 200;

/**
 * @param claimed - whether there are claims, under which records are written.
 * @param now - by whose time a record has expired: the process's own, or the server's (milliseconds since the epoch).
 */
export function createRecordsAdapter({
  namespace,
  contents,
  connection,
  claimed = false,
  now,
}: {
  namespace: string;
  claimed?: boolean;
  contents: Contents;
  connection: Connection;
  now: () => number;
}): RecordsAdapter {
  const space = contents.records(namespace);

  const isLive = ({ expires }: StoredText) => expires === undefined || expires > now();

  function find(id: string): string | undefined {
    const found = space.get(id);
    return found !== undefined && isLive(found) ? found.text : undefined;
  }

  function remove(id: string): boolean {
    const lived = find(id) !== undefined;
    space.delete(id);
    return lived;
  }

  function put(id: string, text: string, ttl: number | undefined): void {
    space.set(id, { text, expires: ttl === undefined || ttl === 0 ? undefined : now() + ttl });
  }

  function confirm({ jobId, holder }: Claim): void {
    if (!contents.claims.holds(jobId, holder)) {
      throw new LostClaimError(`Another process has taken over job ${jobId}`);
    }
  }

  const write = <T>(what: string, id: string, act: () => T): Promise<T> =>
    connection.write(`${what} ${namespace}`, id, act);

  const adapter: RecordsAdapter = {
    // keyv offers its iterator only for the dialects it knows.
    opts: { dialect: 'sqlite' },
    namespace,
    on: () => adapter,
    get: (id) => connection.read(`get ${namespace}`, id, () => find(id) as never),
    getMany: (ids) => connection.read(`get ${namespace}`, ids.join(), () => ids.map(find) as never),
    has: (id) => connection.read(`get ${namespace}`, id, () => find(id) !== undefined),
    set: (id, text: unknown, ttl) =>
      write('set', id, () => {
        put(id, String(text), ttl);
        return true;
      }),
    delete: (id) => write('delete', id, () => remove(id)),
    deleteMany: (ids) => write('delete', ids.join(), () => ids.map(remove).includes(true)),
    clear: () =>
      write('clear', '', () => {
        space.clear();
      }),
    async *iterator() {
      let after: string | undefined;
      for (;;) {
        const from = after;
        const page = await connection.read(`list ${namespace}`, from ?? '', () => pageAfter(from));
        for (const [id, text] of page) yield [id, text];
        after = page.at(-1)?.[0];
        if (page.length < PAGE) return;
      }
    },
    disconnect: () => Promise.resolve(),
    ...(claimed && { claimed: claimedWrites() }),
  };

  function claimedWrites(): NonNullable<RecordsAdapter['claimed']> {
    return {
      set: (id, text, ttl, claim) =>
        write('set', id, () => {
          confirm(claim);
          put(id, text, ttl);
        }),
      delete: (id, claim, release) =>
        write('delete', id, () => {
          confirm(claim);
          if (release) contents.claims.release(claim.jobId, claim.holder);
          return remove(id);
        }),
      retake: (id, text, { jobId, holder }) =>
        write('retake', id, () => {
          if (find(id) !== text) return false;
          contents.claims.give(jobId, holder);
          return true;
        }),
    };
  }

  function pageAfter(after: string | undefined): [string, string][] {
    const ids = [...space.keys()].filter((id) => after === undefined || id > after).sort();
    const page: [string, string][] = [];
    for (const id of ids) {
      const text = find(id);
      if (text !== undefined) page.push([id, text]);
      if (page.length === PAGE) break;
    }
    return page;
  }

  return adapter;
}
