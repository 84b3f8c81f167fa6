/** The picture that was made: where it stands, and what it is. */
import type { Config } from '../../config.ts';
import { systemClock as clock } from '../../services/clock.ts';
import { createDownloads, PictureError } from '../../services/pictures/download.ts';
import { FILE_TYPES, type Picture } from '../../services/pictures/picture.ts';
import { CHANNEL_FILE_LIMIT } from '../../services/discord/reply.ts';
import { fetchHead } from './fetch-head.ts';
import { differs, handled, met, metIf, unseen, type Found } from './outcome.ts';
import { show } from './shown.ts';

/** How often a fetch is tried that fails in a way that passes, and how long after another (milliseconds). */
const TRIES = 3;
const TRY_AGAIN = 2000;

/**
 * Fetches it as the bot does, and once more to see how that is answered.
 *
 * @param size - as it was asked for, such as `2560:1440 (16:9)`; empty where the model has none.
 */
export async function checkPicture(
  address: string,
  {
    assetHosts,
    size,
    found,
    signal,
  }: { assetHosts: Config['runcomfy']['assetHosts']; size: string; found: Found; signal: AbortSignal },
): Promise<Picture | undefined> {
  const downloads = createDownloads({ allowed: assetHosts, clock });
  try {
    const isAllowed = downloads.allows(address);
    found.note('picture-host', metIf(isAllowed, URL.parse(address)?.origin ?? 'no address'));
    if (!isAllowed) return undefined;
    const picture = await tryTo(() => downloads.download(address, { signal }));
    found.note('picture-fetch', met(`${picture.format}, ${picture.size} bytes`));
    describe(picture, size, found);
    await fetchAgain(address, FILE_TYPES[picture.format].mime, found);
    return picture;
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    found.note('picture-fetch', differs(`${error.kind}: ${error.message}`));
    return undefined;
  } finally {
    await downloads.close();
  }
}

/** As the bot does, it tries again where that may help. */
async function tryTo(download: () => Promise<Picture>): Promise<Picture> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await download();
    } catch (error) {
      if (!(error instanceof PictureError) || error.kind !== 'unavailable' || tries === TRIES) throw error;
      await clock.sleep(TRY_AGAIN);
    }
  }
}

function describe({ width, height, size: bytes }: Picture, size: string, found: Found): void {
  const [, wide, high] = /^(\d{3,})[:x*](\d{3,})/.exec(size) ?? [];
  const shown = `${width} × ${height}, asked for ${size || 'no size'}`;
  if (wide === undefined || high === undefined) found.note('picture-size', unseen(`${shown}, which names no pixels`));
  else found.note('picture-size', metIf(width === Number(wide) && height === Number(high), shown));
  found.note('picture-weight', (bytes <= CHANNEL_FILE_LIMIT ? met : handled)(`${bytes} bytes`));
}

async function fetchAgain(address: string, type: string, found: Found): Promise<void> {
  const head = await fetchHead(address);
  if (head === undefined) {
    found.note('picture-again', unseen('no answer'));
    return;
  }
  const { status, type: told } = head;
  found.note('picture-again', metIf(status >= 200 && status <= 399, `HTTP ${status}`));
  if (status !== 200) return;
  // The bot goes by the bytes.
  found.note(
    'picture-content-type',
    (told === type ? met : handled)(`content-type ${show(told)}, the bytes are ${type}`),
  );
}
