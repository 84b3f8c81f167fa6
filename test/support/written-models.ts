/** The models that a bot is set to, as they are written down: no catalogue is read. */
import { systemClock as clock } from '../../src/services/clock.ts';
import { createModels, type Models } from '../../src/services/models/models.ts';
import { MODEL } from '../../src/services/models/seedream.ts';
import { createSilentLog } from './silent-log.ts';

/** @param priceUsd - what the host says a picture costs. */
export function createWrittenModels(ids: readonly string[] = [MODEL], priceUsd?: number): Models {
  return createModels({
    ids,
    priceUsd,
    read: () => Promise.resolve({ said: 'nothing', why: 'there is no catalogue' }),
    store: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    onTrouble: () => undefined,
    clock,
    log: createSilentLog(),
  });
}
