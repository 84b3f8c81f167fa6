/** The files of a gallery as others may have them: RunComfy, where a picture in it is what another one starts from. */
import { holds, type IsDiscords } from '../../../services/references/references.ts';
import { fetchHead } from '../fetch-head.ts';
import { handled, met, metIf, unseen, type Found } from '../outcome.ts';
import { show } from '../shown.ts';
import type { ReadMessage } from './message.ts';

/** So long a fresh address should hold (milliseconds): a request may wait in the queue before RunComfy fetches it. */
const HOURS = 2 * 60 * 60_000;

export async function checkFiles(
  { attachments, pictures }: ReadMessage,
  { isDiscords, found, now }: { isDiscords: IsDiscords; found: Found; now: () => number },
): Promise<void> {
  const ids = attachments?.map(({ id }) => id);
  found.note('file-ids', metIf(new Set(ids).size === 2, `ids ${show(ids)}`));
  const address = pictures.find((each) => /^https?:/.test(each ?? ''));
  if (address === undefined || !URL.canParse(address)) {
    for (const name of ['file-host', 'file-open', 'file-expiry'] as const)
      found.note(name, unseen('no address was told'));
    return;
  }
  found.note('file-host', metIf(isDiscords(address), new URL(address).origin));
  noteExpiry(address, { found, now: now() });
  const head = await fetchHead(address);
  if (head === undefined) found.note('file-open', unseen('no answer'));
  else found.note('file-open', metIf(head.status === 200, `HTTP ${head.status}, content-type ${show(head.type)}`));
}

function noteExpiry(address: string, { found, now }: { found: Found; now: number }): void {
  const told = new URL(address).searchParams.get('ex');
  const shown = `ex ${show(told)}`;
  // One that does not say is taken to hold.
  if (told === null) found.note('file-expiry', handled(shown));
  else
    found.note(
      'file-expiry',
      holds(address, now + HOURS) && /^[0-9a-f]+$/i.test(told) ? met(shown) : metIf(false, shown),
    );
}
