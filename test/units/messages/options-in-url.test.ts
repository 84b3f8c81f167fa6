/** A job's options in its gallery's own message: read again years later, whatever the bot is set to by then. */
import { expect, test } from 'vitest';
import { askedEmbeds, optionsUrl, readAsked, readOptions } from '../../../src/services/messages/options-in-url.ts';
import { modelOf } from '../../../src/services/job/job.ts';
import { MODEL } from '../../../src/services/models/seedream.ts';
import { sampleJob } from '../../support/sample-job.ts';

/** As a gallery of before there were several models has it. */
const OLD =
  'https://www.runcomfy.com/models/bytedance/seedream-4-0/sequential#job=1574318992691036160&part=1-0&count=4&size=2304%3A1728+%284%3A3%29&seed=7&quality=fast&spoiler=false';

const options = { count: 4, size: '2304:1728 (4:3)', seed: 7, quality: 'fast', spoiler: false };
const description = 'a quiet harbour';

test('the default model is not named, so that its galleries are what they always were', () => {
  expect(optionsUrl(sampleJob(), '1-0')).toBe(OLD);
  expect(optionsUrl(sampleJob({ model: MODEL }), '1-0')).toBe(OLD);
});

test('a gallery that names no model was made with the default one', () => {
  const read = readOptions({ url: OLD, description });
  expect(read).toEqual({ prompt: description, ...options, madeFrom: 0 });
  expect(modelOf(read ?? { model: 'another' })).toBe(MODEL);
});

test.each(['bytedance/seedream-5.0-pro/text-to-image', 'acme/a_model.of-its-own'])(
  '%s is named and read again',
  (model) => {
    const job = sampleJob({ model, size: '16:9' });
    const url = optionsUrl(job, '1-0');
    expect(url).toMatch(new RegExp(`^https://www\\.runcomfy\\.com/models/${model}#`));
    expect(readOptions({ url, description })).toEqual({
      prompt: description,
      ...options,
      size: '16:9',
      model,
      madeFrom: 0,
    });
    const asked = { ...job, seed: undefined, private: true };
    const read = readAsked(askedEmbeds(job.id, asked));
    expect(read).toMatchObject({ model, size: '16:9', seed: undefined, private: true });
  },
);

test('a model without sizes has none in its galleries, and is read all the same', () => {
  const job = sampleJob({ model: 'acme/plain', size: '' });
  expect(readOptions({ url: optionsUrl(job, '1-0'), description })).toMatchObject({ model: 'acme/plain', size: '' });
});

test('a refusal gives back each picture that was to be started from, small, and reads them again', () => {
  const url = (number: number) => `https://cdn.discordapp.com/ephemeral-attachments/1/${number}/a.png?ex=66000000`;
  const references = Array.from({ length: 10 }, (_, index) => ({ url: url(index), type: 'image/png', bytes: 7 }));
  const asked = { ...sampleJob(), seed: undefined, private: false, references };
  const embeds = askedEmbeds('1574318992691036160', asked);
  expect(embeds).toHaveLength(10);
  const shown = embeds.map(({ thumbnail, ...embed }) => ({
    ...embed,
    thumbnail: thumbnail && { ...thumbnail, width: 8, height: 6 },
  }));
  expect(readAsked(shown)?.references).toEqual(references.map((each) => ({ url: each.url, width: 8, height: 6 })));
  const unshowable = ['', 'a.png', 'javascript:alert(1)', `https://example.com/${'a'.repeat(2048)}`].map((each) => ({
    url: each,
  }));
  expect(askedEmbeds('1', { ...asked, references: unshowable }).map(({ thumbnail }) => thumbnail)).toEqual([undefined]);
  // More than a message has room for.
  const tooMany = askedEmbeds('1', { ...asked, references: [...references, { url: url(10) }] });
  expect(tooMany.map(({ thumbnail }) => thumbnail)).toEqual([undefined]);
  expect(readAsked(tooMany)).toMatchObject({ prompt: asked.prompt, references: [] });
});

test.each(['a', 'é', '語', '🦉'])(
  'a prompt that may not be quoted is read again, and fits an address at any length: %s',
  (sign) => {
    const asked = { ...sampleJob({ model: 'acme/a_model.of-its-own' }), seed: 4711, private: false };
    const longest = sign.repeat(600 / sign.length);
    const [embed] = askedEmbeds('1574318992691036160', { ...asked, prompt: longest }, '…');
    expect(embed?.description).toBe('…');
    expect(embed?.url).not.toContain(encodeURIComponent(sign.repeat(3)));
    expect(embed?.url?.length).toBeLessThanOrEqual(2048);
    expect(readAsked([embed ?? {}])?.prompt).toBe(longest);
    const [cut] = askedEmbeds('1', { ...asked, prompt: sign.repeat(4000) }, '…');
    expect(cut?.url?.length).toBeLessThanOrEqual(2048);
    expect(readAsked([cut ?? {}])?.prompt.startsWith(longest)).toBe(true);
  },
);

test('a gallery says from how many pictures it was made, and a further message of it says nothing of its options', () => {
  const job = sampleJob({
    references: [{ url: 'https://cdn.discordapp.com/1' }, { url: 'https://cdn.discordapp.com/2' }],
  });
  const url = optionsUrl(job, '1-0');
  expect(url).not.toContain('cdn.discordapp.com');
  expect(readOptions({ url, description })).toMatchObject({ prompt: description, madeFrom: 2 });
  expect(readOptions({ url: optionsUrl(job, '2-0'), description })).toBeUndefined();
});
