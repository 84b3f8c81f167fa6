/**
 * The value of an option as it was meant. Discord's client sends a choice's name where its value was meant after a channel
 * switch or a pasted command, in the language of whoever sends it. Pure.
 */
import { plainText } from '../../services/plain-text.ts';

/** A choice of an option, as its definition has it. */
export interface Choice {
  name: string;
  name_localizations?: Partial<Record<string, string | null>>;
  value: string;
}

/**
 * The value of the choice that was sent by its value or by its name in any language, the reader's own first. What is
 * neither is returned as it came, for whoever uses it to refuse; nothing was sent: `undefined`.
 */
export function readChoice(choices: readonly Choice[], sent: string | null, locale: string): string | undefined {
  if (sent === null) return undefined;
  const wanted = plainText(sent).toLowerCase();
  const isMeant = (name: string | null | undefined) =>
    typeof name === 'string' && plainText(name).toLowerCase() === wanted;
  const meant =
    choices.find(({ value }) => isMeant(value)) ??
    choices.find(({ name_localizations: names }) => isMeant(names?.[locale])) ??
    choices.find(({ name, name_localizations: names }) => [name, ...Object.values(names ?? {})].some(isMeant));
  return meant?.value ?? sent;
}

/** A whole number that was sent as a number or, like a name, as text; `NaN` for anything else, nothing sent: `undefined`. */
export function readInteger(sent: unknown): number | undefined {
  if (sent === null || sent === undefined) return undefined;
  if (typeof sent === 'number') return sent;
  const text = typeof sent === 'string' ? plainText(sent).normalize('NFKC') : '';
  return /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
}
