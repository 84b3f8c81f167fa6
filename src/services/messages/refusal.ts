/** A request that is refused, given back to who made it: why, what was typed, and buttons that mend it. Pure. */
import type { Translate } from '../../languages/languages.ts';
import { refusalButtons } from './buttons.ts';
import type { ReplyMessage } from './message.ts';
import { askedEmbeds, type AskedOptions } from './options-in-url.ts';

/**
 * @param id - the interaction's.
 * @param counts - the numbers of pictures that may have been meant: a button each, at most 4.
 */
export function refusalMessage(
  sentence: string,
  { id, asked, counts, t }: { id: string; asked: AskedOptions; counts: number[]; t: Translate },
): ReplyMessage {
  return { content: sentence, embeds: askedEmbeds(id, asked), components: refusalButtons(id, counts, t) };
}
