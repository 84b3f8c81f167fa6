/** The number of pictures that a prompt asks for, prompt by prompt: what is paid for is what the text that is sent says. */
import { describe, expect, test } from 'vitest';
import { composePrompt } from '../../../src/services/prompt/prompt.ts';

/**
 * What becomes of a prompt: a number where it states that many and is sent as it is; `worded` where it states none, so that
 * the number is put before it; `asks` where it may state one; else why it is refused.
 */
type Outcome = number | 'worded' | 'asks' | 'ambiguous' | 'mismatch' | 'out_of_range';

function outcomeOf(prompt: string, count?: number): Outcome {
  const composed = composePrompt({ prompt, count, imagesPerJob: 15 });
  if (!composed.ok) {
    const [, why = ''] = composed.reason.split('count_');
    return why === 'unsure' ? 'asks' : (why as Outcome);
  }
  if (composed.text === prompt) return composed.count;
  const number = count ?? 3;
  expect(composed).toEqual({
    ok: true,
    text: `Generate ${number} image${number === 1 ? '' : 's'}: ${prompt}`,
    count: number,
  });
  return 'worded';
}

const rows = (outcome: Outcome, prompts: string[]) => prompts.map((prompt): [string, Outcome] => [prompt, outcome]);

describe('without the option count', () => {
  test.each<[string, Outcome]>([
    ['Generate 5 old photos of cats', 5],
    ['4 16:9 images', 4],
    ['6 black and white photos', 6],
    ['3 watercolour pictures of a fox', 3],
    ['5 hand-drawn illustrations', 5],
    ['4 moody, cinematic photos of a street', 4],
    ['two cat and dog pictures', 2],
    ['4 high-resolution product photos', 4],
    ['ten dark fantasy concept drawings', 10],
    ['3 wedding photos', 3],
    ['4 gaming wallpapers', 4],
  ])('adjectives between number and noun: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ['three 9:16 images', 3],
    ['2枚の1:1画像', 2],
    ['5 photorealistic 4K images', 5],
    ['3 35mm photos', 3],
    ['3 35 mm photos', 3],
    ['3 8x10 prints', 3],
    ['4 A4 posters', 4],
    ['six 1080p wallpapers', 6],
    ['4K 3 images', 3],
  ])('ratios and measures between them: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ['a set of 4 images', 4],
    ['a series of six portraits', 6],
    ['a collection of five landscape photographs', 5],
    ['a 4-image set of foxes', 4],
    ['a trio of portraits', 3],
    ['images=4', 4],
    ['images=4 of a cat', 4],
    ['num_images=4 a dog', 4],
    ['images: four', 4],
    ['number of images: 4', 4],
    ['cat pictures (4)', 4],
    ['4x images', 4],
    ['portraits x4', 4],
    ['portraits of a cat, x4', 4],
    ['photos ×4', 4],
    ['portrait x4', 4],
  ])('series and figures after the noun: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ['4️⃣ images', 4],
    ['1️⃣2️⃣ photos', 12],
    ['🔟 images', 10],
    ['１５ images', 15],
    ['④ photos', 4],
    ['❹ photos', 4],
    ['Ⅳ images', 4],
    ['٤ images', 4],
    ['५ photos', 5],
  ])('digits of every kind: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ['6 portraits of a queen', 6],
    ['four drawings', 4],
    ['3 posters for a band', 3],
    ['5 paintings, please', 5],
    ['Erzeuge 4 Porträts', 4],
    ['vier Ölgemälde', 4],
    ['zwei Plakate', 2],
    ['eine Serie von 6 Zeichnungen', 6],
    ['quatre dessins de chats', 4],
    ['3 affiches vintage', 3],
    ['tres dibujos', 3],
    ['una serie de 4 retratos', 4],
    ['cinco cartazes', 5],
    ['faça 3 desenhos de um gato', 3],
    ['quattro ritratti', 4],
    ['una serie di 5 dipinti', 5],
    ['ポスターを3枚', 3],
    ['肖像画5枚', 5],
  ])("portraits, drawings, posters in the bot's languages: %s", (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ['4张图片', 4],
    ['四张照片', 4],
    ['生成两张猫的图', 2],
    ['3張圖片', 3],
    ['五幅油画', 5],
    ['三张桌子', 'worded'],
    ['이미지 4장', 4],
    ['고양이 사진 다섯 장', 5],
    ['4장의 이미지', 4],
    ['제3장', 'worded'],
    ['5 картинок', 5],
    ['три фотографии кота', 3],
    ['нарисуй 6 чёрно-белых портретов', 6],
    ['одна картинка', 1],
  ])('Chinese, Korean and Russian: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>(
    rows('worded', [
      'Ektar 100 photo',
      'a street, Kodak Portra 400 photo, grain',
      'Pixel 8 photo',
      'Windows 95 picture',
      'Civilization 6 image',
      'a Boeing 747 photo',
      'Nintendo 64 image',
      'Fujifilm Superia 400 photo of a beach',
      'Blade Runner 2049 poster',
      'Route 66 poster',
      '21 pilots poster',
      'Formula 1 picture',
      'Air Force One photo',
      '1984 poster',
      'a 1950 photo of Paris',
      'Windows 95 Bild',
      'Portra 400写真',
      '3 cats',
      'F1, 8k',
      'a photo of a 5 year old girl',
      'a portrait of a 30-year-old man',
      'photos of 3 dogs',
      '3 children drawing pictures',
      'a desk with 3 picture frames',
      'a laptop with 3 stickers',
      '1. a cat photo 2. a dog photo',
    ]),
  )('names, sizes, ages and other things state none: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>(
    rows('asks', [
      'a wall of 12 framed photos',
      'a desk with 5 photos on it',
      'a man holding 3 pictures',
      'a grid of 4 images',
      'a 9-photo collage',
      '12 framed photos on a wall',
      '壁に12枚の写真が飾ってある部屋',
      '墙上挂着12张照片',
      'Pixel 8 photos of a cat',
      'Portra 400 photos',
      'Civilization 6 images',
      '3 sets of 4 images',
      '5 or more images',
      'images 4',
      'cat photos, 4',
      'photo of a cat, x4',
    ]),
  )('a number that may be stated or not is asked about: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });

  test.each<[string, Outcome]>([
    ...rows('ambiguous', [
      '4 photos of dogs and 4 photos of cats',
      '4 photos of dogs and 4 of cats',
      '3 images and 2 more',
      '3 photos of a fox, 2 drawings of a bear',
      '2-3 images',
      'two or three pictures',
      '2 + 2 images',
      '写真を3枚と絵を2枚',
      'Generate 4 images of a room with 7 pictures on the wall',
    ]),
    ...rows('out_of_range', ['0 images', '20 pictures', '1,000 images', 'two thousand photos']),
  ])('two numbers, and numbers that cannot be, are refused: %s', (prompt, outcome) => {
    expect(outcomeOf(prompt)).toBe(outcome);
  });
});

test.each<[string, number, Outcome]>([
  ['6 black and white photos', 6, 6],
  ['6 black and white photos', 4, 'mismatch'],
  ['three 9:16 images', 2, 'mismatch'],
  ['이미지 4장', 2, 'mismatch'],
  ['a wall of 12 framed photos', 2, 'worded'],
  ['a wall of 12 framed photos', 12, 'worded'],
  ['Pixel 8 photos of a cat', 4, 'worded'],
  ['Ektar 100 photo', 1, 'worded'],
  ['4 photos of dogs and 4 photos of cats', 4, 'ambiguous'],
  ['4 photos of dogs and 4 photos of cats', 8, 'ambiguous'],
  ['2-3 images', 3, 'ambiguous'],
  ['4 images of a room with 7 pictures on the wall', 4, 4],
  ['4 images of a room with 7 pictures on the wall', 7, 'ambiguous'],
  ['4 photos: 2 of dogs and 2 of cats', 4, 4],
])('with the option count: %s, %i', (prompt, count, outcome) => {
  expect(outcomeOf(prompt, count)).toBe(outcome);
});
