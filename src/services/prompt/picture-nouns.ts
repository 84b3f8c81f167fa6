/** The nouns that mean pictures, in the languages in which prompts are read. */
import { LANGUAGES, type Language } from './number-words.ts';
import { fold } from './tokens.ts';

export interface Noun {
  /** `both` is a form that does not change (Italian `3 foto`, German `3 Poster`). */
  form: 'singular' | 'plural' | 'both';
  languages: Language[];
  /** Of a plural: what makes its singular of it. So many letters stay as they are, and the others become these. */
  singular?: { kept: number; ending: string };
  /** It is as often a thing as a picture (`a laptop with 3 stickers`): within a picture it is no reason to ask. */
  thing: boolean;
}

/** `singular/plural/plural ...`; one form alone is both. Accents stand where they come or go with the number. */
const PICTURES: Record<Language, string> = {
  en: `image/images picture/pictures photo/photos photograph/photographs pic/pics img/imgs illustration/illustrations
    portrait/portraits painting/paintings drawing/drawings poster/posters sketch/sketches render/renders
    rendering/renderings artwork/artworks variation/variations snapshot/snapshots screenshot/screenshots selfie/selfies
    headshot/headshots wallpaper/wallpapers watercolor/watercolors watercolour/watercolours cartoon/cartoons
    caricature/caricatures doodle/doodles etching/etchings engraving/engravings polaroid/polaroids print/prints`,
  es: `imagen/imágenes foto/fotos fotografia/fotografias ilustración/ilustraciones retrato/retratos pintura/pinturas
    cuadro/cuadros dibujo/dibujos cartel/carteles poster/posteres boceto/bocetos acuarela/acuarelas grabado/grabados
    variación/variaciones caricatura/caricaturas`,
  pt: `imagem/imagens foto/fotos fotografia/fotografias ilustração/ilustrações retrato/retratos pintura/pinturas
    quadro/quadros desenho/desenhos cartaz/cartazes poster/posteres/posters esboco/esbocos aquarela/aquarelas
    gravura/gravuras variação/variações caricatura/caricaturas`,
  fr: `image/images photo/photos photographie/photographies illustration/illustrations portrait/portraits
    peinture/peintures tableau/tableaux dessin/dessins affiche/affiches poster/posters croquis esquisse/esquisses
    aquarelle/aquarelles gravure/gravures rendu/rendus variation/variations caricature/caricatures`,
  de: `bild/bilder/bildern foto/fotos fotografie/fotografien illustration/illustrationen portrat/portrats
    portraet/portraets gemalde/gemalden gemalde gemaelde zeichnung/zeichnungen poster plakat/plakate/plakaten
    skizze/skizzen aquarell/aquarelle/aquarellen grafik/grafiken aufnahme/aufnahmen variation/variationen
    karikatur/karikaturen`,
  it: `immagine/immagini foto fotografia/fotografie illustrazione/illustrazioni ritratto/ritratti dipinto/dipinti
    quadro/quadri disegno/disegni poster manifesto/manifesti schizzo/schizzi bozzetto/bozzetti acquerello/acquerelli
    locandina/locandine variazione/variazioni caricatura/caricature`,
  ru: `картинка/картинки/картинок картинку/_ изображение/изображения/изображений фото фотография/фотографии/фотографий
    фотографию/_ фотка/фотки/фоток фотку/_ рисунок/рисунка/рисунки/рисунков портрет/портрета/портреты/портретов
    картина/картины/картин картину/_ плакат/плаката/плакаты/плакатов постер/постера/постеры/постеров
    набросок/наброска/наброски/набросков эскиз/эскиза/эскизы/эскизов иллюстрация/иллюстрации/иллюстраций
    иллюстрацию/_ снимок/снимка/снимки/снимков арт/арта/арты/артов`,
};
const THINGS: Record<Language, string> = {
  en: `logo/logos icon/icons sticker/stickers avatar/avatars banner/banners postcard/postcards design/designs
    version/versions variant/variants graphic/graphics visual/visuals thumbnail/thumbnails mockup/mockups meme/memes`,
  es: 'logotipo/logotipos icono/iconos diseno/disenos versión/versiones variante/variantes',
  pt: 'logotipo/logotipos icone/icones design/designs versão/versões variante/variantes',
  fr: 'logo/logos icone/icones version/versions variante/variantes',
  de: 'logo/logos entwurf/entwurfe version/versionen variante/varianten',
  it: 'logo/loghi icona/icone versione/versioni variante/varianti',
  ru: 'вариант/варианта/варианты/вариантов логотип/логотипа/логотипы/логотипов',
};

/** What makes a singular of a plural: little more than its ending changes, so that its capital and its accents stay. */
function singularOf(one: string, plural: string): NonNullable<Noun['singular']> {
  let kept = 0;
  while (kept < plural.length - 1 && one[kept] === plural[kept]) kept += 1;
  return { kept, ending: one.slice(kept) };
}

const NOUNS = new Map<string, Noun>();
function add(word: string, noun: Noun): void {
  const known = NOUNS.get(word);
  if (known === undefined) NOUNS.set(word, noun);
  else {
    known.languages.push(...noun.languages);
    if (known.form !== noun.form) {
      known.form = 'both';
      delete known.singular;
    }
  }
}
for (const [table, thing] of [
  [PICTURES, false],
  [THINGS, true],
] as const) {
  for (const language of LANGUAGES) {
    for (const forms of table[language].split(/\s+/u)) {
      const [one = '', ...plurals] = forms.split('/');
      add(fold(one), { form: plurals.length === 0 ? 'both' : 'singular', languages: [language], thing });
      for (const plural of plurals) {
        add(fold(plural), { form: 'plural', languages: [language], thing, singular: singularOf(one, plural) });
      }
    }
  }
}
NOUNS.delete('_');

/** German joins words: `Katzenbilder`, `Landschaftsfotos`. */
const GERMAN_COMPOUND =
  /^(.{2,}?)(bildern?|fotos|fotografien|portrats|gemalden?|zeichnungen|plakaten?|skizzen|illustrationen|aquarellen?)$/u;

export function nounOf(word: string): Noun | undefined {
  const known = NOUNS.get(word);
  if (known !== undefined) return known;
  const [, before = '', last = ''] = GERMAN_COMPOUND.exec(word) ?? [];
  if (last === '') return undefined;
  const { kept, ending } = NOUNS.get(last)?.singular ?? { kept: last.length, ending: '' };
  const singular = { kept: before.length + kept, ending };
  return { form: 'plural', languages: ['de'], thing: false, singular };
}
