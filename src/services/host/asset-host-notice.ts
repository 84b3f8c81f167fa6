/** Tells the host, once a host of pictures, that pictures stand where the bot may not fetch them. */
import { translate } from '../../languages/languages.ts';
import { createSubjectNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Hears of an address that may not be fetched. Never throws. */
type AssetHostNotice = (url: string) => void;

export function createAssetHostNotice(parts: NoticeParts): AssetHostNotice {
  const tell = createSubjectNotices({ ...parts, kind: NOTICES.assets });
  return (url) => {
    const origin = URL.parse(url)?.origin ?? '';
    if (origin === '' || origin === 'null') return;
    tell(origin, () => {
      parts.log.error({ origin }, 'pictures stand on a host that RUNCOMFY_ASSET_HOSTS does not allow');
      return translate('en')('host.assets', { origin });
    });
  };
}
