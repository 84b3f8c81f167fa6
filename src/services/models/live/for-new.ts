/** The model that a new request is made with. */
import type { Profile } from '../profile.ts';
import type { Models, NoOffer, Offer } from './offer.ts';

/**
 * @param editingOf - the model that takes references for one that the bot is set to.
 * @param meantBy - the model, of those that the bot is set to, that an id means.
 * @param mayAsk - whether a model can be asked now, or may be tried. It is asked of a model that is about to be.
 */
export function createForNew({
  ids,
  references,
  find,
  byId,
  editingOf,
  meantBy,
  isGone,
  mayAsk,
}: {
  ids: readonly string[];
  references: boolean;
  find: (id: string) => Profile | undefined;
  byId: (id: string) => Offer | undefined;
  editingOf: (id: string) => string | undefined;
  meantBy: (id: string) => string | undefined;
  isGone: (id: string) => boolean;
  mayAsk: (id: string) => boolean;
}): Models['forNew'] {
  const nameOf = (id = '') => find(id)?.name ?? id;
  const needsReferences = (id: string) => (find(id)?.references?.min ?? 0) > 0;

  /** The first of these that can be asked. */
  function firstOf(meant: readonly string[]): Offer | undefined {
    const found = meant.find(mayAsk);
    return found === undefined ? undefined : byId(found);
  }

  function forText(named: string | undefined): Offer | NoOffer {
    const meant = named !== undefined && !isGone(named) ? [named] : ids;
    const takingNone = meant.filter((each) => !needsReferences(each));
    if (takingNone.length === 0) return { refused: 'picturesOnly', name: nameOf(meant[0]) };
    return firstOf(takingNone) ?? { refused: takingNone.every(isGone) ? 'gone' : 'unmet' };
  }

  function forReferences(named: string | undefined): Offer | NoOffer {
    if (!references) return { refused: 'off' };
    const own = named === undefined ? undefined : editingOf(named);
    if (named !== undefined && own === undefined) return { refused: 'textOnly', name: nameOf(named) };
    const meant = own !== undefined && !isGone(own) ? [own] : ids.flatMap((each) => editingOf(each) ?? []);
    if (meant.length === 0) return { refused: 'textOnly', name: nameOf(ids[0]) };
    return firstOf(meant) ?? { refused: meant.every(isGone) ? 'editingGone' : 'unmet' };
  }

  return (id, asked = { references: false }) => {
    const named = id === undefined ? undefined : meantBy(id);
    return asked.references ? forReferences(named) : forText(named);
  };
}
