/** Reads a text as signs, each with the letters that it may stand for or look like. Pure. */
import { plainText } from '../plain-text.ts';

/** One sign of a text. */
export interface Sign {
  /** The letters, digits or emoji that it may stand for; empty where it only separates. */
  reads: readonly string[];
  kind: 'letter' | 'digit' | 'symbol' | 'emoji' | 'star' | 'separator';
  /** Whether it may stand between two letters of a word (`b.ad`), unlike a space or an apostrophe (`he'll`). */
  joins: boolean;
  /** Whether its script is written without spaces between words. */
  spaceless: boolean;
  /** Where it begins and ends in the text that {@link readSigns} gives. */
  from: number;
  to: number;
}

/** Letters of other alphabets and phonetic letters that look like these Latin ones: chosen from Unicode's confusables. */
const LOOK_ALIKES = new Map(
  Object.entries({
    a: 'аαɑᴀ',
    b: 'вβʙьƅ',
    c: 'сϲᴄ',
    d: 'ԁᴅđð',
    e: 'еєεᴇɛ',
    f: 'ғꜰƒ',
    g: 'ɡɢԍ',
    h: 'һнʜħ',
    i: 'іιɪıӏɩ',
    j: 'јϳᴊ',
    k: 'кκᴋ',
    l: 'ʟłⅼ',
    m: 'мᴍ',
    n: 'пηɴŋ',
    o: 'оοσςᴏøө',
    p: 'рρᴘþ',
    q: 'ԛ',
    r: 'гʀᴦя',
    s: 'ѕꜱʂ',
    t: 'тτᴛŧ',
    u: 'υᴜцµ',
    v: 'νѵᴠ',
    w: 'ԝωᴡшщ',
    x: 'хχ×',
    y: 'уγʏ',
    z: 'ᴢʐ',
    ae: 'æ',
    oe: 'œ',
  }).flatMap(([latin, others]) => Array.from(others, (other): [string, string] => [other, latin])),
);

/**
 * Capitals that look like another Latin letter than their small form does, and letters of scripts that have the look of
 * capitals only (Cherokee, Lisu). They may be read both ways.
 */
const CAPITAL_LOOK_ALIKES = new Map(
  Object.entries({
    a: 'ᎪꓮⲀ',
    b: 'ᏴꓐⲂ',
    c: 'ᏟꓚⲤ',
    d: 'Ꭰꓓ',
    e: 'ᎬꓰΣ',
    f: 'ꓝ',
    g: 'Ꮐꓖ',
    h: 'ΗᎻꓧⲎ',
    i: 'Ꭵꓲ',
    j: 'Ꭻꓙ',
    k: 'ᏦꓗⲔ',
    l: 'Ꮮꓡ',
    m: 'ΜᎷꓟⲘ',
    n: 'ΝꓠⲚИ',
    o: 'ΘꓳⲞ',
    p: 'ᏢꓑⲢ',
    r: 'Ꭱꓣ',
    s: 'Ꮪꓢ',
    t: 'ᎢꓔⲦ',
    u: 'ꓴ',
    v: 'Ꮩꓦ',
    w: 'Ꮃꓪ',
    x: 'ꓫⲬ',
    y: 'ΥꓬⲨ',
    z: 'ΖᏃꓜⲌ',
  }).flatMap(([latin, others]) => Array.from(others, (other): [string, string] => [other, latin])),
);

/** Digits and symbols that people write for letters. */
const WRITTEN_FOR = new Map(
  Object.entries({
    '0': 'o',
    '1': 'il',
    '2': 'z',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '6': 'bg',
    '7': 't',
    '8': 'b',
    '9': 'g',
    '@': 'a',
    $: 's',
    '€': 'e',
    '!': 'il',
    '¡': 'i',
    '|': 'il',
    '+': 't',
    '£': 'l',
    '¢': 'c',
    '¥': 'y',
    '§': 's',
    '(': 'c',
    '#': 'h',
  }).map(([sign, letters]): [string, readonly string[]] => [sign, Array.from(letters)]),
);

/** What people put between letters to break a word up, and hardly ever between two words. */
const JOINTS = new Set('._-~·•‧・‐‑‒–—^\\|`*+');

/** Accents and other marks that any letter can carry. Not those of kana, where they make another letter. */
const ACCENTS = /(?![\u3099\u309A])[\p{M}&&\p{Script=Inherited}]/gv;

/** Marks of other scripts on a letter that has none of its own: they only disguise it. */
const STRAY_MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}])\p{M}+/gv;

/** Characters that can't be seen or have no shape, strokes that only stretch a word, and the skin colours of emoji. */
const UNSEEN = /[[\p{DI}\p{EMod}\p{Cn}\p{Co}\u0640\u07FA]--[\s\x85]]/gv;

const SPACELESS = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** The letter of a regional indicator (half a flag) or in a black shape: Unicode's normalisation does not give it. */
function shapedLetter(point: number): string | undefined {
  for (const first of [0x1f1e6, 0x1f150, 0x1f170]) {
    if (point >= first && point < first + 26) return String.fromCodePoint(0x61 + point - first);
  }
  return undefined;
}

/** A character without case, accent or disguise, katakana as hiragana: may be several characters or none. */
function plainest(character: string): string {
  const shaped = shapedLetter(character.codePointAt(0) ?? 0);
  if (shaped !== undefined) return shaped;
  const bare = character.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
  // Down first: ẞ has no form of its own in capitals, ß has.
  const small = bare.toLowerCase().toUpperCase().toLowerCase();
  return Array.from(small, (letter) => LOOK_ALIKES.get(letter) ?? hiragana(letter)).join('');
}

function hiragana(letter: string): string {
  return /[ァ-ヶ]/u.test(letter) ? String.fromCharCode(letter.charCodeAt(0) - 0x60) : letter;
}

function kindOf(character: string): Pick<Sign, 'kind' | 'reads'> {
  const letters = WRITTEN_FOR.get(character) ?? [];
  if (/[\p{L}\p{M}]/u.test(character)) return { kind: 'letter', reads: [character] };
  if (/\p{N}/u.test(character)) return { kind: 'digit', reads: [character, ...letters] };
  if (letters.length > 0) return { kind: 'symbol', reads: letters };
  if (character === '*') return { kind: 'star', reads: [] };
  if (/\p{ExtPict}/u.test(character)) return { kind: 'emoji', reads: [character] };
  return { kind: 'separator', reads: [] };
}

/**
 * Whether the capital I at a place may be a small l: a neighbour is a small letter, others of its kind between them or
 * not. In a word of capitals it is what it is.
 */
function looksLikeL(text: string, at: number): boolean {
  return /\p{Ll}I*$/u.test(text.slice(Math.max(0, at - 8), at)) || /^I*\p{Ll}/u.test(text.slice(at + 1, at + 9));
}

/** Separators that follow each other as one, which joins letters where all of them do. */
function joinSeparators(signs: readonly Sign[]): Sign[] {
  const joined: Sign[] = [];
  for (const sign of signs) {
    const last = joined.at(-1);
    if (sign.kind !== 'separator' || last?.kind !== 'separator') joined.push({ ...sign });
    else Object.assign(last, { joins: last.joins && sign.joins, to: sign.to });
  }
  return joined;
}

/**
 * The signs of a text, and the text that their places refer to: as it is sent ({@link plainText}), normalised (NFKC), without
 * what can't be seen.
 */
export function readSigns(typed: string): { text: string; signs: Sign[] } {
  const seen = plainText(typed).normalize('NFKC').replace(UNSEEN, '').normalize('NFKC');
  const text = seen.replace(STRAY_MARKS, '');
  const signs: Sign[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    const spaceless = SPACELESS.test(character);
    const look = CAPITAL_LOOK_ALIKES.get(character) ?? (character === 'I' && looksLikeL(text, from) ? 'l' : undefined);
    for (const plain of plainest(character)) {
      const { kind, reads } = kindOf(plain);
      const both = look === undefined || reads.includes(look) ? reads : [...reads, look];
      signs.push({ kind, reads: both, joins: JOINTS.has(plain), spaceless, from, to });
    }
    from = to;
  }
  return { text, signs: joinSeparators(signs) };
}
