/** The words for numbers in the languages in which prompts are read, with their values. */
import { wordsOf } from './tokens.ts';

export type Language = 'en' | 'es' | 'pt' | 'fr' | 'de' | 'it' | 'ru';
export const LANGUAGES: readonly Language[] = ['en', 'es', 'pt', 'fr', 'de', 'it', 'ru'];

export interface NumberWord {
  value: number;
  languages: Language[];
}

/** From zero upwards; `/` parts forms of the same number. */
const COUNTED: Record<Language, string> = {
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
  ru: `ноль один/одна/одно/одну два/две/двух три/трёх четыре/четырёх пять/пяти шесть/шести семь/семи восемь/восьми
    девять/девяти десять/десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать
    восемнадцать девятнадцать двадцать`,
};

/** Tens from 30 to 90, then 100 and 1000: above any job's images, but stated all the same. */
const LARGE: Record<Language, string> = {
  en: 'thirty forty fifty sixty seventy eighty ninety hundred thousand',
  es: 'treinta cuarenta cincuenta sesenta setenta ochenta noventa cien/ciento mil',
  pt: 'trinta quarenta cinquenta sessenta setenta oitenta noventa cem/cento mil',
  fr: 'trente quarante cinquante soixante septante huitante/octante nonante cent mille',
  de: 'dreissig vierzig funfzig/fuenfzig sechzig siebzig achtzig neunzig hundert/einhundert tausend/eintausend',
  it: 'trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille',
  ru: 'тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто тысяча/тысячу',
};

/** Collective numbers; they may be followed by `of` and its like. Vague ones (a couple, a few, ein paar) state nothing. */
const COLLECTIVE: Record<Language, Record<string, number>> = {
  en: { dozen: 12, dozens: 12, pair: 2, duo: 2, trio: 3, quartet: 4, million: 1_000_000 },
  es: { docena: 12, docenas: 12, decena: 10, veintena: 20, centenar: 100, millon: 1_000_000 },
  pt: { duzia: 12, duzias: 12, dezena: 10, centena: 100, milhao: 1_000_000 },
  fr: { douzaine: 12, douzaines: 12, dizaine: 10, quinzaine: 15, vingtaine: 20, trentaine: 30, centaine: 100 },
  de: { dutzend: 12 },
  it: { dozzina: 12, dozzine: 12, decina: 10, quindicina: 15, ventina: 20, centinaio: 100 },
  ru: { дюжина: 12, дюжину: 12, десяток: 10 },
};

const NUMBERS = new Map<string, NumberWord>();
function add(words: string, value: number, language: Language): void {
  for (const word of words.split('/')) {
    const known = NUMBERS.get(word);
    if (known === undefined) NUMBERS.set(word, { value, languages: [language] });
    else known.languages.push(language);
  }
}
const collectives: string[] = [];
for (const language of LANGUAGES) {
  for (const [value, forms] of wordsOf(COUNTED[language]).entries()) add(forms, value, language);
  for (const [index, forms] of wordsOf(LARGE[language]).entries()) {
    add(forms, [30, 40, 50, 60, 70, 80, 90, 100, 1000][index] ?? 0, language);
  }
  for (const [name, value] of Object.entries(COLLECTIVE[language])) {
    const [word = ''] = wordsOf(name);
    collectives.push(word);
    add(word, value, language);
  }
}
NUMBERS.delete('_');
for (const [tens, word] of wordsOf('zwanzig dreissig vierzig funfzig').entries()) {
  for (const [unit, first] of wordsOf('ein zwei drei vier funf sechs sieben acht neun').entries()) {
    add(`${first}und${word}`, tens * 10 + 21 + unit, 'de');
  }
}

export const COLLECTIVES: ReadonlySet<string> = new Set(collectives);
/** `a pair of images` is two; `pair images` is not. */
export const ONLY_WITH_OF: ReadonlySet<string> = new Set(wordsOf('pair duo trio quartet'));
/** Multiply a number before them (`two dozen`, `three hundred`). */
export const MULTIPLIERS: ReadonlySet<string> = new Set([
  ...wordsOf('hundred thousand cent mille hundert tausend mil'),
  ...collectives,
]);
/** Before a dozen: half of it. */
export const HALF: ReadonlySet<string> = new Set(wordsOf('half media meia mezza demi halbes'));

/** The articles that are also the word for one: alone they state nothing. */
export const ARTICLES: ReadonlySet<string> = new Set(wordsOf('un una uno une um uma ein eine einen einem einer eines'));

/** What makes one explicit: `a single image`, `una sola imagen`, `ein einziges Bild`. */
export const SINGLE: ReadonlyMap<string, Language[]> = new Map(
  Object.entries({
    en: 'single sole',
    es: 'solo sola unico unica',
    pt: 'so unico unica',
    fr: 'seul seule unique',
    de: 'einzige einziges einzigen einzelnes',
    it: 'solo sola unico unica singolo singola',
    ru: 'единственная единственную',
  } satisfies Record<Language, string>)
    .flatMap(([language, text]) => wordsOf(text).map((word) => ({ word, language: language as Language })))
    .reduce(
      (map, { word, language }) => map.set(word, [...(map.get(word) ?? []), language]),
      new Map<string, Language[]>(),
    ),
);

export function numberWord(word: string): NumberWord | undefined {
  return NUMBERS.get(word);
}
