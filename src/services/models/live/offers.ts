/** The models that the bot is set to, from what their catalogue says of them now. */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { buildBody } from '../body.ts';
import type { Fitted } from '../fit-profile.ts';
import { parseModel, type ModelPage } from '../page.ts';
import type { Profile } from '../profile.ts';
import { writtenProfile } from '../profiles/profiles.ts';
import { createCatalogue, type KeptModels, type ReadPage } from './catalogue.ts';
import { createForNew } from './for-new.ts';
import { describeProblem, knowModel, pricePerImage, type KnowModel } from './known.ts';
import type { Models, ModelTrouble, Offer } from './offer.ts';

/** US dollars a picture of a model of which nothing is known: the upstream list price of Seedream 4.0. */
const PRICE_USD = 0.03;

/** What a page came to. */
interface Known {
  /** The page, to know whether it has changed. */
  source: string;
  page: ModelPage | undefined;
  fitted: Fitted | undefined;
}

/**
 * @param ids - in order.
 * @param references - whether pictures are taken to start from: then the siblings for editing are known as well.
 * @param priceUsd - what the host says a picture costs, in US dollars; the catalogue's price, or the profile's, where it is left out.
 * @param store - the kept copies.
 * @param shared - whether other processes may keep what they find out in the same store.
 * @param onTrouble - hears what the host must; more than once of the same, where that lasts.
 */
export function createModels({
  ids,
  references = false,
  priceUsd,
  read,
  store,
  shared = true,
  know = knowModel,
  onTrouble,
  clock,
  log,
}: {
  ids: readonly string[];
  references?: boolean;
  priceUsd: number | undefined;
  read: ReadPage;
  store: KeptModels;
  shared?: boolean;
  know?: KnowModel;
  onTrouble: (trouble: ModelTrouble) => void;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
}): Models {
  const siblings = references ? ids.flatMap((id) => writtenProfile(id)?.editing ?? []) : [];
  const all = [...new Set([...ids, ...siblings])];
  const known = new Map<string, Known>(all.map((id) => [id, knownFrom(id, undefined)]));
  const listeners: (() => void)[] = [];
  const told = new Map<string, string>();
  let shown = '';

  function knownFrom(id: string, kept: unknown): Known {
    const page = kept === undefined ? undefined : parseModel(kept, id);
    return { source: JSON.stringify(kept ?? null), page, fitted: know(id, page) };
  }

  const isGone = (id: string) => catalogue.kept(id).goneSince !== undefined;
  const isMet = (id: string) => known.get(id)?.fitted?.problems.length === 0;
  const isOffered = (id: string) => !isGone(id) && isMet(id);
  const priceFrom = (profile: Profile, page: ModelPage | undefined) => priceUsd ?? pricePerImage(profile, page);

  function find(id: string): Profile | undefined {
    return (known.get(id)?.fitted ?? know(id, undefined))?.profile;
  }

  /** The model that takes references for one that the bot is set to. */
  function editingOf(id: string): string | undefined {
    return references ? known.get(id)?.fitted?.profile.editing : undefined;
  }

  /** The model of those that the bot is set to that is meant by an id, which may be that of its sibling for editing. */
  function meantBy(id: string): string | undefined {
    return ids.includes(id) ? id : ids.find((each) => editingOf(each) === id);
  }

  function byId(id: string): Offer | undefined {
    const { fitted, page } = known.get(id) ?? {};
    if (fitted === undefined) return undefined;
    const { profile, check } = fitted;
    const editing = editingOf(id);
    const picturesPerRequest = profile.number?.max ?? 1;
    return {
      profile,
      ids: [...new Set([id, meantBy(id) ?? id, editing ?? id])],
      editing: editing !== undefined && isOffered(editing) ? editing : undefined,
      priceUsd: priceFrom(profile, page),
      picturesPerRequest,
      imagesPerJob: profile.imagesPerJob,
      // A job of more becomes several requests.
      check: (request) => check(buildBody(profile, { ...request, count: Math.min(request.count, picturesPerRequest) })),
    };
  }

  function offered(): Offer[] {
    return ids.filter(isOffered).flatMap((id) => byId(id) ?? []);
  }

  /** Tells what the host must hear of a model: that it is gone once its page was asked as well. */
  function tell(id: string): void {
    const { profile: { name } = { name: id }, problems = [] } = known.get(id)?.fitted ?? {};
    const since = catalogue.isChecked(id) ? catalogue.kept(id).goneSince : undefined;
    const next = ids.find(isOffered);
    const model = { id, name, editsOnly: !ids.includes(id) };
    const troubles: ModelTrouble[] = [
      ...(since === undefined ? [] : [{ kind: 'gone' as const, ...model, since, next }]),
      ...problems.slice(0, 1).map((problem) => ({ kind: 'unmet' as const, ...model, problem })),
    ];
    const now = JSON.stringify(troubles);
    if (now === told.get(id)) return;
    told.set(id, now);
    for (const trouble of troubles) onTrouble(trouble);
  }

  /** What is seen of the models from outside, to know whether it has changed. */
  function show(): string {
    const each = all.map((id) => [isOffered(id), known.get(id)?.fitted?.problems, byId(id)]);
    return JSON.stringify(each);
  }

  function changed(id: string): void {
    const { page } = catalogue.kept(id);
    const before = known.get(id);
    if (JSON.stringify(page ?? null) !== before?.source) known.set(id, knownFrom(id, page));
    tell(id);
    const now = show();
    if (now === shown) return;
    shown = now;
    log.info({ model: id, offered: isOffered(id) }, 'what is known of a model has changed');
    for (const listener of listeners) listener();
  }

  const catalogue = createCatalogue({ ids: all, read, store, shared, changed, clock, log });
  shown = show();

  /** The sentence that ends the start, where nobody knows how to ask a model. */
  async function prepareModel(id: string): Promise<string | undefined> {
    if (isMet(id)) return undefined;
    await catalogue.load(id);
    if (isMet(id)) return undefined;
    const answer = await catalogue.read(id);
    if (isMet(id)) return undefined;
    const [problem] = known.get(id)?.fitted?.problems ?? [];
    const why =
      problem !== undefined
        ? describeProblem(problem)
        : answer.said === 'gone'
          ? 'RunComfy has no such model'
          : `the bot knows it by its page alone, and that could not be read (${answer.said === 'nothing' ? answer.why : 'it names no fields'})`;
    return `RUNCOMFY_MODELS names ${id}: ${why}. npm run doctor -- --model ${id} shows more.`;
  }

  const forNew = createForNew({
    ids,
    references,
    find,
    byId,
    editingOf,
    meantBy,
    isGone,
    mayAsk: (id) => isOffered(id) || (isMet(id) && catalogue.mayTry(id)),
  });

  return {
    offered,
    default: () => offered()[0],
    byId,
    standing: () => ids.map((id) => ({ id, offered: isOffered(id), editing: editingOf(id) })),
    forNew,

    find,

    priceOf(id) {
      const profile = find(id);
      return profile === undefined ? (priceUsd ?? PRICE_USD) : priceFrom(profile, known.get(id)?.page);
    },

    refused: (id) => {
      catalogue.refused(id);
    },
    taken: (id) => {
      catalogue.taken(id);
    },

    unmet(id, problems) {
      const name = byId(id)?.profile.name ?? id;
      for (const { field, sentence } of problems.slice(0, 1)) {
        const problem = { field, why: 'refused' as const, sentence };
        onTrouble({ kind: 'unmet', id, name, editsOnly: !ids.includes(id), problem });
      }
    },

    onChange: (listener) => void listeners.push(listener),

    async prepare() {
      const [sentence] = (await Promise.all(ids.map(prepareModel))).filter((each) => each !== undefined);
      return sentence;
    },

    start: () => {
      catalogue.start();
    },
    stop: () => {
      catalogue.stop();
    },
  };
}
