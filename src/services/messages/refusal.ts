/** A job that is refused, given back to who made it: why, what was typed, and buttons that mend it. Pure. */
import type { Translate } from '../../languages/languages.ts';
import { QUALITY_DEFAULT } from '../models/seedream.ts';
import { refusalButtons, type Mending } from './buttons.ts';
import type { ReplyMessage } from './message.ts';
import { showText } from './display.ts';
import { askedEmbeds, type AskedOptions } from './options-in-url.ts';
import { sizeName } from './size-name.ts';

/** The most characters of an option that are shown. */
const OPTION_MAX = 100;

/**
 * @param id - the interaction's.
 * @param quoted - whether the prompt is shown; its buttons know it in any case.
 * @param mending - what helps, beside changes to it.
 */
export function refusalMessage(
  sentence: string,
  {
    id,
    asked,
    t,
    quoted = true,
    ...mending
  }: { id: string; asked: AskedOptions; t: Translate; quoted?: boolean } & Mending,
): ReplyMessage {
  const embeds = askedEmbeds(id, asked, quoted ? undefined : optionsLine(asked, t));
  return { content: sentence, embeds, components: refusalButtons(id, mending, t) };
}

/** The options without the prompt: `… · 4 pictures · Portrait 9:16 · seed 7`. */
function optionsLine({ count, size, seed, quality }: AskedOptions, t: Translate): string {
  const options = [
    ...(count === undefined ? [] : [t('usage.pictures', { count })]),
    ...(size === '' ? [] : [sizeName(size, t)]),
    ...(seed === undefined ? [] : [t('facts.seed', { seed })]),
    ...(quality === QUALITY_DEFAULT ? [] : [t(`quality.${quality}`)]),
  ];
  return ['…', ...options.map((option) => showText(option, OPTION_MAX))].join(' · ');
}
