/** The small words around a number of images: which join, which part, which only describe. See stated-count.ts. */

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** Between two numbers: a range or a choice (`2-3`, `2 or 3`, `de 2 a 3`). */
export const RANGE = set('- ‐ ‑ – — ~ 〜 、 to or and through a o y e ou et bis oder und od から');

/** Between two numbers: a measure (`5 x 7`, `16:9`, `1/2`). */
export const MEASURE = set('x × : / ⁄ by');

/** Parts of one number word (`twenty-five`, `treinta y una`, `vingt et un`). */
export const WITHIN = set('- ‐ ‑ and y e et und');

export const HYPHENS = set('- ‐ ‑ –');
export const MINUS = set('- −');

/** Marks that may wrap a number or an adjective without parting it from its noun. */
export const WRAPS = set(`( ) [ ] { } " ' ‘ ’ “ ” « » „ * _ + ~ \` ×`);
export const APOSTROPHES = set(`' ’`);

/** Before a number, they make it a name: `No. 5`, `iPhone 15`, `chapter 3`, `$5`, `f/8`. */
export const LABELS = set(`no nr nro num number numero nummer numeros vol volume chapter chapitre capitulo kapitel
  capitolo episode episodio season part page pagina seite scene level version type mark model area route figure fig
  iso formula formel iphone apollo windows gta 第`);
export const LABEL_MARKS = set('# $ € £ ¥ / .');

/** After a number and before a noun, they make it a measure: `35 mm photos`, `100 year old photos`, `5 star hotel`. */
export const UNITS =
  set(`mm cm m km k d px pixel pixels mp megapixel megapixels fps dpi ppi inch inches ft feet foot bit
  bits percent degree degrees year years old day days hour hours minute minutes second seconds week weeks month months
  century star stars panel piece way person player story storey bedroom point stop jahre jahr tage stunden minuten
  ans an anos ano anni anno horas ore heures people`);

/** `of` after a collective number: `una docena de imágenes`, `une douzaine d'images`. */
export const OF = set('of de d di von');

/** They end what a number can count: `3 cats in images`, `4 people with photos`. */
export const STOPS = set(`of in on with without for from by at to as the a an this that these those his her their its my
  your our or and but is are was were be has have had who which while when into onto over under near per each every
  take takes took hold holds make makes share shares look looks show shows
  de del en con sin para por el la los las lo un una unos unas y o que su sus al como sobre hacen toman sacan miran
  do da dos das em no na nos nas com sem um uma uns e ou os as seu sua fazem tiram olham
  d du des le les au aux dans avec sans pour sur par et une qui que son sa ses prennent font regardent
  von vom im mit ohne fur fuer auf an aus bei der die das den dem des ein eine einen und oder ihre seine machen halten
  zeigen schauen di del della dei degli delle nel nella su il lo gli i le per tra fra che uno fanno scattano guardano`);

/** They may part two adjectives: `5 black and white photos`. */
export const AND = set('and y e et und ed');

/** Common adjectives: sure not to be the thing counted, so a comma or `and` may follow, and a plural or -ing is none. */
export const MODIFIERS = set(`black white red blue green yellow dark bright colorful colourful beautiful different
  detailed realistic photorealistic high quality stunning amazing interesting striking breathtaking charming glowing
  unique distinct separate new old vintage cinematic artistic creative cool cute funny nice great good big large small
  sharp clear crisp gorgeous epic professional simple minimalist abstract modern retro sports various
  hermosas bellas bonitas lindas preciosas grandes nuevas distintas diferentes diversas hermosos bellos bonitos lindos
  lindos belas novas distintos variados blanco negro preto branco blancas negras
  belles beaux petites petits grandes grands jolies jolis nouvelles nouveaux superbes magnifiques differentes
  differents autres bonnes vieilles noir blanc
  schone schoene verschiedene grosse kleine neue bunte realistische detaillierte schwarz weiss
  belle nuove diverse grandi piccole bellissime nero bianco`);

/** Japanese: `枚` counts flat things, pictures first of all. */
export const JA_SHEETS = '枚';
export const JA_COUNTERS = set('つ 個 点 コ');
export const JA_NOUNS = ['画像', '写真', 'イラスト', 'イメージ', 'フォト', 'ピクチャー', 'ピクチャ', '絵'];
/** Other things counted by `枚`: `5枚の花びら` is a flower, not five pictures. */
export const JA_FLAT = ['花びら', '花弁', '葉', '皿', '紙', '羽', '翼', '窓', '板', 'カード', '切符', '毛布', 'シャツ'];
export const JA_PARTICLES = set('を は が も で :');
/** They end the search for a noun after `枚の`. */
export const JA_STOPS = set('を 、 。 , . ! ? ; :');
