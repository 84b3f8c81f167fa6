/** What RunComfy's catalogue says of each model, read again and again, and kept between starts. */
import type { Clock, Timer } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { SingleFlight } from '../../single-flight.ts';
import { parseModel } from '../page.ts';
import {
  afterMissingPage,
  afterPage,
  afterRefusal,
  afterTaken,
  HOUR,
  isToBeTried,
  isWatched,
  MINUTE,
  NOTHING_KEPT,
  partOfPage,
  type KeptModel,
} from './standing.ts';

/** How often it is looked what other processes have kept, and at least whether a page is due (milliseconds): over a minute. */
const LOOK_EVERY = MINUTE + 1000;

/** What a read of a model's page comes to. */
export type PageRead =
  /** The page as it came, which may say nothing that is known. */
  | { said: 'page'; page: unknown }
  /** The catalogue knows no such model. */
  | { said: 'gone' }
  /** Nothing came that says anything; `why` in English, for the log. */
  | { said: 'nothing'; why: string };

/** Reads a model's page. Never rejects. */
export type ReadPage = (id: string) => Promise<PageRead>;

/** The kept copies, by the models' ids. Both reject where the store fails. */
export interface KeptModels {
  get(id: string): Promise<KeptModel | undefined>;
  set(id: string, kept: KeptModel): Promise<void>;
}

export interface Catalogue {
  /** What is known of a model. */
  kept(id: string): KeptModel;
  /** Whether a model's page has been asked since a submit was last told that the model is gone. */
  isChecked(id: string): boolean;
  /** Whether a request may now try a model that is gone. It is told of once a minute: that one is on its way then. */
  mayTry(id: string): boolean;
  /** A submit was answered that there is no such model. */
  refused(id: string): void;
  /** A submit was taken. */
  taken(id: string): void;
  /** Takes over what is kept of a model. */
  load(id: string): Promise<void>;
  /** Reads a model's page now; `why` nothing was read, where that is so. */
  read(id: string): Promise<PageRead>;
  /** Begins reading, the kept copies first. */
  start(): void;
  /** Reads nothing more. */
  stop(): void;
}

/** What is known of a model in this process. */
interface Entry {
  kept: KeptModel;
  /** When its page was last read by this process, and whether that said anything. */
  readAt: number;
  silent: boolean;
  /** When a request was last let through to it although it is gone. */
  triedAt: number;
  timer?: Timer;
}

/**
 * @param ids - the models that are read.
 * @param shared - whether other processes may keep what they find out in the same store.
 * @param changed - is called when something else is known of a model than before, or was looked for in vain.
 */
export function createCatalogue({
  ids,
  read,
  store,
  shared = true,
  changed,
  clock,
  log,
}: {
  ids: readonly string[];
  shared?: boolean;
  read: ReadPage;
  store: KeptModels;
  changed: (id: string) => void;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
}): Catalogue {
  const entries = new Map(
    ids.map((id): [string, Entry] => [id, { kept: NOTHING_KEPT, readAt: -Infinity, silent: true, triedAt: -Infinity }]),
  );
  const reading = new SingleFlight<string, PageRead>();
  let stopped = false;

  function become(id: string, entry: Entry, kept: KeptModel): void {
    entry.kept = kept;
    changed(id);
  }

  /** Takes over what was found out, and keeps it. Without the store it is known in this process alone. */
  async function found(id: string, entry: Entry, kept: KeptModel): Promise<void> {
    become(id, entry, { ...kept, at: Math.max(clock.now(), entry.kept.at + 1) });
    try {
      await store.set(id, entry.kept);
    } catch (error) {
      log.debug({ model: id, err: error }, 'what is known of a model could not be kept');
    }
  }

  /** Takes over what was kept last, by this process or another. */
  async function adopt(id: string, entry: Entry): Promise<void> {
    try {
      const kept = await store.get(id);
      if (kept !== undefined && kept.at > entry.kept.at) become(id, entry, kept);
    } catch (error) {
      log.debug({ model: id, err: error }, 'what is kept of a model could not be read');
    }
  }

  async function readPage(id: string, entry: Entry): Promise<PageRead> {
    const answer = await read(id);
    const now = clock.now();
    entry.readAt = now;
    const says = answer.said === 'page' ? parseModel(answer.page, id) : undefined;
    entry.silent = answer.said !== 'gone' && says === undefined;
    if (answer.said === 'gone') {
      await found(id, entry, afterMissingPage(entry.kept, now));
      return answer;
    }
    if (answer.said === 'page' && says !== undefined) {
      const page = partOfPage(answer.page, says, entry.kept);
      await found(id, entry, afterPage(entry.kept, page, now));
      return answer;
    }
    const why = answer.said === 'nothing' ? answer.why : 'it says nothing that is known';
    log.debug({ model: id, why }, 'no page of a model');
    changed(id);
    return { said: 'nothing', why };
  }

  const readOnce = (id: string, entry: Entry) => reading.run(id, () => readPage(id, entry));

  /** Until a model's page is to be read again (milliseconds); below 0 where that is overdue. */
  function untilDue({ kept, readAt }: Entry): number {
    return Math.max(kept.at, readAt) + (isWatched(kept) ? MINUTE : HOUR) - clock.now();
  }

  async function look(id: string, entry: Entry, now = false): Promise<void> {
    entry.timer?.cancel();
    await adopt(id, entry);
    if (stopped) return;
    if (now || untilDue(entry) <= 0) await readOnce(id, entry);
    schedule(id, entry);
  }

  function schedule(id: string, entry: Entry): void {
    entry.timer?.cancel();
    if (stopped) return;
    // A clock that was set back must not hold it up for longer than one page.
    const wait = shared ? LOOK_EVERY : Math.min(Math.max(LOOK_EVERY, untilDue(entry)), HOUR);
    entry.timer = clock.setTimeout(() => void look(id, entry), wait);
  }

  return {
    kept: (id) => entries.get(id)?.kept ?? NOTHING_KEPT,

    isChecked(id) {
      const { kept: { refusedAt = -Infinity } = NOTHING_KEPT, readAt = 0 } = entries.get(id) ?? {};
      return readAt >= refusedAt;
    },

    mayTry(id) {
      const entry = entries.get(id);
      const now = clock.now();
      if (!entry?.silent || !isToBeTried(entry.kept, now) || now - entry.triedAt < MINUTE) return false;
      entry.triedAt = now;
      return true;
    },

    refused(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      log.warn({ model: id }, 'RunComfy says that it has no such model');
      void found(id, entry, afterRefusal(entry.kept, clock.now())).then(() => look(id, entry, true));
    },

    taken(id) {
      const entry = entries.get(id);
      if (entry !== undefined && (isWatched(entry.kept) || entry.kept.refusals > 0)) {
        void found(id, entry, afterTaken(entry.kept));
      }
    },

    async load(id) {
      const entry = entries.get(id);
      if (entry !== undefined) await adopt(id, entry);
    },

    read(id) {
      const entry = entries.get(id);
      return entry === undefined ? read(id) : readOnce(id, entry);
    },

    start() {
      for (const [id, entry] of entries) void look(id, entry, true);
    },

    stop() {
      stopped = true;
      for (const { timer } of entries.values()) timer?.cancel();
    },
  };
}
