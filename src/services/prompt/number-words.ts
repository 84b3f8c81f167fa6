/** The words by which a prompt states a number of images, in the bot's languages. Spelled as {@link fold} leaves them. */

export type Language = 'en' | 'es' | 'pt' | 'fr' | 'de' | 'it';

export interface NumberWord {
  value: number;
  languages: Language[];
}
export interface Noun {
  /** `both` is a form that does not change (Italian `3 foto`). */
  form: 'singular' | 'plural' | 'both';
  languages: Language[];
}

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** From zero upwards; `/` parts forms of the same number. */
const COUNTED: Partial<Record<Language, string>> = {
  en: `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty`,
  es: `cero un/una/uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis
    diecisiete dieciocho diecinueve veinte veintiun/veintiuna veintidos veintitres veinticuatro veinticinco veintiseis
    veintisiete veintiocho veintinueve`,
  pt: `zero um/uma dois/duas tres quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze
    dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vinte`,
  fr: `zero un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize _ _ _
    vingt/vingts`,
  de: `null ein/eine/einen/einem/einer/eines/eins zwei/zwo drei vier funf/fuenf sechs sieben acht neun zehn elf
    zwolf/zwoelf dreizehn vierzehn funfzehn/fuenfzehn sechzehn siebzehn achtzehn neunzehn zwanzig`,
  it: `zero un/una/uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
    sedici diciassette diciotto diciannove venti ventuno ventidue ventitre ventiquattro venticinque ventisei
    ventisette ventotto ventinove`,
};

/** Tens from 30 to 90, then 100 and 1000: above any job's images, but stated all the same. */
const LARGE: Partial<Record<Language, string>> = {
  en: 'thirty forty fifty sixty seventy eighty ninety hundred thousand',
  es: 'treinta cuarenta cincuenta sesenta setenta ochenta noventa cien/ciento mil',
  pt: 'trinta quarenta cinquenta sessenta setenta oitenta noventa cem/cento mil',
  fr: 'trente quarante cinquante soixante septante huitante/octante nonante cent mille',
  de: 'dreissig vierzig funfzig/fuenfzig sechzig siebzig achtzig neunzig hundert/einhundert tausend/eintausend',
  it: 'trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille',
};

/** Collective numbers; they may be followed by `of` and its like. Vague ones (a couple, a few, ein paar) state nothing. */
const COLLECTIVE: Partial<Record<Language, Record<string, number>>> = {
  en: { dozen: 12, dozens: 12, pair: 2, million: 1_000_000 },
  es: { docena: 12, docenas: 12, decena: 10, veintena: 20, centenar: 100, millon: 1_000_000 },
  pt: { duzia: 12, duzias: 12, dezena: 10, centena: 100, milhao: 1_000_000 },
  fr: { douzaine: 12, douzaines: 12, dizaine: 10, quinzaine: 15, vingtaine: 20, trentaine: 30, centaine: 100 },
  de: { dutzend: 12 },
  it: { dozzina: 12, dozzine: 12, decina: 10, quindicina: 15, ventina: 20, centinaio: 100 },
};

const NUMBERS = new Map<string, NumberWord>();
function add(word: string, value: number, language: Language): void {
  const known = NUMBERS.get(word);
  if (known === undefined) NUMBERS.set(word, { value, languages: [language] });
  else known.languages.push(language);
}
for (const language of ['en', 'es', 'pt', 'fr', 'de', 'it'] as const) {
  for (const [value, forms] of words(COUNTED[language] ?? '').entries()) {
    for (const form of forms.split('/')) add(form, value, language);
  }
  for (const [index, forms] of words(LARGE[language] ?? '').entries()) {
    for (const form of forms.split('/')) add(form, [30, 40, 50, 60, 70, 80, 90, 100, 1000][index] ?? 0, language);
  }
  for (const [word, value] of Object.entries(COLLECTIVE[language] ?? {})) add(word, value, language);
}
NUMBERS.delete('_');
const GERMAN_UNITS = words('ein zwei drei vier funf sechs sieben acht neun');
for (const [tens, word] of words('zwanzig dreissig vierzig funfzig').entries()) {
  for (const [unit, first] of GERMAN_UNITS.entries()) add(`${first}und${word}`, tens * 10 + 21 + unit, 'de');
}

/** Multiply a number before them (`two dozen`, `three hundred`). */
export const MULTIPLIERS = new Set(
  words(`hundred thousand cent mille hundert tausend mil ${Object.values(COLLECTIVE).flatMap(Object.keys).join(' ')}`),
);
export const COLLECTIVES = new Set(Object.values(COLLECTIVE).flatMap(Object.keys));
/** `a pair of images` is two; `pair images` is not. */
export const ONLY_WITH_OF = new Set(['pair']);

/** The articles that are also the word for one: alone they state nothing. */
export const ARTICLES = new Set(words('un una uno une um uma ein eine einen einem einer eines'));

/** What makes one explicit: `a single image`, `una sola imagen`, `ein einziges Bild`. */
export const SINGLE = new Map<string, Language[]>([
  ['single', ['en']],
  ['sole', ['en']],
  ['solo', ['es', 'it']],
  ['sola', ['es', 'it']],
  ['unico', ['es', 'pt', 'it']],
  ['unica', ['es', 'pt', 'it']],
  ['so', ['pt']],
  ['seul', ['fr']],
  ['seule', ['fr']],
  ['unique', ['fr']],
  ['einzige', ['de']],
  ['einziges', ['de']],
  ['einzigen', ['de']],
  ['einzelnes', ['de']],
  ['singolo', ['it']],
  ['singola', ['it']],
]);

/** Before a dozen: half of it. */
export const HALF = new Set(words('half media meia mezza demi halbes'));

const NOUNS = new Map<string, Noun>();
const nouns = (form: Noun['form'], table: Partial<Record<Language, string>>): void => {
  for (const language of ['en', 'es', 'pt', 'fr', 'de', 'it'] as const) {
    for (const word of words(table[language] ?? '')) {
      const known = NOUNS.get(word);
      if (known === undefined) NOUNS.set(word, { form, languages: [language] });
      else {
        known.languages.push(language);
        if (known.form !== form) known.form = 'both';
      }
    }
  }
};
nouns('singular', {
  en: 'image picture photo photograph pic img illustration',
  es: 'imagen foto fotografia ilustracion',
  pt: 'imagem foto fotografia ilustracao',
  fr: 'image photo photographie illustration',
  de: 'bild foto fotografie illustration',
  it: 'immagine fotografia illustrazione',
});
nouns('plural', {
  en: 'images pictures photos photographs pics imgs illustrations',
  es: 'imagenes fotos fotografias ilustraciones',
  pt: 'imagens fotos fotografias ilustracoes',
  fr: 'images photos photographies illustrations',
  de: 'bilder bildern fotos fotografien illustrationen',
  it: 'immagini foto fotografie illustrazioni',
});

/** German joins words: `Katzenbilder`, `Landschaftsfotos`. */
const GERMAN_ENDINGS = ['bilder', 'bildern', 'fotos'];

export function numberWord(word: string): NumberWord | undefined {
  return NUMBERS.get(word);
}

export function nounOf(word: string): Noun | undefined {
  const known = NOUNS.get(word);
  if (known !== undefined) return known;
  return GERMAN_ENDINGS.some((ending) => word.endsWith(ending)) ? { form: 'plural', languages: ['de'] } : undefined;
}
