/** Tells the host, once a host of pictures, that pictures stand where the bot may not fetch them. */
import { translate } from '../../languages/languages.ts';
import { createSubjectNotices, type NoticeParts } from './notices.ts';

/** How long a notice is remembered (milliseconds): then it may be told again, if it still holds. */
const KEPT = 7 * 24 * 60 * 60_000;

/** Hears of an address that may not be fetched. Never throws. */
type AssetHostNotice = (url: string) => void;

export function createAssetHostNotice(parts: NoticeParts): AssetHostNotice {
  const name = { namespace: 'asset-host-notices', nonce: 'assets' };
  const tell = createSubjectNotices({ ...parts, name, kept: KEPT });
  return (url) => {
    const origin = URL.parse(url)?.origin ?? '';
    if (origin === '' || origin === 'null') return;
    tell(origin, () => {
      parts.log.error({ origin }, 'pictures stand on a host that RUNCOMFY_ASSET_HOSTS does not allow');
      return translate('en')('host.assets', { origin });
    });
  };
}
