/** Files of Discord in the simulator: addresses that are signed and expire, files that people give, and messages that are theirs. */
import { expect, test } from 'vitest';
import { createFiles } from '../../../simulator/world/discord/files/addresses.ts';
import { faultOf, toldOf } from '../../../simulator/world/discord/files/given.ts';
import { formData } from '../../../simulator/world/discord/client/form-input.ts';

const DAY = 24 * 60 * 60_000;

function create(life?: number) {
  let now = Date.UTC(2026, 10, 30);
  const files = createFiles({ now: () => now, life });
  return { files, pass: (ms: number) => (now += ms), now: () => now };
}

test('an address holds for a day, and only as it was signed', () => {
  const { files, pass, now } = create();
  const bare = files.keep('attachments/1/2/kelp.png', 'kelp.png');
  const signed = files.sign(bare);
  expect(signed).toMatch(/^https:\/\/cdn\.discordapp\.com\/attachments\/1\/2\/kelp\.png\?ex=\w+&is=\w+&hm=\w+&$/);
  expect(files.heldUntil(signed)).toBe(now() + DAY);
  expect(files.heldUntil(bare)).toBe(-Infinity);
  expect(files.heldUntil(signed.replace(/ex=\w/, 'ex=7'))).toBe(-Infinity);
  expect([signed, bare, 'https://cdn.discordapp.com/other'].map((address) => files.pictureAt(address))).toEqual([
    'kelp.png',
    'kelp.png',
    undefined,
  ]);
  pass(DAY);
  expect(files.heldUntil(signed)).toBeLessThanOrEqual(now());
  expect(files.heldUntil(files.refresh(signed))).toBe(now() + DAY);
});

test('the address of a file that came with a command is the only one it has, and what is deleted is served no more', () => {
  const { files, pass, now } = create(60_000);
  const upload = files.sign(files.keep('ephemeral-attachments/1/2/a.png', 'a.png', { upload: true }));
  const posted = files.sign(files.keep('attachments/1/3/b.png', 'b.png'));
  pass(30_000);
  expect(files.refresh(upload)).toBe(upload);
  files.drop(posted);
  expect(files.heldUntil(posted)).toBe(now());
  expect(files.heldUntil(upload)).toBe(now() + 30_000);
});

test('what a file is follows from its name', () => {
  expect(toldOf('kelp_1.webp')).toMatchObject({ filename: 'kelp_1.webp', content_type: 'image/webp' });
  const files = ['kelp_1.png', 'heavy-kelp_1.png', 'vast-kelp_1.jpg', 'strip-kelp_1.webp', 'kelp_1.gif'];
  expect(files.map(faultOf)).toEqual([undefined, 'too_heavy', 'too_many_pixels', 'ratio', 'format']);
});

test('pictures are chosen by their places, whatever their values are, and sent as the select shows them', () => {
  const options = [{ value: 'same' }, { value: '11', default: true }, { value: '12' }];
  const select = { type: 3, custom_id: 'pictures', min_values: 1, max_values: 10, options };
  const modal = { custom_id: 'edit:1', components: [{ type: 18, component: select }] };
  const send = (pictures?: string) =>
    formData(modal, pictures === undefined ? {} : { pictures }, (file) => ({ id: file })).pictures;
  expect(send('2,same')).toEqual({ same: true, places: [1], files: [] });
  expect(send('2,1,7')).toEqual({ same: false, places: [0, 1], files: [] });
  expect(send()).toEqual({ same: false, places: [0], files: [] });
  expect(() => send('5')).toThrow('none of these pictures is offered');
});
