/** The small words around a number: which join, which part, which only describe. See stated-count.ts. */
import { wordsOf } from './tokens.ts';

const set = (text: string): ReadonlySet<string> => new Set(wordsOf(text));

/** Between two numbers: a range, a choice or a sum (`2-3`, `2 or 3`, `de 2 a 3`, `2 + 2`). */
export const RANGE = set('- ‐ ‑ – — ~ 〜 、 + & to or and through a o y e ou et bis oder und od или до');

/** Parts of one number word (`twenty-five`, `treinta y una`, `vingt et un`). */
export const WITHIN = set('- ‐ ‑ and y e et und');

export const HYPHENS = set('- ‐ ‑ –');
export const MINUS = set('- −');

/** Marks that may wrap a number or an adjective without parting it from its noun. */
export const WRAPS = set(`( ) [ ] { } " ' ‘ ’ “ ” « » „ * _ + ~ \` × ≈ <  >`);
export const APOSTROPHES = set(`' ’`);
/** Where a clause ends. */
export const CLAUSE_ENDS = set('. ! ? : ;');

/** Before a figure they make it a name: `No. 5`, `chapter 3`, `ISO 400`; then the marks that do, `$5`, `f/8`. */
export const LABELS = set(`no nr nro num numero nummer numeros vol volume chapter chapitre capitulo kapitel capitolo
  episode episodio season part page pagina seite scene level version type mark model area route figure fig iso formula
  formel seed age aged day week step steps cfg size zoom`);
export const LABEL_MARKS = set('# $ € £ ¥ / . @');
/** Names that are often followed by a figure: `iPhone 15 photos` may be fifteen photos. */
export const PRODUCTS = set(`iphone pixel galaxy windows playstation xbox portra ektar kodak polaroid nikon canon apollo
  boeing airbus gta fallout civilization`);

/** After a number they make it a measure: `35 mm photos`, `100 year old photos`, `5 people`, `50 %`. */
export const UNITS = set(`mm cm m km px pixel pixels mp megapixel megapixels mb gb kb dpi ppi fps inch inches ft feet
  foot bit bits percent degree degrees year years day days hour hours minute minutes second seconds week weeks month
  months century star stars panel piece way person people player storey bedroom point stop dollar dollars euro euros
  jahre jahr jahrige tage stunden minuten ans an anos ano anni anno horas ore heures лет года мм см % ° € £`);

/** `of` after a collective or a series: `una docena de imágenes`, `Serie von 6 Porträts`, `серия из 4 картинок`. */
export const OF = set('of de d di von aus из');
/** What pictures come in: of such a thing the number counts pictures (`a set of 4 images`). */
export const SERIES = set(`set sets series collection collections batch batches bunch group pack total number selection
  sequence range lot choice maximum minimum serie serien juego conjunto coleccion grupo lote total conjuntos colecao lot
  ensemble suite groupe satz reihe sammlung gruppe raccolta gruppo insieme серия серию серии набор набора`);

/** Words that ask for something or lead to it: a number after them counts what is asked for. */
export const REQUESTS =
  set(`top between entre zwischen tra fra make makes making generating do get give show want need like take draw paint render create generate
  design build craft compose prepare provide send output return deliver see have print shoot try request require
  sketch please me us it them then now here out up another more all total i you we just only exactly about around over
  roughly maybe approximately at least most to in into as for than max maximum minimum
  haz hazme dame quiero necesito muestra muestrame pon saca por favor en para como solo unas unos todas otras exactamente
  faca fazer gere gera quero preciso mostre me de em para como so umas uns todas outras fais faites faire donne moi veux voudrais
  montre en pour comme environ exactement mach mache machen mir gib zeig zeige male will mochte brauche bitte in als
  genau etwa ungefahr fur fammi fai dammi voglio mostra mostrami in per come circa esattamente
  сделай сделайте нарисуй нарисуйте создай создайте покажи дай хочу нужно мне пожалуйста в на`);
/** Stems of verbs with many forms. */
export const REQUEST_STEM =
  /^(?:re)?(?:gener[aeio]|creat(?!ur)|cre[aeo]|cri[aeo]|dibuj|desenh|dessin|disegn|dipin|pint[aeo]|zeichn|erzeug|erstell|produ[czs]|imagin|illustrat|visuali|peins|mal(?:e|en)$|сгенер|генер|созда|изобраз)/u;

export const DETERMINERS = set(`the a an this that these those my our next first last el la los las lo o os as le les
  l ces der die das den ein eine einen dem il gli i un una uno um uma une эти`);

/** Before a number: it stands within the picture that is asked for (`a desk with 5 photos`, `a man holding 3 pictures`). */
export const WITHIN_PICTURE = set(`of with without featuring holding holds hold showing shows has having containing
  contains contain including includes carrying carries wearing displaying displays full among on under near by
  beside behind against from through where whose his her their its and or plus
  de con sin del y o sobre desde com sem do da dos das e ou avec sans du des et sur sous d di e ed su
  mit ohne von aus und an auf uber bei hat haben halt zeigt c со с из и на`);
/** After pictures: they hang or lie in one (`7 pictures on the wall`). */
export const PLACES = set(
  'on hanging hung pinned taped stuck in inside against an in auf sur dans en sobre na no su nel',
);
export const SURFACES =
  set(`wall walls desk table fridge shelf shelves board corkboard screen monitor door floor gallery
  museum frame frames album mantelpiece easel wand tisch rahmen mur table pared mesa marco parede parete tavolo`);
/** Adjectives of pictures that hang in one. */
export const HUNG = set(`framed hanging hung mounted pinned gerahmte gerahmten encadrees encadres enmarcadas enmarcados
  emolduradas emoldurados incorniciate incorniciati`);
/** After one picture they are what is counted: `one picture frame`. */
export const COMPOUND_HEADS = set('frame album book gallery shoot editor file set series collage card shop');
/** Joins of two groups: `4 photos of dogs and 4 photos of cats`. */
export const JOINS = set('and plus & + or as well along y e et und o ou oder i и или');

/** After `of`: a part of what was counted before (`4 photos, 2 of them dark`). */
export const PARTS = set('them these those which the ellos ellas eux elles ihnen essi esse eles elas них');

/** They end what a number can count: `3 cats in images`, `4 people with photos`. */
export const STOPS = set(`of in on with without for from by at to as the a an this that these those his her their its my
  your our or and but is are was were be has have had who which while when into onto over under near per each every
  take takes took hold holds make makes share shares look looks show shows
  de del en con sin para por el la los las lo un una unos unas y o que su sus al como sobre hacen toman sacan miran
  do da dos das em no na nos nas com sem um uma uns e ou os as seu sua fazem tiram olham
  d du des le les au aux dans avec sans pour sur par et une qui que son sa ses prennent font regardent
  von vom im mit ohne fur fuer auf an aus bei der die das den dem des ein eine einen und oder ihre seine machen halten
  malen zeichnen betrachten zeigen schauen di della dei degli delle nel nella su il lo gli i le per tra fra che uno fanno
  scattano guardano с со в на из и или для без под над у к о от`);

/** They may part two adjectives: `5 black and white photos`. */
export const AND = set('and y e et und ed и');

/** Common adjectives: sure not to be the thing counted, so a comma or `and` may follow, and a plural is none. */
export const MODIFIERS = set(`black white red blue green yellow dark bright beautiful different photorealistic high
  quality unique distinct separate new old vintage creative cool cute nice great good big large small sharp clear crisp
  gorgeous professional simple minimalist abstract modern retro sports news series various moody
  hermosas bellas bonitas lindas preciosas grandes nuevas distintas diferentes diversas hermosos bellos bonitos lindos
  belas novas distintos variados blanco negro preto branco blancas negras coloridas coloridos
  belles beaux petites petits grandes grands jolies jolis nouvelles nouveaux superbes magnifiques differentes differents
  autres bonnes vieilles noir blanc splendides
  schone schoene verschiedene grosse kleine neue bunte realistische detaillierte schwarz weiss
  belle nuove diverse grandi piccole bellissime nero bianco`);
/** English endings of adjectives. */
export const ADJECTIVE = /.{2}(?:y|ful|ic|al|ed|ing|ous|ive|ish|ant|ent|less|ary|esque|able|ible|istic)$/u;
/** English plurals, but the ends of `glass`, `bus`, `analysis`, `christmas`. */
export const PLURAL = /^(?:.{2,}(?<![suia])s|people|children|men|women|mice|geese)$/u;
export const VERB = /.{2}ing$/u;
/** The same in Spanish, Portuguese and Italian, where it is never an adjective. */
export const GERUND = /.{2}(?:ando|endo|iendo)$/u;
