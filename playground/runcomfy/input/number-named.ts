/** Whether a text names the number of pictures that is asked for. */

const NOUN =
  'images?|pictures?|photos?|photographs?|imagenes|imagen|fotos?|fotografias?|imagem|imagens|photographies?|bild|bilder|bildern|immagin[ei]|fotografi[ae]';
/** Nouns for pictures of some kind; a few words may stand between a number and one of these or the above. */
const KINDS =
  'portraits?|paintings?|drawings?|sketch(?:es)?|posters?|illustrations?|renders?|renderings?|artworks?|variations?|watercolou?rs?|selfies?|wallpapers?|retratos?|pinturas?|dibujos?|carteles?|ilustraci(?:on|ones)|quadros?|desenhos?|cartaz(?:es)?|peintures?|dessins?|affiches?|tableaux?|gemalden?|zeichnung(?:en)?|plakaten?|portrats?|ritratt[oi]|dipint[oi]|disegn[oi]|poster';
/** Words for 1 that are articles too: they name 1 where 1 is asked for, and contradict nothing. */
const ARTICLES = ['un', 'una', 'uma', 'um', 'une', 'ein', 'eine'];
/** Number words from 1 to 15 without accents: English, Spanish, Portuguese, French, German, Italian, Japanese. */
const WORDS: readonly string[][] = [
  ['one', 'uno', 'eins', '一'],
  ['two', 'dos', 'dois', 'duas', 'deux', 'zwei', 'due', '二'],
  ['three', 'tres', 'trois', 'drei', 'tre', '三'],
  ['four', 'cuatro', 'quatro', 'quatre', 'vier', 'quattro', '四'],
  ['five', 'cinco', 'cinq', 'funf', 'cinque', '五'],
  ['six', 'seis', 'sechs', 'sei', '六'],
  ['seven', 'siete', 'sete', 'sept', 'sieben', 'sette', '七'],
  ['eight', 'ocho', 'oito', 'huit', 'acht', 'otto', '八'],
  ['nine', 'nueve', 'nove', 'neuf', 'neun', '九'],
  ['ten', 'diez', 'dez', 'dix', 'zehn', 'dieci', '十'],
  ['eleven', 'once', 'onze', 'elf', 'undici', '十一'],
  ['twelve', 'doce', 'doze', 'douze', 'zwolf', 'dodici', '十二'],
  ['thirteen', 'trece', 'treze', 'treize', 'dreizehn', 'tredici', '十三'],
  ['fourteen', 'catorce', 'catorze', 'quatorze', 'vierzehn', 'quattordici', '十四'],
  ['fifteen', 'quince', 'quinze', 'funfzehn', 'quindici', '十五'],
];
const NUMBER_OF = new Map(WORDS.flatMap((words, at) => words.map((word) => [word, at + 1] as const)));

const alternatives = (words: readonly string[]) => ['\\d+', ...words].sort((a, b) => b.length - a.length).join('|');
const KANJI = [...NUMBER_OF.keys()].filter((word) => /^[一二三四五六七八九十]+$/u.test(word));
/** `3 images`, and `3枚`, which stands within a sentence without spaces. */
const STATEMENT = new RegExp(
  [
    `(?<![\\p{L}\\p{N}.,:])(${alternatives([...NUMBER_OF.keys(), ...ARTICLES])})\\s+(?:${NOUN})(?![\\p{L}\\p{N}])`,
    `(?<![\\p{N}.,一二三四五六七八九十])(${alternatives(KANJI)})\\s*(?:枚|つの画像|点の画像)`,
  ].join('|'),
  'gu',
);

/** `6 black and white photos`, `one quick sketch`, `4 16:9 images`. */
const DESCRIBED = new RegExp(
  `(?<![\\p{L}\\p{N}.,:])(${alternatives([...NUMBER_OF.keys(), ...ARTICLES])})(?:\\s+[\\p{L}\\p{N}:'-]+){0,5}?\\s+(?:${NOUN}|${KINDS})(?![\\p{L}\\p{N}])`,
  'gu',
);
/** `images=4`, `photos: 4`, `portraits x4`; `x4 images`, `4x images`. */
const ASSIGNED = new RegExp(
  `(?:${NOUN}|${KINDS})\\s*[=:]?\\s*x?\\s*(\\d+)(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}.,:])x?(\\d+)x?\\s*(?:${NOUN}|${KINDS})(?![\\p{L}\\p{N}])`,
  'gu',
);
/** `4张`, `4장`, `4 картинки`: a number and a noun or counter of another script. */
const OTHER_SCRIPTS = /(?<![\p{N}.,])(\d+)\s*(?:张|張|幅|장|枚|картин|изображени|фото|рисун|портрет)/gu;

const plainOf = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The words that count pictures, articles among them. */
function countingWords(plain: string): string[] {
  return Array.from(plain.matchAll(STATEMENT), ([, word, japanese]) => word ?? japanese ?? '');
}

const firstNumber = (words: readonly string[]): number | undefined =>
  words.filter((word) => !ARTICLES.includes(word)).map((word) => NUMBER_OF.get(word) ?? Number(word))[0];

/** The number of pictures that a text states first; `undefined` when it states none. */
export function numberStated(text: string): number | undefined {
  return firstNumber(countingWords(plainOf(text)));
}

/** Says how the text fails to name `images` pictures; `undefined` when it does not fail. Names are those of the fields. */
export function checkNumberNamed(
  text: string,
  images: number,
  { prompt, number } = { prompt: 'text', number: 'sequential_image_generation_options' },
): string | undefined {
  const plain = plainOf(text);
  const named = countingWords(plain);
  const first = firstNumber(named);
  if (first === undefined) {
    const found = [DESCRIBED, ASSIGNED, OTHER_SCRIPTS].flatMap((pattern) => [...plain.matchAll(pattern)]);
    const described = found.map(([, one, other]) => {
      const word = one ?? other ?? '';
      return ARTICLES.includes(word) ? 1 : (NUMBER_OF.get(word) ?? Number(word));
    });
    if (described.includes(images) || (images === 1 && named.length > 0)) return undefined;
    return `${prompt}: does not name the number of images`;
  }
  return first === images ? undefined : `${prompt}: names ${first} images, ${number} ${images}`;
}
