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
