/** RunComfy as it is documented: the Model API with its queue and its moods, and the host of the pictures. */
import type { FileHost, Ground, RunComfyWorld } from '../world.ts';
import type { CallTruth } from '../truth.ts';
import { createApi } from './api.ts';
import { createDownloads } from './downloads.ts';
import { createHttp } from './http.ts';

export { FATES } from './course.ts';
export { ASSET_TROUBLES, pictureOf } from './downloads.ts';
export { LACKS, MODELS, WITHOUT_PICTURES } from './models.ts';
export { RUNCOMFY_TROUBLES } from './troubles.ts';

/** Serves nothing. */
const NOWHERE: FileHost = { pictureAt: () => undefined, heldUntil: () => -Infinity };

/** @param host - where the pictures are served that requests start from. */
export function createRunComfyWorld(ground: Ground, host: FileHost = NOWHERE): RunComfyWorld {
  const api = createApi(ground, host);
  const calls: CallTruth[] = [];
  const counts = new Map<string, number>();
  return {
    requests: api.requests,
    calls,
    balances: () => api.account.balances(),
    connect: (process) => ({
      runComfyHttp: createHttp({ process, api, counts, calls, ground }),
      downloads: createDownloads({ process, api, counts, ground }),
    }),
  };
}
