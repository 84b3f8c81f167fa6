/** What an answer says in words: the vendor's sentence about an error, fit for people, and the whole of it, fit for the log. Pure. */
import { z } from 'zod';
import { createHiding, hideSignatures } from '../secrets.ts';

/** Longest sentence of the vendor's that is passed on, in characters. */
const REASON_MAX_LENGTH = 300;

/** Longest part of an answer that is logged, in characters. */
const LOGGED_MAX_LENGTH = 2000;

/** Fields whose texts do not belong into a log: secrets, and what a member typed where a result repeats its input. */
const HIDDEN_FIELD = /token|secret|password|signature|credential|authorization|api_?key|^inputs?$|^prompt$/i;

/** A word that a program puts where it has nothing to say, alone or after one like "Error:". */
const EMPTY_WORD =
  /^(?:(?:error|failed|reason|message|exception)\s*:\s*)*(?:undefined|null|none|nil|nan|true|false)?$/i;

/** What programs write and people don't: objects, JSON, markup. */
const NO_SENTENCE = /\[object |[{}]|^\s*[[<]/;

const bodySchema = z.looseObject({});

/** Whether a text is something that a person can read. */
function isSentence(text: string): boolean {
  const words = text.trim().replace(/[.!\s]+$/, '');
  return /[\p{L}\p{ExtPict}]/u.test(words) && !EMPTY_WORD.test(words) && !NO_SENTENCE.test(words);
}

function parseJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The sentence in one field: a text, or an object that holds one, be it as JSON in a text. */
function readField(field: unknown, nested: number): string | undefined {
  if (typeof field === 'string' && isSentence(field)) return field;
  const inside = typeof field === 'string' ? parseJson(field) : field;
  return typeof inside === 'object' && nested < 3 ? readReason(inside, nested + 1) : undefined;
}

/**
 * The vendor's own sentence about an error, wherever it stands in the body; uncut, so that secrets can be found in it.
 * `undefined` where none is fit for people.
 */
export function readReason(body: unknown, nested = 0): string | undefined {
  const { error_message, message, error, detail } = bodySchema.safeParse(body).data ?? {};
  for (const field of [error_message, message, error, detail]) {
    const reason = readField(field, nested);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A text without the token or anything like one. */
function hideSecrets(text: string, token: string): string {
  return hideSignatures(createHiding([token], '[hidden]')(text)).replaceAll(
    /\bauthorization\s*[:=]\s*\S+(\s+\S+)?|\bbearer\s+\S+/gi,
    '[hidden]',
  );
}

/** A vendor's sentence made fit to show: one line, without the token or anything like one, at most 300 characters. */
export function cleanReason(reason: string | undefined, token: string): string | undefined {
  if (reason === undefined) return undefined;
  const line = hideSecrets(reason, token)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > REASON_MAX_LENGTH ? `${characters.slice(0, REASON_MAX_LENGTH - 1).join('')}…` : line;
}

/**
 * An answer's body for the log: cut, without secrets and without the part of addresses that opens them. `undefined` where there
 * is none, or it cannot be written.
 */
export function loggedAnswer(body: unknown, token: string): string | undefined {
  if (body === undefined) return undefined;
  const hide = (key: string, value: unknown): unknown =>
    HIDDEN_FIELD.test(key) && value !== null ? '[hidden]' : value;
  try {
    const text = JSON.stringify(body, hide)
      .replaceAll(/(https?:\/\/)[^\s"\\/?#@]*@/gi, '$1')
      .replaceAll(/(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, '$1?…');
    return hideSecrets(text, token).slice(0, LOGGED_MAX_LENGTH);
  } catch {
    // Nested too deep to be written.
    return undefined;
  }
}
