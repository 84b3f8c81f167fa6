/** What a live check names where a service is otherwise than the bot takes for granted: one assumption broken at a time. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDiscordStandIn, type DiscordStandIn } from '../../../playground/discord/stand-in.ts';
import { createRunComfyStandIn, type RunComfyStandIn } from '../../../playground/runcomfy/stand-in.ts';
import { loadConfig } from '../../../src/config.ts';
import { ASSUMPTIONS, type AssumptionName } from '../../../src/doctor/live/assumptions.ts';
import { checkLive } from '../../../src/doctor/live/live-check.ts';
import { plainPicture } from '../../../src/doctor/live/plain-picture.ts';
import { isClean, writeReport } from '../../../src/doctor/live/report.ts';
import {
  createAlteringProxy,
  type Alterations,
  type ProxiedAnswer,
  type ProxiedCall,
} from '../../support/altering-proxy.ts';

const DISCORD_TOKEN = 'discord-secret-of-the-test';
const RUNCOMFY_TOKEN = 'runcomfy-secret-of-the-test';
const MODEL = 'bytedance/seedream-4-0/sequential';

let discord: DiscordStandIn;
let runcomfy: RunComfyStandIn;

beforeAll(async () => {
  discord = await createDiscordStandIn({ token: DISCORD_TOKEN, rateLimits: false });
  runcomfy = await createRunComfyStandIn({ token: RUNCOMFY_TOKEN, pictures: 'plain', speed: 100 });
});

afterAll(async () => {
  await Promise.all([discord.close(), runcomfy.close()]);
});

/** What any report of this file has named as otherwise than assumed. */
const named = new Set<string>();

interface Broken {
  ofDiscord?: Alterations;
  ofRunComfy?: Alterations;
  assetHosts?: string;
  tell?: (line: string) => void;
  /** Whether Discord keeps what was posted. */
  keeps?: boolean;
}

async function proxied(target: string, alterations: Alterations | undefined): Promise<string> {
  if (alterations === undefined) return target;
  const proxy = await createAlteringProxy(target, alterations);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return proxy.origin;
}

/** Runs a live check, and gives the names that its report says are different, or otherwise and handled. */
async function examine({ ofDiscord, ofRunComfy, assetHosts, tell = () => undefined, keeps = false }: Broken = {}) {
  const discordOrigin = await proxied(new URL(discord.apiUrl).origin, ofDiscord);
  const runcomfyOrigin = await proxied(new URL(runcomfy.url).origin, ofRunComfy);
  const config = loadConfig({
    DISCORD_TOKEN,
    DISCORD_API_URL: `${discordOrigin}/api`,
    RUNCOMFY_TOKEN,
    RUNCOMFY_MODEL_API_BASE: `${runcomfyOrigin}/v1`,
    RUNCOMFY_ASSET_HOSTS: assetHosts ?? runcomfy.assetOrigin,
  });
  const { id: channelId } = discord.channels.general;
  const { signal } = new AbortController();
  const check = await checkLive({ config, model: MODEL, channelId, signal, tell, lookEvery: 20 });
  const left = discord.messages(discord.channels.general).map(({ content }) => content);
  if (!keeps) expect(left, 'messages that were left').toEqual([]);
  const surroundings = { version: '1', platform: 'a test', addresses: [], at: new Date(0) };
  const report = writeReport(check, surroundings);
  for (const token of [DISCORD_TOKEN, RUNCOMFY_TOKEN]) expect(report).not.toContain(token);
  const under = (heading: string) => {
    const [, part = ''] = report.split(`\n## ${heading}\n`);
    const [own = ''] = part.split('\n## ');
    return [...own.matchAll(/^- `([\w-]+)`/gm)].map(([, name]) => name);
  };
  const differs = under('What differed');
  const handled = under('Otherwise than assumed, and handled');
  for (const name of [...differs, ...handled]) named.add(name ?? '');
  return {
    check,
    report,
    differs,
    handled,
    unseen: under('Not seen'),
  };
}

test('where all is as the documentation has it nothing differs, and everything that can be seen is', async () => {
  runcomfy.holdQueue();
  const release = runcomfy.on((event) => {
    if (event.type === 'response' && event.call === 'status' && event.status === 200) runcomfy.releaseQueue();
  });
  const { check, ...found } = await examine();
  release();
  expect(found).toMatchObject({ differs: [], handled: [], unseen: [] });
  expect(check.obstacles).toEqual([]);
  expect(isClean(check)).toBe(true);
  expect(check.cost).toBe(0.03);
  expect(discord.messages(discord.channels.general, { deleted: true }).length).toBeGreaterThan(1);
  expect(runcomfy.submits).toBe(1);
  expect(runcomfy.leakedTokens).toEqual([]);
  expect(runcomfy.violations).toEqual([]);
});

type Alter = (answer: ProxiedAnswer, call: ProxiedCall) => void;

/** An answer to a call that is changed. */
function on(method: string, path: RegExp, alter: Alter): Alterations {
  return {
    answer(call, answer) {
      if (call.method === method && path.test(call.path)) alter(answer, call);
    },
  };
}

/** Other addresses of the pictures in a message. */
function alterPictures(alter: (url: string) => string): Alter {
  return (answer) => {
    for (const { image } of embedsOf(answer)) if (image?.url) image.url = alter(image.url);
  };
}

/** Whether an answer is a message with a gallery. */
const isGallery = ({ body }: ProxiedAnswer) => Array.isArray(body['embeds']) && body['embeds'].length === 2;
const embedsOf = ({ body }: ProxiedAnswer) =>
  (body['embeds'] ?? []) as { url?: string; description?: string; image?: { url?: string } }[];
const MESSAGES = /\/channels\/\d+\/messages$/;
const MESSAGE = /\/channels\/\d+\/messages\/\d+$/;
const set =
  (fields: Record<string, unknown>): Alter =>
  (answer) => {
    Object.assign(answer.body, fields);
  };
const drop =
  (name: string): Alter =>
  (answer) => {
    answer.body = Object.fromEntries(Object.entries(answer.body).filter(([key]) => key !== name));
  };
const refuse =
  (status: number, code: number): Alter =>
  (answer) => {
    Object.assign(answer, { status, body: { error_code: code, code, message: 'refused' } });
  };
const where =
  (applies: (answer: ProxiedAnswer) => boolean, alter: Alter): Alter =>
  (answer, call) => {
    if (applies(answer)) alter(answer, call);
  };
const succeeded = ({ body }: ProxiedAnswer) => body['status'] === 'succeeded';

describe('RunComfy is otherwise, which is named:', () => {
  const cases: [AssumptionName, Alterations][] = [
    [
      'catalogue-fields',
      on('GET', /\/models\/bytedance/, ({ body }) => {
        (body['input_schema'] as { required: string[]; properties: object }).required.push('style');
        Object.assign((body['input_schema'] as { properties: object }).properties, { style: { type: 'string' } });
      }),
    ],
    ['unknown-model', on('GET', /no-such-model$/, refuse(400, 400001))],
    [
      'unknown-request',
      on(
        'GET',
        /\/requests\/[^/]+\/status$/,
        where(({ status }) => status === 404, refuse(404, 0)),
      ),
    ],
    [
      'refused-key',
      on(
        'GET',
        /\/status$/,
        where(({ status }) => status === 401, refuse(400, 400001)),
      ),
    ],
    [
      'refused-key-balance',
      on(
        'GET',
        /\/balance$/,
        where(({ status }) => status === 401, refuse(400, 400001)),
      ),
    ],
    [
      'balance-form',
      on(
        'GET',
        /\/balance$/,
        where(({ status }) => status === 200, drop('balance_usd')),
      ),
    ],
    [
      'balance-falls',
      on(
        'GET',
        /\/balance$/,
        where(
          ({ status }) => status === 200,
          (answer) => {
            answer.body['balance_usd'] = Number(answer.body['balance_usd']) * 2;
          },
        ),
      ),
    ],
    [
      'submit-answer',
      on('POST', /\/models\//, ({ body }) => Object.assign(body, { request_id: undefined, id: body['request_id'] })),
    ],
    [
      'result-early',
      on(
        'GET',
        /\/result$/,
        where((answer) => !succeeded(answer), refuse(409, 409001)),
      ),
    ],
    [
      'status-words',
      on(
        'GET',
        /\/status$/,
        where(({ body }) => body['status'] === 'completed', set({ status: 'done' })),
      ),
    ],
    ['result-words', on('GET', /\/result$/, where(succeeded, set({ status: 'ok' })))],
    ['result-output', on('GET', /\/result$/, where(succeeded, set({ output: { picture_id: 'p-1' } })))],
    [
      'pictures-made',
      on(
        'GET',
        /\/result$/,
        where(succeeded, (answer) => {
          const { image } = answer.body['output'] as { image: string };
          answer.body['output'] = { images: [image, `${image}&again`] };
        }),
      ),
    ],
    ['result-times', on('GET', /\/result$/, where(succeeded, set({ finished_at: '2001-01-01T00:00:00Z' })))],
    ['result-cost', on('GET', /\/result$/, drop('cost'))],
    ['cost-as-priced', on('GET', /\/result$/, where(succeeded, set({ cost: 0.06 })))],
    ['cancel-finished', on('POST', /\/cancel$/, set({ outcome: 'cancelled' }))],
  ];
  test.each(cases)('%s', async (name, ofRunComfy) => {
    const { differs, check } = await examine({ ofRunComfy });
    expect(differs).toContain(name);
    expect(differs.length, 'what else is named follows from it').toBeLessThan(4);
    expect(isClean(check)).toBe(false);
  });

  const mild: [AssumptionName, Alterations][] = [
    ['catalogue-page', on('GET', /\/models\/bytedance/, refuse(503, 0))],
    [
      'catalogue-choices',
      on('GET', /\/models\/bytedance/, ({ body }) => {
        const { properties } = body['input_schema'] as { properties: { image_size: { enum: string[] } } };
        properties.image_size.enum = properties.image_size.enum.slice(0, 6);
      }),
    ],
    ['catalogue-price', on('GET', /\/models\/bytedance/, set({ price_unit: 'second' }))],
    ['price-as-written', on('GET', /\/models\/bytedance/, set({ base_price_usd: 0.04 }))],
    ['request-addresses', on('POST', /\/models\//, set({ status_url: 'https://elsewhere.example/status' }))],
    [
      'status-words',
      on(
        'GET',
        /\/status$/,
        where(({ body }) => body['status'] === 'completed', set({ status: 'succeeded' })),
      ),
    ],
    [
      'result-output',
      on(
        'GET',
        /\/result$/,
        where(succeeded, (answer) => {
          answer.body['output'] = { files: [{ url: (answer.body['output'] as { image: string }).image }] };
        }),
      ),
    ],
  ];
  test.each(mild)('%s, and that it is handled', async (name, ofRunComfy) => {
    const { handled, check } = await examine({ ofRunComfy });
    expect(handled).toContain(name);
    expect(check.obstacles).toEqual([]);
  });

  test('picture-host', async () => {
    expect((await examine({ assetHosts: '*.runcomfy.net' })).differs).toEqual(['picture-host']);
  });

  test('picture-fetch, picture-content-type', async () => {
    const fault = runcomfy.failNext({ call: 'asset', kind: 'http', status: 403, times: Infinity });
    expect((await examine()).differs).toEqual(['picture-fetch']);
    fault.clear();
    runcomfy.failNext({ call: 'asset', kind: 'content-type', type: 'application/octet-stream', times: 2 });
    expect((await examine()).handled).toEqual(['picture-content-type']);
  });

  test('picture-again', async () => {
    runcomfy.failNext({ call: 'asset', kind: 'slow', ms: 1 });
    runcomfy.failNext({ call: 'asset', kind: 'http', status: 410 });
    expect((await examine()).differs).toEqual(['picture-again']);
  });

  test('picture-weight, and that it is handled', async () => {
    const heavy = await createRunComfyStandIn({
      token: RUNCOMFY_TOKEN,
      pictures: 'plain',
      speed: 100,
      pictureBytes: 11e6,
    });
    onTestFinished(() => heavy.close());
    const own = runcomfy;
    runcomfy = heavy;
    const { handled, differs } = await examine().finally(() => (runcomfy = own));
    expect([handled, differs]).toEqual([['picture-weight'], []]);
  });

  test('queue-position, and that it is handled', async () => {
    runcomfy.holdQueue();
    const ofRunComfy = on(
      'GET',
      /\/status$/,
      where(
        ({ body }) => body['status'] === 'in_queue',
        (answer) => {
          answer.body['queue_position'] = 'first';
          runcomfy.releaseQueue();
        },
      ),
    );
    expect((await examine({ ofRunComfy })).handled).toEqual(['queue-position']);
  });

  test('result-ready, and that it is handled', async () => {
    let late = 2;
    const ofRunComfy = on(
      'GET',
      /\/result$/,
      where((answer) => succeeded(answer) && (late -= 1) >= 0, set({ status: 'in_progress' })),
    );
    expect((await examine({ ofRunComfy })).handled).toEqual(['result-ready']);
  });

  test('picture-size', async () => {
    const other = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.concat(plainPicture().chunks));
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const image = `http://127.0.0.1:${(other.address() as AddressInfo).port}/1.png`;
    const ofRunComfy = on('GET', /\/result$/, where(succeeded, set({ output: { image } })));
    expect((await examine({ ofRunComfy, assetHosts: new URL(image).origin })).differs).toEqual(['picture-size']);
  });

  test('a request that fails says so, and what Discord does is seen all the same', async () => {
    runcomfy.failNext({ call: 'submit', kind: 'moderation' });
    const { check, differs, unseen } = await examine();
    expect(differs).toEqual([]);
    expect(unseen).toContain('result-output');
    expect(unseen).not.toContain('gallery-one-url');
    expect(check.obstacles).toEqual([expect.stringContaining('refused by content moderation')]);
    expect(isClean(check)).toBe(false);
  });
});

describe('Discord is otherwise, which is named:', () => {
  const cases: [AssumptionName, Alterations][] = [
    ['message-fields', on('POST', MESSAGES, drop('author'))],
    ['message-flags', on('POST', MESSAGES, where(isGallery, set({ flags: 4 })))],
    [
      'gallery-one-url',
      on(
        'POST',
        MESSAGES,
        where(isGallery, (answer) => {
          for (const embed of embedsOf(answer)) embed.url = (embed.url ?? '').replace(/#.*/, '');
        }),
      ),
    ],
    [
      'embed-text-kept',
      on(
        'POST',
        MESSAGES,
        where(isGallery, (answer) => {
          for (const embed of embedsOf(answer))
            if (embed.description) embed.description = embed.description.replaceAll('\\', '');
        }),
      ),
    ],
    [
      'gallery-addresses',
      on(
        'POST',
        MESSAGES,
        where(isGallery, (answer) => {
          for (const [index, embed] of embedsOf(answer).entries()) embed.image = { url: `attachment://${index}.jpg` };
        }),
      ),
    ],
    [
      'gallery-file-names',
      on(
        'POST',
        MESSAGES,
        where(
          isGallery,
          alterPictures((url) => url.replace('/seedream-', '/image-')),
        ),
      ),
    ],
    [
      'file-ids',
      on(
        'POST',
        MESSAGES,
        where(
          isGallery,
          alterPictures((url) => url.replace(/\/\d+\/seedream/, '/x/seedream')),
        ),
      ),
    ],
    [
      'file-host',
      on(
        'POST',
        MESSAGES,
        where(
          isGallery,
          alterPictures((url) => url.replace(/:\d+\//, ':9/')),
        ),
      ),
    ],
    [
      'file-open',
      on(
        'POST',
        MESSAGES,
        where(
          isGallery,
          alterPictures((url) => url.replace(/hm=/, 'hm=0')),
        ),
      ),
    ],
    [
      'file-expiry',
      on(
        'POST',
        MESSAGES,
        where(
          isGallery,
          alterPictures((url) => url.replace(/ex=[0-9a-f]+/, 'ex=1')),
        ),
      ),
    ],
    [
      'file-path',
      on(
        'GET',
        MESSAGE,
        alterPictures((url) => url.replace('/attachments/', '/attachments/0/')),
      ),
    ],
    [
      'edit-adds-file',
      on('PATCH', MESSAGE, (answer) => {
        const [, , third] = embedsOf(answer);
        if (third !== undefined) delete third.image;
      }),
    ],
    ['buttons-kept', on('POST', MESSAGES, set({ components: [] }))],
    [
      'no-pings',
      on(
        'POST',
        MESSAGES,
        where(isGallery, (answer) => {
          answer.body['mentions'] = [answer.body['author']];
        }),
      ),
    ],
    ['read-one', on('GET', MESSAGE, set({ embeds: [] }))],
    [
      'read-channel',
      on('GET', MESSAGES, (answer) => {
        for (const message of answer.body as unknown as Record<string, unknown>[]) {
          Object.assign(message, { content: '', embeds: [], attachments: [] });
        }
      }),
    ],
    [
      'edit-by-id',
      on('PATCH', MESSAGE, (answer) => {
        if (answer.status === 200) answer.status = 202;
      }),
    ],
    ['edit-line-alone', on('PATCH', MESSAGE, where(isGallery, set({ embeds: [], components: [] })))],
    [
      'edit-keeps-files',
      on('PATCH', MESSAGE, (answer) => {
        if (embedsOf(answer)[0]?.description === 'Progress') answer.body['attachments'] = [];
      }),
    ],
    [
      'edit-replaces-files',
      on('PATCH', MESSAGE, (answer) => {
        const files = answer.body['attachments'] as object[] | undefined;
        if (files?.length === 1) answer.body['attachments'] = [...files, { ...files[0], filename: 'an-old-one.jpg' }];
      }),
    ],
    [
      'spoiler-file',
      on('PATCH', MESSAGE, (answer) => {
        for (const file of (answer.body['attachments'] ?? []) as { filename: string }[]) {
          file.filename = file.filename.replace('SPOILER_', '');
        }
      }),
    ],
    [
      'alt-text',
      on('PATCH', MESSAGE, (answer) => {
        for (const file of (answer.body['attachments'] ?? []) as { description?: string }[]) delete file.description;
      }),
    ],
    [
      'nonce-once',
      {
        request: ({ path }, text) => (MESSAGES.test(path) ? text.replace('"enforce_nonce":true', '"tts":false') : text),
      },
    ],
    ['nonce-of-deleted', { answer: refusePostsAfterDelete() }],
    [
      'delete-answer',
      on(
        'DELETE',
        MESSAGE,
        where(
          ({ status }) => status === 204,
          (answer) => {
            answer.status = 200;
          },
        ),
      ),
    ],
    [
      'deleted-message',
      on(
        'DELETE',
        MESSAGE,
        where(({ status }) => status === 404, set({ code: 0 })),
      ),
    ],
    [
      'unknown-channel',
      on(
        'GET',
        /\/channels\/\d+$/,
        where(({ status }) => status === 404, set({ code: 50001 })),
      ),
    ],
    ['dead-token', on('PATCH', /\/webhooks\//, set({ code: 40001 }))],
    ['unknown-interaction', on('POST', /\/callback$/, set({ code: 0 }))],
    [
      'refused-bot-token',
      on(
        'GET',
        /\/users\/@me$/,
        where(({ status }) => status === 401, refuse(403, 40333)),
      ),
    ],
  ];
  test.each(cases)('%s', async (name, ofDiscord) => {
    const { differs, check } = await examine({ ofDiscord });
    expect(differs).toContain(name);
    expect(differs.length, 'what else is named follows from it').toBeLessThan(4);
    expect(isClean(check)).toBe(false);
  });

  test('message-time', async () => {
    const late = await createDiscordStandIn({
      token: DISCORD_TOKEN,
      rateLimits: false,
      now: () => Date.now() - 3_600_000,
    });
    onTestFinished(() => late.close());
    const own = discord;
    discord = late;
    const { differs } = await examine().finally(() => (discord = own));
    expect(differs).toEqual(['message-time', 'read-channel']);
  });

  test('a channel that the bot cannot see ends the check before anything is paid', async () => {
    const before = runcomfy.submits;
    discord.setBotPermissions(discord.channels.general, { deny: ['ViewChannel'] });
    const { check } = await examine();
    discord.setBotPermissions(discord.channels.general, { allow: ['ViewChannel'] });
    expect(check.obstacles).toEqual([expect.stringContaining('"code":50001')]);
    expect(runcomfy.submits).toBe(before);
  });

  test('answers that say nothing of the channel or of the bot’s user are no obstacle', async () => {
    const ofDiscord = on(
      'GET',
      /\/(channels\/\d+|users\/@me)$/,
      where(({ status }) => status === 200, refuse(404, 0)),
    );
    const { check, differs } = await examine({ ofDiscord });
    expect([differs, check.obstacles]).toEqual([[], []]);
  });

  test.each([
    ['EmbedLinks', 'gallery-one-url', 'may not embed links'],
    ['ReadMessageHistory', 'read-channel', '"code":50013'],
  ] as const)('a channel that lacks %s: the report says so, and nothing is left', async (permission, name, said) => {
    discord.setBotPermissions(discord.channels.general, { deny: [permission] });
    const { report } = await examine();
    discord.setBotPermissions(discord.channels.general, { allow: [permission] });
    const line = report.split('\n').find((each) => each.startsWith(`- \`${name}\``));
    expect(line).toContain(said);
  });

  test('a message whose making nobody answered is taken away, too', async () => {
    discord.failNext({ method: 'POST', path: MESSAGES, destroy: 'after' });
    const { check, unseen } = await examine();
    expect(unseen).toContain('message-fields');
    expect(isClean(check)).toBe(false);
  });

  test('where the check itself breaks off, what was found is told all the same', async () => {
    const tell = (line: string) => {
      if (line.startsWith('Posting')) throw new Error('out of paper');
    };
    const { check, unseen } = await examine({ tell });
    expect(check.obstacles).toEqual(['The check broke off: Error: out of paper']);
    expect(unseen).toContain('message-fields');
    expect(unseen).not.toContain('submit-answer');
  });

  test('a message that cannot be taken away is told by its id', async () => {
    discord.failNext({ method: 'DELETE', path: MESSAGE, status: 403, code: 50013, times: Infinity });
    const { check } = await examine({ keeps: true });
    discord.clearFaults();
    const left = discord.messages(discord.channels.general);
    for (const message of left) discord.deleteMessage(message);
    expect(left.length).toBeGreaterThan(1);
    expect(check.obstacles).toEqual([expect.stringContaining(left.map(({ id }) => id).join(', '))]);
    expect(isClean(check)).toBe(false);
  });
});

/** A Discord that refuses a nonce for good once its message was deleted. */
function refusePostsAfterDelete(): NonNullable<Alterations['answer']> {
  let deleted = false;
  return (call, answer) => {
    deleted ||= call.method === 'DELETE';
    if (deleted && call.method === 'POST' && MESSAGES.test(call.path)) refuse(400, 50035)(answer, call);
  };
}

test('every assumption was broken above, and named', () => {
  expect(Object.keys(ASSUMPTIONS).filter((name) => !named.has(name))).toEqual([]);
});

describe('docs/live-check.md', () => {
  const document = readFileSync(new URL('../../../docs/live-check.md', import.meta.url), 'utf8');
  const rows = [...document.matchAll(/^\| `([\w-]+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)];

  test('lists every assumption in its words, and no other', () => {
    expect(rows.map(([, name, sentence]) => [name, sentence])).toEqual(Object.entries(ASSUMPTIONS));
  });
  test('says of each where the code relies on it, and what documentation says', () => {
    for (const [row, , , code, documentation] of rows) {
      expect(code, row).toMatch(/^`src\/[\w/.-]+\.ts`/);
      expect(documentation, row).not.toBe('');
    }
  });
});
