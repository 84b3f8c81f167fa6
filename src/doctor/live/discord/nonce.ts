/** What makes a message stand once where its making was not answered: the nonce; and what is answered once it is gone. */
import { met, metIf, unseen, type Found } from '../outcome.ts';
import { lineOf, SILENT } from './gallery-message.ts';
import { messageIn } from './message.ts';
import type { Place } from './place.ts';

export async function checkNonce(place: Place, found: Found): Promise<void> {
  // The form that the bot gives it: an id and the message's number.
  const nonce = { nonce: `${place.mark}-2`, enforce_nonce: true };
  const post = (what: string) => place.post({ content: lineOf(place, what), ...SILENT, ...nonce });

  const first = await post('a nonce');
  const second = await post('the same nonce');
  const made = messageIn(first);
  if (first.status === 0 || second.status === 0) {
    found.note('nonce-once', unseen(`first ${first.shown}, second ${second.shown}`));
  } else {
    const again = messageIn(second)?.id;
    const shown = again === made?.id ? 'the same message' : 'another message';
    const isOnce = made !== undefined && again === made.id;
    found.note('nonce-once', metIf(isOnce, `first ${first.shown}, second ${second.shown}, ${shown}`));
  }
  if (made === undefined) return;
  await checkDeletion(place, made.id, found);

  const afterwards = await post('the nonce of a deleted message');
  const isKnown = afterwards.code === 10008 || (afterwards.status === 200 && messageIn(afterwards)?.id !== made.id);
  if (afterwards.status === 0) found.note('nonce-of-deleted', unseen(afterwards.shown));
  else if (isKnown && afterwards.status === 200) found.note('nonce-of-deleted', met('HTTP 200, a new message'));
  else found.note('nonce-of-deleted', metIf(isKnown, afterwards.shown));
}

async function checkDeletion(place: Place, messageId: string, found: Found): Promise<void> {
  const route = place.messageRoute(messageId);
  const deleted = await place.call({ method: 'delete', route });
  found.note(
    'delete-answer',
    deleted.status === 0 ? unseen(deleted.shown) : metIf(deleted.status === 204, deleted.shown),
  );
  if (deleted.status < 200 || deleted.status > 299) return;
  const again = await place.call({ method: 'delete', route });
  const edited = await place.call({ method: 'patch', route, body: { content: lineOf(place, 'too late'), ...SILENT } });
  const shown = `deleted again: ${again.shown}; edited: ${edited.shown}`;
  if (again.status === 0 || edited.status === 0) found.note('deleted-message', unseen(shown));
  else found.note('deleted-message', metIf(again.code === 10008 && edited.code === 10008, shown));
}
