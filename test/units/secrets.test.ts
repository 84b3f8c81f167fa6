/** Whoever has a signed address of Discord's can fetch the file: the signature stands in no log and in no sentence. */
import { expect, test } from 'vitest';
import { createLog } from '../../src/services/log.ts';
import { cleanReason } from '../../src/services/runcomfy/reason.ts';
import { hideSignatures } from '../../src/services/secrets.ts';

const HOST = 'https://cdn.discordapp.com';
const SIGNED = 'ex=66000000&is=65000000&hm=0123456789abcdef&';

test.each([
  `${HOST}/attachments/1/2/a.png`,
  `${HOST}/ephemeral-attachments/1/2/a.png`,
  'https://media.discordapp.net/attachments/1/2/a%20b.png',
  'http://127.0.0.1:8787/cdn/attachments/1/2/a.png',
])('of %s', (address) => {
  expect(hideSignatures(`see ${address}?${SIGNED} and (${address}?${SIGNED})`)).not.toContain('hm=');
  expect(hideSignatures(`see ${address}?${SIGNED} there`)).toBe(`see ${address}?… there`);
  expect(cleanReason(`Failed to fetch ${address}?${SIGNED}`, 'a-key')).toBe(`Failed to fetch ${address}?…`);
});

test('of an address in what is logged, however deep', () => {
  const lines: string[] = [];
  const output = {
    write: (line: string) => void lines.push(line),
    flush: (written: () => void) => {
      written();
    },
  };
  const log = createLog({ level: 'info', secrets: [], output });
  const url = `${HOST}/attachments/1/2/a.png?${SIGNED}`;
  log.info({ references: [{ url }], err: new Error(`no ${url}`) }, `about "${url}"`);
  expect(lines.join('')).toContain('/attachments/1/2/a.png?…');
  expect(lines.join('')).not.toMatch(/hm=|ex=66/);
});

test('other addresses stay as they are', () => {
  const text =
    'https://pictures.runcomfy.net/1.png?width=8 https://example.com/attachments https://discord.com/api?x=1';
  expect(hideSignatures(text)).toBe(text);
});
