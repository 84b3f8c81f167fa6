/** The chart of a guild's usage: names and days as it can draw them, and who is told apart. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { dayLabel, drawableName, drawUsageChart } from '../../../src/services/usage/chart.ts';
import { lastDays, usageByDay } from '../../../src/services/usage/days.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

describe('a name in the chart', () => {
  it.each([
    ['Zoë Müller', 'Zoë Müller'],
    ['Дмитрий', 'Дмитрий'],
    ['Nguyễn Văn', 'Nguyễn Văn'],
    ['𝓒𝓵𝓪𝓻𝓪 🎨', 'Clara'],
    ['★ ＢＥＮ ★', 'BEN'],
    ['A\u200B\u202EB', 'AB'],
    ['a very long name indeed', 'a very long nam…'],
  ])('%s is drawn as %s', (name, drawn) => {
    expect(drawableName(name)).toBe(drawn);
  });

  it.each(['田中', 'عمر', '日本 x', '🦊🦊', ' \u200B ', '***'])(
    '%s has letters that the font lacks, or none',
    (name) => {
      expect(drawableName(name)).toBeUndefined();
    },
  );
});

it('writes days as the reader does, in letters that the font has', () => {
  expect(dayLabel('2026-11-23', 'en-US')).toBe('Nov 23');
  expect(dayLabel('2026-11-23', 'es-ES')).toBe('23 nov');
  expect(dayLabel('2026-11-23', 'ja')).toBe('11/23');
});

describe('the days', () => {
  const span = lastDays(3, NOON);
  const rows = [
    { day: '2026-11-21', userId: 'a', images: 1 },
    { day: '2026-11-22', userId: 'b', images: 5 },
    { day: '2026-11-22', userId: undefined, images: 2 },
    { day: '2026-11-23', userId: 'c', images: 3 },
    { day: '2026-11-23', userId: 'a', images: 4 },
  ];

  it('tell those who used most apart, and put the rest and the forgotten together', () => {
    expect(usageByDay(rows, { ...span, shown: 2 })).toEqual({
      days: ['2026-11-21', '2026-11-22', '2026-11-23'],
      members: [
        { userId: 'a', perDay: [1, 0, 4], images: 5 },
        { userId: 'b', perDay: [0, 5, 0], images: 5 },
      ],
      others: { perDay: [0, 2, 3], images: 5 },
      images: 15,
      most: { day: '2026-11-23', images: 7 },
    });
  });

  it('are there without any use', () => {
    expect(usageByDay([], { ...span, shown: 2 })).toMatchObject({ members: [], images: 0, others: { images: 0 } });
  });
});

describe('the picture', () => {
  const days = usageByDay([], { ...lastDays(30, NOON), shown: 8 }).days;
  const flat = (images: number) => days.map(() => images);

  /** How much of the picture has about this colour. */
  async function share(png: Buffer, [red, green, blue]: [number, number, number]): Promise<number> {
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    let found = 0;
    for (let at = 0; at < data.length; at += info.channels) {
      const off = [red, green, blue].map((part, index) => Math.abs(part - (data[at + index] ?? 0)));
      if (Math.max(...off) < 8) found += 1;
    }
    return found / (info.width * info.height);
  }

  it('is an opaque PNG with a bar for each day in the colours of its members', async () => {
    const series = [
      { label: 'Ana', perDay: flat(6), others: false },
      { label: 'Others', perDay: flat(3), others: true },
    ];
    const png = await drawUsageChart({ days, series, locale: 'en-US' });
    const { format, width, height, isOpaque } = { ...(await sharp(png).metadata()), ...(await sharp(png).stats()) };
    expect({ format, width, height, isOpaque }).toEqual({ format: 'png', width: 1440, height: 760, isOpaque: true });
    const [own, rest] = [await share(png, [0x56, 0xb4, 0xe9]), await share(png, [0x80, 0x84, 0x8e])];
    expect(own).toBeGreaterThan(0.1);
    expect(own / rest).toBeGreaterThan(1.7);
    expect(own / rest).toBeLessThan(2.3);
    expect(await share(png, [0xe6, 0xe8, 0xec]), 'its letters').toBeGreaterThan(0.002);
  });

  it('takes hostile labels for text, and members of the same name for two', async () => {
    const label = '<b>&"{a|x}\'';
    const series = [
      { label, perDay: flat(3), others: false },
      { label, perDay: flat(3), others: false },
    ];
    const png = await drawUsageChart({ days, series, locale: 'en-US' });
    expect(await share(png, [0x56, 0xb4, 0xe9])).toBeGreaterThan(0.1);
    expect(await share(png, [0xe6, 0x9f, 0x00])).toBeGreaterThan(0.1);
  });
});
