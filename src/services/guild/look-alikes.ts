/** Reads a text as signs, each with the letters that it may stand for or look like. Pure. */

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

/** Characters that can't be seen, and the skin colours of emoji. */
const UNSEEN = /[[\p{DI}\p{EMod}\p{Cc}\p{Cs}]--[\s\x85]]/gv;

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
  const small = bare.toUpperCase().toLowerCase();
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

/** The signs of a text, and the text that their places refer to: normalised (NFKC), without what can't be seen. */
export function readSigns(text: string): { text: string; signs: Sign[] } {
  const seen = text.normalize('NFKC').replace(UNSEEN, '').normalize('NFKC');
  const signs: Sign[] = [];
  let from = 0;
  for (const character of seen) {
    const to = from + character.length;
    for (const plain of plainest(character)) {
      const spaceless = SPACELESS.test(character);
      signs.push({ ...kindOf(plain), joins: JOINTS.has(plain), spaceless, from, to });
    }
    from = to;
  }
  return { text: seen, signs };
}
