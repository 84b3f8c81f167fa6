/** What is taken to start from, by what Discord says of a file; whose addresses are passed on, and until when they hold. */
import { describe, expect, test } from 'vitest';
import { SEEDREAM_4_0_EDIT } from '../../../src/services/models/profiles/seedream-4.0-edit.ts';
import {
  checkReferences,
  createIsDiscords,
  holds,
  isSameFile,
  type Reference,
} from '../../../src/services/references/references.ts';
import { NOON } from '../../support/sample-job.ts';

const PLACE = 'https://cdn.discordapp.com/ephemeral-attachments/1/2/hill';
const isDiscords = createIsDiscords('https://discord.com/api');
const signed = (address: string, until: number) => `${address}?ex=${Math.floor(until / 1000).toString(16)}&is=1&hm=2&`;
const fine: Reference = {
  url: signed(`${PLACE}.png`, NOON + 3_600_000),
  type: 'image/png',
  bytes: 1,
  width: 8,
  height: 8,
};
const check = (...references: Reference[]) =>
  checkReferences(references, SEEDREAM_4_0_EDIT.references, { isDiscords, now: NOON });

describe('a file', () => {
  test.each<[string, Partial<Reference>]>([
    ['a JPEG by its other name', { type: 'image/jpg' }],
    ['a type with its parameters', { type: 'image/webp; charset=binary' }],
    ['of exactly 10 MB', { bytes: 10_000_000 }],
    ['of exactly 36 megapixels', { width: 6000, height: 6000 }],
    ['of exactly 16:1', { width: 1600, height: 100 }],
    ['of exactly 1:16', { width: 100, height: 1600 }],
  ])('%s is taken', (_, said) => {
    expect(check({ ...fine, ...said })).toBeUndefined();
  });

  test.each<[string, Partial<Reference>, object]>([
    ['a GIF', { type: 'image/gif' }, { reason: 'format', number: 2 }],
    ['a video', { type: 'video/mp4' }, { reason: 'format', number: 2 }],
    ['a web page that is called a picture', { type: 'text/html' }, { reason: 'format', number: 2 }],
    ['a byte too heavy', { bytes: 10_000_001 }, { reason: 'too_heavy', number: 2, max: 10 }],
    ['a row too high', { width: 6000, height: 6001 }, { reason: 'too_many_pixels', number: 2, max: 36 }],
    ['a column too wide', { width: 1601, height: 100 }, { reason: 'ratio', number: 2, max: 16 }],
    ['a row too tall', { width: 100, height: 1601 }, { reason: 'ratio', number: 2, max: 16 }],
    ['expired', { url: signed(`${PLACE}.png`, NOON - 1000) }, { reason: 'expired', number: 2 }],
    ['about to expire', { url: signed(`${PLACE}.png`, NOON + 59_000) }, { reason: 'expired', number: 2 }],
    ['at no address', { url: '' }, { reason: 'elsewhere', number: 2 }],
  ])('%s is not', (_, said, problem) => {
    expect(check(fine, { ...fine, ...said })).toEqual(problem);
  });

  test('without a type is judged by its name, and by whether Discord could measure it', () => {
    const url = (name: string) => signed(`${PLACE}${name}`, NOON + 3_600_000);
    expect(check({ url: url('.jpeg') })).toBeUndefined();
    expect(check({ url: url('.JPG') })).toBeUndefined();
    expect(check({ url: url('.gif'), width: 8, height: 8 })).toBeUndefined();
    expect(check({ url: url('.gif') })).toEqual({ reason: 'format', number: 1 });
    expect(check({ url: url('') })).toEqual({ reason: 'format', number: 1 });
    expect(check({ url: url(''), width: 8, height: 8 })).toBeUndefined();
  });

  test('in a message of the bot may have an address that holds no longer: it is read anew', () => {
    const old = { ...fine, url: signed(`${PLACE}.png`, NOON - 1000), place: { channelId: '1', messageId: '2' } };
    expect(check(old)).toBeUndefined();
  });

  test('is one of ten at most, and one at least', () => {
    expect(check(...Array.from({ length: 10 }, () => fine))).toBeUndefined();
    expect(check(...Array.from({ length: 11 }, () => fine))).toEqual({ reason: 'too_many', given: 11, max: 10 });
    expect(check()).toEqual({ reason: 'too_few', min: 1 });
  });
});

describe('an address', () => {
  test.each([
    'https://cdn.discordapp.com/attachments/1/2/a.png',
    'https://media.discordapp.net/attachments/1/2/a.png?ex=1',
  ])("%s is Discord's", (address) => {
    expect(isDiscords(address)).toBe(true);
  });

  test.each([
    '',
    'a.png',
    'http://cdn.discordapp.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com:8443/attachments/1/2/a.png',
    'https://me:you@cdn.discordapp.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com.example.com/attachments/1/2/a.png',
    'https://cdn.discordapp.com@example.com/a.png',
    'https://example.com/cdn.discordapp.com/a.png',
    'https://images-ext-1.discordapp.net/external/a/https/example.com/a.png',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'http://127.0.0.1:8787/cdn/a.png',
    `https://cdn.discordapp.com/attachments/1/2/${'a'.repeat(2048)}.png`,
  ])('%s is not', (address) => {
    expect(isDiscords(address)).toBe(false);
  });

  test('of where the API is told to be counts on this machine itself, and nowhere else', () => {
    const local = createIsDiscords('http://127.0.0.1:8787/api');
    expect(local('http://127.0.0.1:8787/cdn/attachments/1/2/a.png')).toBe(true);
    expect(local('http://127.0.0.1:8788/cdn/attachments/1/2/a.png')).toBe(false);
    expect(local('http://localhost:8787/cdn/attachments/1/2/a.png')).toBe(false);
    expect(createIsDiscords('https://proxy.example.com/api')('https://proxy.example.com/a.png')).toBe(false);
    expect(createIsDiscords('http://10.0.0.1/api')('http://10.0.0.1/a.png')).toBe(false);
  });

  test('holds until a minute before what it says; one that says nothing holds', () => {
    expect(holds(signed(PLACE, NOON + 60_000), NOON)).toBe(true);
    expect(holds(signed(PLACE, NOON + 59_000), NOON)).toBe(false);
    expect(holds(PLACE, NOON)).toBe(true);
    expect(holds(`${PLACE}?ex=never`, NOON)).toBe(true);
  });

  test('leads to the same file whatever it is signed with', () => {
    expect(isSameFile(signed(PLACE, NOON), signed(PLACE, NOON + 1))).toBe(true);
    expect(isSameFile(PLACE, `${PLACE}2`)).toBe(false);
    expect(isSameFile('', '')).toBe(false);
  });
});
