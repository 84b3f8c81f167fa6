/** What is sent to a model that makes one picture a request, prompt by prompt: never a number of pictures but 1. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapFold } from '../../../src/services/prompt/fold-map.ts';
import { textForOne } from '../../../src/services/prompt/one-picture.ts';
import { composePrompt, statedNumbers } from '../../../src/services/prompt/prompt.ts';
import { fold } from '../../../src/services/prompt/tokens.ts';
import { plainText } from '../../../src/services/plain-text.ts';
import { anyCharacter } from '../../support/any-character.ts';

const single = { namesNumber: false };
const compose = (prompt: string, count?: number) => composePrompt({ prompt, count, imagesPerJob: 15, model: single });

describe('a prompt that states a number asks for one picture', () => {
  test.each<[string, string, number]>([
    ['Generate 5 images of cats', 'Generate 1 image of cats', 5],
    ['5 image of a cat', '1 image of a cat', 5],
    ['5images of cats', '1image of cats', 5],
    ['4x images', '1 image', 4],
    ['10+ images', '1 image', 10],
    ['**5** images', '**1** image', 5],
    ['Give me FIVE Images', 'Give me 1 Image', 5],
    ['three (3) images', '1 image', 3],
    ['a dozen images of cats', '1 image of cats', 12],
    ['half a dozen images', '1 image', 6],
    ['a pair of images', '1 image', 2],
    ['top 10 images of Rome', 'top 1 image of Rome', 10],
    ['4 people in 2 photographs', '4 people in 1 photograph', 2],
    ['5 paintings, please', '1 painting, please', 5],
  ])('in English: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['Genera 5 imágenes de gatos', 'Genera 1 imagen de gatos', 5],
    ['5 IMÁGENES', '1 IMAGEN', 5],
    ['haz 2 ilustraciones', 'haz 1 ilustración', 2],
    ['Gere 4 imagens de gatos', 'Gere 1 imagem de gatos', 4],
    ['quatro ilustrações', '1 ilustração', 4],
    ['Génère 4 illustrations', 'Génère 1 illustration', 4],
    ['3 Zeichnungen', '1 Zeichnung', 3],
    ['drei Katzenbilder', '1 Katzenbild', 3],
    ['cinque immagini', '1 immagine', 5],
  ])('as its noun is spelled alone: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['Generate 5 old photos of cats', 'Generate 1 old photo of cats', 5],
    ['4 16:9 images', '1 16:9 image', 4],
    ['6 black and white photos', '1 black and white photo', 6],
    ['4 moody, cinematic photos of a street', '1 moody, cinematic photo of a street', 4],
    ['5 photorealistic 4K images', '1 photorealistic 4K image', 5],
    ['two cat and dog pictures', '1 cat and dog picture', 2],
    ['5枚の美しい猫の画像', '1枚の美しい猫の画像', 5],
  ])('with all that describes it: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['a set of 4 images', '1 image', 4],
    ['Make a set of 4 images, please', 'Make 1 image, please', 4],
    ['a stunning set of 4 images', 'a stunning set of 1 image', 4],
    ['a series of six portraits', '1 portrait', 6],
    ['Create a series with 4 illustrations', 'Create 1 illustration', 4],
    ['a 4-image set of foxes', '1 image of foxes', 4],
    ['una serie de 4 retratos', '1 retrato', 4],
    ['eine Serie von 6 Zeichnungen', '1 Zeichnung', 6],
    ['un lot de 4 affiches', '1 affiche', 4],
    ['una serie di 5 dipinti', '1 dipinto', 5],
  ])('and for no series: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['images=4 of a cat', 'images=1 of a cat', 4],
    ['num_images=4 a dog', 'num_images=1 a dog', 4],
    ['number of images: 4', 'number of images: 1', 4],
    ['cat pictures (4)', 'cat picture (1)', 4],
    ['portraits of a cat, x4', 'portrait of a cat, x1', 4],
    ['photos ×4', 'photo x1', 4],
  ])('where the number stands after its noun: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['Genera 5 fotos de un gato', 'Genera 1 foto de un gato', 5],
    ['tres fotografías de París', '1 fotografía de París', 3],
    ['una docena de dibujos', '1 dibujo', 12],
    ['faça 3 desenhos de um gato', 'faça 1 desenho de um gato', 3],
    ['quatro imagens de gatos', '1 imagem de gatos', 4],
    ['trois images de chats', '1 image de chats', 3],
    ["une douzaine d'images", '1 image', 12],
    ['3 tableaux de Paris', '1 tableau de Paris', 3],
    ['Erzeuge drei Bilder von Katzen', 'Erzeuge 1 Bild von Katzen', 3],
    ['5 Katzenbilder', '1 Katzenbild', 5],
    ['vier Ölgemälde', '1 Ölgemälde', 4],
    ['sei immagini di gatti', '1 immagine di gatti', 6],
    ['mezza dozzina di immagini', '1 immagine', 6],
    ['5枚の画像', '1枚の画像', 5],
    ['猫の画像を5枚生成して', '猫の画像を1枚生成して', 5],
    ['猫を五枚', '猫を1枚', 5],
    ['２枚の1:1画像', '1枚の1:1画像', 2],
    ['5つの画像', '1つの画像', 5],
    ['生成两张猫的图', '生成1张猫的图', 2],
    ['고양이 사진 다섯 장', '고양이 사진 1 장', 5],
    ['три фотографии кота', '1 фотография кота', 3],
  ])('in the other languages: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });

  test.each<[string, string, number]>([
    ['4️⃣ images', '1 image', 4],
    ['🔟 images', '1 image', 10],
    ['④ photos', '1 photo', 4],
    ['١٢ photos', '1 photo', 12],
    ['👩‍🚀 on Mars: 5 photos, façade of Straße №7', '👩‍🚀 on Mars: 1 photo, façade of Straße №7', 5],
    ['ｶﾞﾗｽの写真を３枚', 'ｶﾞﾗｽの写真を1枚', 3],
  ])('whatever characters it is written in, and leaves all others: %s', (prompt, text, count) => {
    expect(compose(prompt)).toEqual({ ok: true, text, count });
  });
});

test.each([
  'a cat',
  '3 cats',
  'Pixel 8 photo',
  'one image of a cat',
  'a single photo',
  '1 old photo',
  '一枚の写真',
  'a photo of a 5 year old girl',
])('a prompt that states no number, or one, is sent as it is: %s', (prompt) => {
  expect(compose(prompt)).toMatchObject({ ok: true, text: prompt });
  expect(textForOne(prompt)).toBe(prompt);
});

test('a number that counts something else stays, also where count says which is meant', () => {
  const wall = 'a wall of 12 framed photos';
  expect(compose(wall, 2)).toEqual({ ok: true, text: wall, count: 2 });
  expect(compose('4 images of a room with 7 pictures on the wall', 4)).toEqual({
    ok: true,
    text: '1 image of a room with 7 pictures on the wall',
    count: 4,
  });
});

test('several numbers are refused as ever, and have no text for one picture', () => {
  for (const prompt of ['3 images of cats and 4 pictures of dogs', '4 photos of dogs and 4 of cats']) {
    expect(compose(prompt)).toMatchObject({ ok: false, reason: 'count_ambiguous' });
    expect(textForOne(prompt)).toBeUndefined();
  }
  expect(compose('2-3 images')).toMatchObject({ ok: false, reason: 'count_ambiguous' });
});

test('the longest prompt fits, though its noun is longer alone', () => {
  const prompt = '5 картин'.padEnd(600, ' кот');
  expect(compose(prompt)).toEqual({ ok: true, text: `1${prompt.slice(1)}`, count: 5 });
});

const fragment = fc.constantFrom(
  ...(
    '5 images picture two una imagen 枚 画像 を の 3 12 - , ( x of and bilder docena de dozen half single 第 五 no . : / ' +
    "set a 4-image + = × fotos d' old black photos 장 두 사진 ④ 🔟 ４ картинок три with serie von Katzenbilder x4"
  ).split(' '),
  ' ',
  '1 000',
  '\u200B',
);
const anyPrompt = fc.oneof(
  fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join(' ')),
  fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 640 }),
  fc.string({ unit: anyCharacter, maxLength: 640 }),
);
const anyCount = fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined });

test('no text that is sent states another number than one, or is longer than what was typed', () => {
  fc.assert(
    fc.property(anyPrompt, anyCount, (prompt, count) => {
      const outcome = compose(prompt, count);
      if (!outcome.ok) return;
      expect(statedNumbers(outcome.text).filter((number) => number !== 1)).toEqual([]);
      expect(outcome.text.length).toBeLessThanOrEqual(plainText(prompt).length);
      expect(outcome.text.isWellFormed()).toBe(true);
      expect(textForOne(outcome.text)).toBe(outcome.text);
      const stated = statedNumbers(prompt);
      if (stated.length === 0 || stated[0] === 1) expect(outcome.text).toBe(plainText(prompt));
      // What is paid for is what the model that makes sets would be asked for.
      const asSet = composePrompt({ prompt, count, imagesPerJob: 15 });
      if (asSet.ok) expect(outcome.count).toBe(asSet.count);
    }),
    { numRuns: 5000 },
  );
});

const phrase = fc.record({
  before: fc.constantFrom('', 'Generate ', 'please draw ', 'Make me ', 'a set of ', 'Erzeuge ', 'genera ', '3 cats: '),
  number: fc.constantFrom('2', '5', '15', '③', '12', '٤'),
  between: fc.constantFrom(' ', ' old ', ' black and white ', ' 16:9 ', ' high-quality 4K ', ' beautiful, detailed '),
  noun: fc.constantFrom('images', 'photos', 'portraits', 'Bilder', 'fotografías', 'dessins', 'immagini', 'картинок'),
  after: fc.constantFrom('', ' of 3 cats', ', 8k', ' in the style of Portra 400', '. Cinematic!', ' 👩‍🚀'),
});

test('a plain request for several always becomes one for one, and nothing else of it changes', () => {
  fc.assert(
    fc.property(phrase, ({ before, number, between, noun, after }) => {
      const prompt = plainText(`${before}${number}${between}${noun}${after}`);
      fc.pre(composePrompt({ prompt, count: undefined, imagesPerJob: 15 }).ok && statedNumbers(prompt).length === 1);
      const outcome = compose(prompt);
      if (!outcome.ok) throw new Error(`${prompt} was refused`);
      const kept = before === 'a set of ' ? '' : before;
      expect(outcome.text.startsWith(`${kept}1${between}`), outcome.text).toBe(true);
      expect(outcome.text.endsWith(after.trimEnd()), outcome.text).toBe(true);
      expect(statedNumbers(outcome.text).every((each) => each === 1)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('every part of a folded text is found again in the text', () => {
  fc.assert(
    fc.property(anyPrompt, (prompt) => {
      const typed = plainText(prompt);
      const map = mapFold(typed);
      expect(map?.folded).toBe(fold(typed));
      for (const { 0: word, index } of (map?.folded ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
        const { from, to } = map?.original(index, index + word.length) ?? { from: 0, to: 0 };
        expect(fold(typed.slice(from, to))).toContain(word);
      }
    }),
    { numRuns: 3000 },
  );
});
