/** RunComfy as it is documented: the Model API with its queue and its moods, and the host of the pictures. */
import type { CallTruth } from '../truth.ts';
import type { Ground, RunComfyWorld } from '../world.ts';
import { createApi } from './api.ts';
import { createDownloads } from './downloads.ts';
import { createHttp } from './http.ts';

export { FATES } from './course.ts';
export { ASSET_TROUBLES, pictureOf } from './downloads.ts';
export { LACKS, MODELS } from './models.ts';
export { RUNCOMFY_TROUBLES } from './troubles.ts';

export function createRunComfyWorld(ground: Ground): RunComfyWorld {
  const api = createApi(ground);
  const calls: CallTruth[] = [];
  const counts = new Map<string, number>();
  return {
    requests: api.requests,
    calls,
    connect: (process) => ({
      runComfyHttp: createHttp({ process, api, counts, calls, ground }),
      downloads: createDownloads({ process, api, counts, ground }),
    }),
  };
}
