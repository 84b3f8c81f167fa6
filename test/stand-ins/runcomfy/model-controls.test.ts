/** The playground's controls of RunComfy's models, by the route that its page posts to. */
import { expect, onTestFinished, test } from 'vitest';
import { createPlayground } from '../../../playground/app/playground.ts';
import { createPageServer } from '../../../playground/app/server/server.ts';

const DEFAULT = 'bytedance/seedream-4-0/sequential';

test('models go, come back, change and are added by the control route, and the catalogue breaks and heals', async () => {
  const playground = await createPlayground({ pictures: 'plain', jobsAhead: 0 });
  onTestFinished(() => playground.close());
  const server = await createPageServer({ playground, port: 0 });
  onTestFinished(() => server.close());
  const { runcomfy } = playground;
  const control = async (control: string, value: unknown): Promise<{ said?: string; error?: string }> => {
    const body = JSON.stringify({ control, value });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${server.url}/control`, { method: 'POST', headers, body })).json() as Promise<object>;
  };

  expect(await control('model', { do: 'remove', id: DEFAULT })).toHaveProperty('said');
  expect(runcomfy.models).not.toContain(DEFAULT);
  expect(await control('model', { do: 'restore', id: DEFAULT })).toHaveProperty('said');
  expect(runcomfy.models[0]).toBe(DEFAULT);
  const change = { rename: { text: 'prompt' }, choices: { image_size: ['2048:2048 (1:1)'] }, require: ['seed'] };
  expect(await control('model', { do: 'change', id: DEFAULT, change })).toHaveProperty('said');
  expect(await control('model', { do: 'change', id: DEFAULT, change: { drop: ['text'] } })).toHaveProperty('error');
  expect(await control('model', { do: 'remove', id: 'acme/nothing' })).toHaveProperty('error');
  const model = {
    id: 'acme/dreamer/text-to-image',
    priceUsd: 0.2,
    inputSchema: { type: 'object', required: ['prompt'], properties: { prompt: { type: 'string' } } },
  };
  expect(await control('model', { do: 'add', model })).toHaveProperty('said');
  expect(runcomfy.models).toContain('acme/dreamer/text-to-image');

  for (const state of ['down', 'slow', 'html', 'absent', 'nonsense', 'up'] as const) {
    expect(await control('catalogue', state)).toHaveProperty('said');
    expect(runcomfy.behaviour.catalogue).toBe(state);
  }
  expect(await control('catalogue', 'sideways')).toHaveProperty('error');

  // What the page is shown of it.
  const stream = (await fetch(`${server.url}/events`)).body?.getReader();
  let shown = '';
  while (!shown.includes('"catalogue":"up"')) shown += Buffer.from((await stream?.read())?.value ?? []).toString();
  await stream?.cancel();
  expect(shown).toContain('acme/dreamer/text-to-image');
});
