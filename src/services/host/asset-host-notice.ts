/** Tells the host, once a host of pictures, that pictures stand where the bot may not fetch them. */
import type { REST } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../storage/storage.ts';
import type { Host } from './host.ts';
import { createNotices } from './notices.ts';

/** How long a notice is remembered (milliseconds): then it may be told again, if it still holds. */
const KEPT = 7 * 24 * 60 * 60_000;

/** Hears of an address that may not be fetched. Never throws. */
type AssetHostNotice = (url: string) => void;

/** @param rest - for calls by the bot's token. */
export function createAssetHostNotice({
  store,
  rest,
  host,
  clock,
  log,
}: {
  store: Store;
  rest: Pick<REST, 'post'>;
  host: Pick<Host, 'users'>;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'sleep'>;
  log: Log;
}): AssetHostNotice {
  const name = { namespace: 'asset-host-notices', nonce: 'assets' };
  const notices = createNotices({ name, kept: KEPT, store, rest, host, clock, log });
  const heard = new Set<string>();

  return (url) => {
    const origin = URL.parse(url)?.origin ?? '';
    if (origin === '' || origin === 'null' || heard.has(origin)) return;
    heard.add(origin);
    log.error({ origin }, 'pictures stand on a host that RUNCOMFY_ASSET_HOSTS does not allow');
    // A nonce has at most 25 characters.
    const id = Buffer.from(origin).toString('base64url').slice(-16);
    notices.tell(id, translate('en')('host.assets', { origin })).catch((error: unknown) => {
      log.warn({ err: error }, 'whether the host knows of a host of pictures could not be found out');
    });
  };
}
