import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composePrompt, limitCount, promptMaxLength, statedNumbers } from '../../../src/services/prompt/prompt.ts';
import { COUNT_MAX, TEXT_MAX_LENGTH } from '../../../src/services/models/seedream.ts';
import { anyCharacter } from '../../support/any-character.ts';

/** What a member types, and the numbers of images it states. */
const compose = (prompt: string, count?: number, imagesPerJob = 15) => composePrompt({ prompt, count, imagesPerJob });

describe('the number a prompt states', () => {
  it.each<[string, ...number[]]>([
    ['Generate 5 images of cats', 5],
    ['4 people in 2 photographs', 2],
    ['5 cats in 3 pictures', 3],
    ['Give me FIVE Images', 5],
    ['three (3) images', 3],
    ['**5** images', 5],
    ['5x images', 5],
    ['5images of cats', 5],
    ['10+ images', 10],
    ['top 10 images', 10],
    ['- 3 images', 3],
    ['5 image of a cat', 5],
    ['1 image', 1],
    ['0 images', 0],
    ['-3 images', -3],
    ['1000 images', 1000],
    ['1,000 images', 1000],
    ['1 000 images', 1000],
    ['1.000 imágenes', 1000],
    ['twenty-five images', 25],
    ['a hundred and five images', 105],
    ['a dozen images', 12],
    ['half a dozen images', 6],
    ['two dozen images', 24],
    ['a pair of images', 2],
  ])('is found in English figures and words: %s', (prompt, ...stated) => {
    expect(statedNumbers(prompt)).toEqual(stated);
  });

  it.each<[string, number]>([
    ['5 different beautiful images', 5],
    ['3 high quality photos', 3],
    ['5 high-quality images', 5],
    ['5 black and white photos', 5],
    ['5 beautiful, detailed images', 5],
    ['4 different 3D images', 4],
    ['5 elf pictures', 5],
    ['5 cat images', 5],
    ['5 hermosas imágenes', 5],
    ['trois belles petites images', 3],
    ['5枚の美しい猫の画像', 5],
  ])('is found before adjectives: %s', (prompt, stated) => {
    expect(statedNumbers(prompt)).toEqual([stated]);
  });

  it.each<[string, number]>([
    ['Genera 5 imagenes de un gato', 5],
    ['cinco imágenes de un gato', 5],
    ['once imágenes', 11],
    ['una docena de imágenes', 12],
    ['treinta y una imágenes', 31],
    ['quatro imagens de gatos', 4],
    ['duas fotos de gatos', 2],
    ['trois images de chats', 3],
    ["une douzaine d'images", 12],
    ['dix-sept photos', 17],
    ['Erzeuge drei Bilder von Katzen', 3],
    ['5 Katzenbilder', 5],
    ['zwölf Bilder', 12],
    ['fünfundzwanzig Bilder', 25],
    ['sei immagini di gatti', 6],
    ['3 foto di gatti', 3],
    ['mezza dozzina di immagini', 6],
    ['5枚の画像', 5],
    ['猫の画像を5枚生成して', 5],
    ['５枚', 5],
    ['猫を五枚', 5],
    ['写真3枚', 3],
    ['十五枚の写真', 15],
    ['二十枚の写真', 20],
    ['5つの画像', 5],
    ['画像を5つ', 5],
  ])('is found in the other languages: %s', (prompt, stated) => {
    expect(statedNumbers(prompt)).toEqual([stated]);
  });

  it.each([
    '3 cats',
    'a cat, 8k',
    'F1 car in the 1980s',
    'F1 photos',
    '4k images',
    '8K photo',
    '3D images',
    '1980s photos',
    '90s photo',
    'a 35mm photo',
    '35 mm photos',
    'f/1.8 photo',
    'f/8 photos',
    '5 x 7 photo',
    '5x7 photos',
    '16:9 images',
    '3.5 images',
    'No. 5 pictures',
    '№5 pictures',
    'iPhone 15 photos',
    'image 3 of 5',
    'first image, 2nd picture',
    '24 hour photo shop',
    '100 year old photos',
    'a 9-photo collage',
    '3 picture frames on a wall',
    'two-tone images',
    'a group of 5 people taking photos',
    '5 personas sacando fotos',
    '3 girls take photos',
    '3 cats, images of dogs',
    '2 cats and photos',
    'elf pictures',
    'once images',
    'a couple of images',
    'ein paar Bilder',
    '2枚目の画像',
    '3人の写真',
    '1980年代の写真',
    '5枚の花びらを持つ花',
    '花びらが5枚の花の写真',
  ])('is none where the number counts, names or measures something else: %s', (prompt) => {
    expect(statedNumbers(prompt)).toEqual([]);
  });

  it.each([
    'An image of a cat',
    'a picture of a cat',
    'una imagen de un gato',
    'une image de chat',
    'ein Bild einer Katze',
    'uma imagem de um gato',
    "un'immagine di un gatto",
  ])('is none in an article: %s', (prompt) => {
    expect(statedNumbers(prompt)).toEqual([]);
    expect(compose(prompt, 4)).toMatchObject({ ok: true, count: 4 });
  });

  it.each([
    'one image',
    'a single image',
    'una sola imagen',
    'une seule image',
    'ein einziges Bild',
    'uma única imagem',
    'una singola immagine',
    '一枚の写真',
  ])('is one where one is meant: %s', (prompt) => {
    expect(statedNumbers(prompt)).toEqual([1]);
  });

  it.each<[string, number[]]>([
    ['3 images of cats and 4 pictures of dogs', [3, 4]],
    ['3 images of cats and 3 pictures of dogs', [3, 3]],
    ['2-3 images', [3, 2]],
    ['2 or 3 images', [3, 2]],
    ['entre dos y tres imágenes', [3, 2]],
    ['2、3枚', [3, 2]],
  ])('may be several: %s', (prompt, stated) => {
    expect(statedNumbers(prompt)).toEqual(stated);
  });

  it('is what the model will read, whatever hides in it', () => {
    expect(statedNumbers('1\u200B5 images')).toEqual([15]);
    expect(statedNumbers('five\u202E\nimages')).toEqual([5]);
  });

  it.each(['5 ', '1 000 ', 'twenty ', '2-', '5 a ', '(', ' 5枚の', '5 beautiful, ', '"', '\u0301', 'zwei'])(
    'is looked for in time that grows with the length alone: %j over and over',
    (unit) => {
      const started = performance.now();
      statedNumbers(unit.repeat(6000));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

describe('prompt and count', () => {
  it('takes the count from the prompt, and sends the prompt as it is', () => {
    expect(compose('Generate 5 images of cats')).toEqual({ ok: true, text: 'Generate 5 images of cats', count: 5 });
    expect(compose('Generate 5 images of cats', 5)).toEqual({ ok: true, text: 'Generate 5 images of cats', count: 5 });
  });

  it('words the count into a prompt that states none', () => {
    expect(compose('3 cats')).toEqual({ ok: true, text: 'Generate 3 images: 3 cats', count: 3 });
    expect(compose('a cat', 1)).toEqual({ ok: true, text: 'Generate 1 image: a cat', count: 1 });
    expect(compose('猫', 4)).toEqual({ ok: true, text: 'Generate 4 images: 猫', count: 4 });
  });

  it("stays below the host's limit for one job by itself", () => {
    expect(compose('a cat', undefined, 2)).toMatchObject({ ok: true, count: 2 });
  });

  it('refuses two different numbers', () => {
    expect(compose('5 images of cats', 4)).toEqual({ ok: false, reason: 'count_mismatch', stated: 5, count: 4 });
    expect(compose('20 images of cats', 4)).toEqual({ ok: false, reason: 'count_mismatch', stated: 20, count: 4 });
  });

  it.each([0, 16, 1000, -3])('refuses %i images', (number) => {
    const refusal = { ok: false, reason: 'count_out_of_range', number, max: 15 };
    expect(compose(`${number} images of cats`)).toEqual({ ...refusal, from: 'prompt' });
    expect(compose('cats', number)).toEqual({ ...refusal, from: 'count' });
  });

  it("refuses more than the host's limit for one job", () => {
    const refusal = { ok: false, reason: 'count_above_job_limit', number: 5, max: 4 };
    expect(compose('5 images of cats', undefined, 4)).toEqual({ ...refusal, from: 'prompt' });
    expect(compose('cats', 5, 4)).toEqual({ ...refusal, from: 'count' });
    expect(compose('4 images of cats', undefined, 4)).toMatchObject({ ok: true, count: 4 });
  });

  it('asks which number is meant, unless count confirms the first', () => {
    const prompt = 'Generate 4 images of a room with 7 pictures on the wall';
    expect(compose(prompt)).toEqual({ ok: false, reason: 'count_ambiguous', stated: [4, 7] });
    expect(compose(prompt, 7)).toEqual({ ok: false, reason: 'count_ambiguous', stated: [4, 7] });
    expect(compose(prompt, 4)).toEqual({ ok: true, text: prompt, count: 4 });
  });

  it('refuses a prompt with nothing to see in it', () => {
    for (const prompt of ['', ' \n ', '\u200B\u202E\uFEFF', '\u0000\uD800']) {
      expect(compose(prompt)).toEqual({ ok: false, reason: 'empty' });
    }
  });

  it('sends 600 characters and not one more, its own wording counted', () => {
    const stated = '5 images of cats'.padEnd(600, ' meow');
    expect(compose(stated)).toEqual({ ok: true, text: stated, count: 5 });
    expect(compose(`${stated}!`)).toEqual({ ok: false, reason: 'too_long', length: 601, maxLength: 600 });
    expect(compose('x'.repeat(581), 5)).toMatchObject({ ok: true, text: `Generate 5 images: ${'x'.repeat(581)}` });
    expect(compose('x'.repeat(582), 5)).toEqual({ ok: false, reason: 'too_long', length: 582, maxLength: 581 });
    expect(compose('x'.repeat(581), 10)).toEqual({ ok: false, reason: 'too_long', length: 581, maxLength: 580 });
    expect(compose('😀'.repeat(301), 5)).toMatchObject({ ok: false, reason: 'too_long' });
  });

  it('sends no character that hides: controls, lone surrogates, zero-width, bidi and tag characters', () => {
    const prompt = ' a\u0000\u0007 \u202Ecat\u200B\u2066\u2069\uD83D\n\n by\u00A0night\u{E0041}\u3164 ';
    expect(compose(prompt, 2)).toEqual({ ok: true, text: 'Generate 2 images: a cat by night', count: 2 });
    expect(compose('👩‍🚀 ❤️ 1️⃣', 2)).toMatchObject({ text: 'Generate 2 images: 👩‍🚀 ❤️ 1️⃣' });
  });

  const fragment = fc.constantFrom(
    ...'5 images picture two una imagen 枚 画像 を の 3 12 - , ( x of and bilder docena de dozen half single 第 五 no . : /'.split(
      ' ',
    ),
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

  it('never sends a text that states another number than is paid for, or none, or is too long', () => {
    fc.assert(
      fc.property(
        anyPrompt,
        fc.option(fc.integer({ min: -1, max: 17 }), { nil: undefined }),
        fc.integer({ min: 1, max: 15 }),
        (prompt, count, imagesPerJob) => {
          const outcome = composePrompt({ prompt, count, imagesPerJob });
          if (!outcome.ok) return;
          const stated = statedNumbers(outcome.text);
          expect(stated[0]).toBe(outcome.count);
          // Several stand only where the member said which.
          if (stated.length > 1) expect(count).toBe(stated[0]);
          if (count !== undefined) expect(outcome.count).toBe(count);
          expect(outcome.count).toBeGreaterThanOrEqual(1);
          expect(outcome.count).toBeLessThanOrEqual(Math.min(imagesPerJob, COUNT_MAX));
          expect(outcome.text.length).toBeLessThanOrEqual(TEXT_MAX_LENGTH);
          expect(outcome.text.isWellFormed()).toBe(true);
          // What is sent goes through unchanged a second time, as Again does.
          expect(composePrompt({ prompt: outcome.text, count: outcome.count, imagesPerJob })).toEqual(outcome);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("comes to the same under a guild's own limit that is known later as under one that is known at once", () => {
    fc.assert(
      fc.property(
        anyPrompt,
        fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
        (prompt, count, one, other) => {
          const composed = composePrompt({ prompt, count, imagesPerJob: Math.max(one, other) });
          if (!composed.ok) return;
          const imagesPerJob = Math.min(one, other);
          const limited = limitCount({ prompt, ...composed }, { option: count, imagesPerJob });
          expect(limited).toEqual(composePrompt({ prompt, count, imagesPerJob }));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('keeps a plain prompt as typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~](?:[ -~]{0,200}[!-~])?$/u), (typed) => {
        const prompt = typed.replace(/ +/gu, ' ');
        const outcome = compose(prompt);
        if (outcome.ok) expect(outcome.text.endsWith(prompt)).toBe(true);
        else expect(outcome.reason).toMatch(/^count_/u);
      }),
    );
  });
});

describe('another model', () => {
  const single = { namesNumber: false };
  const shorter = { maxCharacters: 100, namesNumber: true };

  it('that makes one picture a request gets the prompt as it is, and no number worded in', () => {
    expect(composePrompt({ prompt: 'a cat', count: 4, imagesPerJob: 15, model: single })).toEqual({
      ok: true,
      text: 'a cat',
      count: 4,
    });
    const whole = composePrompt({ prompt: 'x'.repeat(600), count: 15, imagesPerJob: 15, model: single });
    expect(whole.ok).toBe(true);
    expect(promptMaxLength(single)).toBe(600);
  });

  it('that makes one picture a request, and a guild that allows fewer than the default', () => {
    const composed = { prompt: 'a cat', text: 'a cat', count: 3 };
    const limit = (option: number | undefined) => limitCount(composed, { option, imagesPerJob: 2, model: single });
    expect(limit(undefined)).toEqual({ ok: true, text: 'a cat', count: 2 });
    expect(limit(3)).toMatchObject({ ok: false, reason: 'count_above_job_limit' });
  });

  it('that takes less text is never sent more, and a prompt that fits always fits', () => {
    for (let count = 1; count <= COUNT_MAX; count += 1) {
      const prompt = 'x'.repeat(promptMaxLength(shorter));
      const outcome = composePrompt({ prompt, count, imagesPerJob: 15, model: shorter });
      expect(outcome.ok && outcome.text.length).toBeLessThanOrEqual(100);
      expect(composePrompt({ prompt: 'x'.repeat(101), count, imagesPerJob: 15, model: shorter })).toEqual({
        ok: false,
        reason: 'too_long',
        length: 101,
        maxLength: 100,
      });
    }
  });
});
