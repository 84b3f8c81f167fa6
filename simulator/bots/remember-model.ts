/** What is known of a model by its page, found out once for all starts: compiling its schema takes milliseconds. */
import { BoundedMap } from '../../src/services/bounded.ts';
import { knowModel, type KnowModel } from '../../src/services/models/models.ts';

/** A history has a few pages of each model. */
const known = new BoundedMap<string, ReturnType<KnowModel>>(200);

export const rememberModel: KnowModel = (id, page) => {
  const source = `${id} ${JSON.stringify(page)}`;
  if (known.has(source)) return known.get(source);
  const found = knowModel(id, page);
  known.set(source, found);
  return found;
};
