/** A job that is refused, given back to who made it: why, what was typed, and buttons that mend it. Pure. */
import type { Translate } from '../../languages/languages.ts';
import { refusalButtons, type Mending } from './buttons.ts';
import type { ReplyMessage } from './message.ts';
import { askedEmbeds, type AskedOptions } from './options-in-url.ts';

/**
 * @param id - the interaction's.
 * @param mending - what helps, beside changes to it.
 */
export function refusalMessage(
  sentence: string,
  { id, asked, t, ...mending }: { id: string; asked: AskedOptions; t: Translate } & Mending,
): ReplyMessage {
  return { content: sentence, embeds: askedEmbeds(id, asked), components: refusalButtons(id, mending, t) };
}
