/** The host of the pictures, as one process fetches from it. */
import { PictureError, type Downloads } from '../../../src/services/pictures/download.ts';
import type { Picture } from '../../../src/services/pictures/picture.ts';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { Ground } from '../world.ts';
import type { Api } from './api.ts';

/** What can go wrong with a download. */
export const ASSET_TROUBLES = {
  not_found: () => new PictureError('gone', 'The host answered 404'),
  forbidden: () => new PictureError('gone', 'The host answered 403'),
  http_500: () => new PictureError('unavailable', 'The host answered 500'),
  refused: () => new PictureError('unavailable', 'The host could not be read'),
  cut_short: () => new PictureError('unavailable', 'The picture broke off'),
  page: () => new PictureError('not_a_picture', 'A page came', { isForeign: true }),
  damaged: () => new PictureError('not_a_picture', 'The picture has no end'),
  slow: () => undefined,
  hangs: () => new PictureError('unavailable', 'The host could not be read'),
} as const satisfies Record<string, () => PictureError | undefined>;

type AssetTrouble = keyof typeof ASSET_TROUBLES;

/** How long a download takes at most while the host is well (milliseconds). */
const DOWNLOAD_MOST = 1500;

/** How much longer a download takes (milliseconds); a hanging one is given up after 60 s. */
const LATER: Partial<Record<AssetTrouble, number>> = { slow: 45_000, hangs: 60_000, cut_short: 4000 };

/** The picture that an address leads to, by its request and number: `kestrel-1/2`. */
export function pictureOf(address: string): string {
  return URL.parse(address)?.pathname.replace(/^\/|\.png$/g, '') ?? '';
}

/** The bytes stand for the picture: who finds them in Discord knows which it is. */
function draw(picture: string): Picture {
  const bytes = Buffer.from(`pic:${picture}`);
  return { chunks: [bytes], size: bytes.length, format: 'png', width: 8, height: 8 };
}

export function createDownloads({
  process,
  api,
  counts,
  ground: { time, random, faults },
}: {
  process: SimulatedProcess;
  api: Api;
  /** How often each picture was fetched, by whichever process. */
  counts: Map<string, number>;
  ground: Ground;
}): Pick<Downloads, 'allows' | 'download'> {
  function serve(address: string): Picture {
    const picture = pictureOf(address);
    const [id = '', number] = picture.split('/');
    const request = api.find(id);
    if (!request?.truth.pictures.includes(address) || request.course.lost === Number(number))
      throw ASSET_TROUBLES.not_found();
    if (time.now() >= (request.endedAt ?? 0) + request.course.addressLife) throw ASSET_TROUBLES.forbidden();
    return draw(picture);
  }

  async function happen(address: string): Promise<Picture> {
    const name = faults.trouble('assets', `download ${pictureOf(address)}`);
    if (name === undefined || !(name in ASSET_TROUBLES)) return serve(address);
    const trouble = name as AssetTrouble;
    const later = LATER[trouble];
    if (later !== undefined) await time.sleep(later);
    const error = ASSET_TROUBLES[trouble]();
    if (error !== undefined) throw error;
    return serve(address);
  }

  return {
    allows(address) {
      const url = URL.parse(address);
      return url?.protocol === 'https:' && /\.runcomfy\.(?:net|com)$/.test(url.hostname);
    },

    async download(address, { signal } = {}) {
      signal?.throwIfAborted();
      const picture = pictureOf(address);
      const number = (counts.get(picture) ?? 0) + 1;
      counts.set(picture, number);
      const drawn = random.of('assets', 'latency', picture, number);
      const called = process.call({
        name: 'download',
        there: drawn.around(40, 0.5),
        back: Math.min(DOWNLOAD_MOST, drawn.around(300, 0.8)),
        act: () => happen(address),
      });
      return signal === undefined ? called : unlessAborted(signal, called);
    },
  };
}

/** Gives what a call gives, or rejects with the signal's reason as soon as it aborts. */
function unlessAborted<T>(signal: AbortSignal, called: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is passed on as it is
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    called.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
