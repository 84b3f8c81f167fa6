/** The host hears of each host of pictures that may not be fetched from: once, also of two that end alike. */
import { expect, test } from 'vitest';
import { createAssetHostNotice } from '../../../src/services/host/asset-host-notice.ts';
import { createVirtualClock } from '../../support/clock/virtual-clock.ts';
import { createSilentLog } from '../../support/silent-log.ts';

test('two hosts of one domain are two; an address that is none is no host', async () => {
  const records = new Map<string, unknown>();
  const sent: string[] = [];
  const collection = () => ({
    get: (id: string) => Promise.resolve(records.get(id)),
    set: (id: string, value: unknown) => Promise.resolve(void records.set(id, value)),
  });
  const rest = {
    post: (_route: string, { body }: { body: { content?: string; nonce?: string } }) => {
      if (body.content !== undefined) sent.push(body.content);
      expect(body.nonce?.length ?? 0).toBeLessThanOrEqual(25);
      return Promise.resolve({ id: 'direct' });
    },
  };
  const clock = createVirtualClock();
  const parts = { store: { collection }, rest, host: { users: () => Promise.resolve(['host']) }, clock };
  const tell = createAssetHostNotice({ ...parts, log: createSilentLog() } as never);
  for (const url of ['https://one.pictures.example/1.png', 'https://two.pictures.example/1.png', 'no address'])
    tell(url);
  tell('https://one.pictures.example/2.png');
  await clock.advance(1000);
  expect(sent).toEqual([
    expect.stringContaining('https://one.pictures.example'),
    expect.stringContaining('https://two.pictures.example'),
  ]);
});
