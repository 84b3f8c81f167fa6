/** What is known of a model by its page, found out once for all starts: compiling its schema takes milliseconds. */
import { knowModel, type KnowModel } from '../../src/services/models/models.ts';

const known = new Map<string, ReturnType<KnowModel>>();

/** Pages that are remembered at most; a history has a few of each model. */
const KNOWN_MOST = 200;

export const rememberModel: KnowModel = (id, page) => {
  const source = `${id} ${JSON.stringify(page)}`;
  if (known.has(source)) return known.get(source);
  if (known.size === KNOWN_MOST) known.clear();
  const found = knowModel(id, page);
  known.set(source, found);
  return found;
};
