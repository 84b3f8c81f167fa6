/** The catalogue: which models are offered, and how they change while the stand-in runs. */
import { OTHERS } from './others.ts';
import { SEEDREAM_4_0 } from './seedream-4-0.ts';
import { SEEDREAM_4_5 } from './seedream-4-5.ts';
import { SEEDREAM_5 } from './seedream-5.ts';
import { changeModel, type ModelChange } from './change.ts';
import type { InputSchema, Model } from './model.ts';

/** A model that does not exist, with a schema of its own. */
type MadeUpModel = Partial<Model> & { id: string; inputSchema: InputSchema };

/** What a test or a control panel can do to models. All throw on an id that was never offered, except `addModel`. */
export interface ModelControls {
  /** Ids of the models that are offered now. */
  readonly models: readonly string[];
  /** Offers it no more: its page and submits to it are answered 404 with 404001. Jobs that were taken go on. */
  readonly removeModel: (id: string) => void;
  /** Offers it again, as it was at first. */
  readonly restoreModel: (id: string) => void;
  /** Changes its schema or price from now on. Changes add up. Throws when it is gone. */
  readonly changeModel: (id: string, change: ModelChange) => void;
  /** Offers one more model, or another one by an id that is there. */
  readonly addModel: (model: MadeUpModel) => void;
}

export interface Catalogue extends ModelControls {
  /** The models that are offered, in the order of the list. */
  all(): Model[];
  find(id: string): Model | undefined;
  /** Whether it is offered or was once. */
  wasOffered(id: string): boolean;
}

/** Builds the catalogue with every model offered. */
export function createCatalogue(): Catalogue {
  const first = new Map([...SEEDREAM_4_0, ...SEEDREAM_4_5, ...SEEDREAM_5, ...OTHERS].map((model) => [model.id, model]));
  const offered = new Map(first);

  function known(id: string): Model {
    const model = first.get(id);
    if (!model) throw new Error(`No model ${id}`);
    return model;
  }

  const all = () => Array.from(first.keys()).flatMap((id) => offered.get(id) ?? []);

  return {
    all,
    find: (id) => offered.get(id),
    wasOffered: (id) => first.has(id),
    get models() {
      return all().map(({ id }) => id);
    },
    removeModel(id) {
      offered.delete(known(id).id);
    },
    restoreModel(id) {
      offered.set(id, known(id));
    },
    changeModel(id, change) {
      const model = offered.get(known(id).id);
      if (!model) throw new Error(`${id} is not offered`);
      offered.set(id, changeModel(model, change));
    },
    addModel(model) {
      const added: Model = {
        name: model.id,
        description: '',
        categories: ['text-to-image'],
        priceUsd: 0.05,
        priceUnit: 'output',
        pricingNote: '',
        ...model,
      };
      first.set(added.id, added);
      offered.set(added.id, added);
    },
  };
}
