/**
 * The image as the Dockerfile has it built, by buildah, which needs no engine: what it adds to its base, and that it answers
 * as user `node` on a read-only root. The base is Docker's own where that can be had; else Debian with this Node in it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDiscordStandIn } from '../../playground/discord/stand-in.ts';
import { createRunComfyStandIn } from '../../playground/runcomfy/stand-in.ts';
import { endWithTests } from '../support/child-processes.ts';
import { freePort } from '../support/free-port.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const BASE = 'docker.io/library/node:24-slim';
const IMAGE = 'localhost/seedream-bot';

/** What the image may add to its base, in bytes. */
const ADDED_MOST = 110e6;

const imageSchema = z.object({
  OCIv1: z.object({
    config: z.object({
      User: z.literal('node'),
      WorkingDir: z.string(),
      Env: z.array(z.string()),
      Cmd: z.array(z.string()),
    }),
  }),
});

const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const canBuild = process.getuid?.() === 0 && ['buildah', 'debootstrap', 'unshare'].every(isThere);

describe.skipIf(!canBuild)('the built image', () => {
  let folder: string;

  function tryRun(program: string, ...args: string[]) {
    const options = { cwd: ROOT, encoding: 'utf8', env: { ...process.env, BUILDAH_ISOLATION: 'chroot' } } as const;
    return spawnSync(program, args, options);
  }

  function run(program: string, ...args: string[]): string {
    const { status, stdout, stderr } = tryRun(program, ...args);
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout.trim();
  }

  const storage = () => [
    '--root',
    join(folder, 'storage'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  const buildah = (...args: string[]) => run('buildah', ...storage(), ...args);

  /** Debian, with this Node and the machine's npm in the places where Docker's image has them. */
  function makeBase(): void {
    const base = join(folder, 'base');
    run('debootstrap', '--variant=minbase', 'bookworm', base, 'http://deb.debian.org/debian');
    const npm = dirname(dirname(run('sh', '-c', 'readlink -f "$(command -v npm)"')));
    cpSync(process.execPath, join(base, 'usr/local/bin/node'), { dereference: true });
    cpSync(npm, join(base, 'usr/local/lib/node_modules/npm'), { recursive: true, dereference: true });
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(base, 'usr/local/bin/npm'));
    run('chroot', base, 'groupadd', '--gid', '1000', 'node');
    run('chroot', base, 'useradd', '--uid', '1000', '--gid', 'node', '--create-home', 'node');
    const container = buildah('from', 'scratch');
    buildah('copy', '--quiet', container, base, '/');
    buildah('config', '--env', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', container);
    buildah('commit', '--quiet', container, BASE);
    buildah('rm', container);
    rmSync(base, { recursive: true });
  }

  /** Where a machine has certificates of its own between it and the registry, the base is to know them, too. */
  function bringCertificates(path: string): void {
    const container = buildah('from', '--pull-never', BASE);
    buildah('copy', '--quiet', container, path, path);
    buildah('config', '--env', `NODE_EXTRA_CA_CERTS=${path}`, container);
    buildah('commit', '--quiet', container, BASE);
    buildah('rm', container);
  }

  /** The root of a new container of an image. */
  const rootOf = (image: string) => buildah('mount', buildah('from', '--pull-never', image));

  /** The bytes of all files below a folder. */
  function sizeOf(path: string): number {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0);
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seedream-built-'));
    if (tryRun('timeout', '60', 'buildah', ...storage(), 'pull', '--quiet', BASE).status !== 0) makeBase();
    if (process.env['NODE_EXTRA_CA_CERTS'] !== undefined) bringCertificates(process.env['NODE_EXTRA_CA_CERTS']);
    buildah('build', '--pull-never', '--quiet', '--format', 'docker', '--tag', IMAGE, '.');
  }, 900_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  }, 300_000);

  test('adds at most 110 MB to its base', () => {
    const added = sizeOf(rootOf(IMAGE)) - sizeOf(rootOf(BASE));
    expect(added / 1e6, 'MB').toBeLessThan(ADDED_MOST / 1e6);
    expect(added / 1e6, 'MB: else nothing was built').toBeGreaterThan(20);
  }, 120_000);

  test('answers as user node on a read-only root', async () => {
    const discord = await createDiscordStandIn({ token: 'discord-test-token' });
    const runcomfy = await createRunComfyStandIn({ token: 'runcomfy-test-token', pictures: 'plain' });
    const port = await freePort();
    const root = rootOf(IMAGE);
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o777 });
    const { config } = imageSchema.parse(JSON.parse(buildah('inspect', '--type', 'image', IMAGE))).OCIv1;
    const environment = [
      ...config.Env,
      `HTTP_PORT=${port}`,
      'DISCORD_TOKEN=discord-test-token',
      `DISCORD_API_URL=${discord.apiUrl}`,
      'RUNCOMFY_TOKEN=runcomfy-test-token',
      `RUNCOMFY_MODEL_API_BASE=${runcomfy.url}`,
    ];
    // As compose.yaml has it: nothing but /data and /tmp can be written.
    const mounts = [
      'mount --make-rprivate /',
      `mount --bind ${root} ${root} && mount -o remount,bind,ro ${root}`,
      `mount -t tmpfs tmpfs ${root}/tmp && mount --bind ${data} ${root}/data`,
      `mount -t proc proc ${root}/proc && mount --bind /dev ${root}/dev`,
      `chown 1000:1000 ${root}/data && chmod 1777 ${root}/tmp`,
      `exec chroot --userspec=${config.User} ${root} env -i -C ${config.WorkingDir} "$@"`,
    ].join(' && ');
    const program = ['--mount', 'sh', '-c', mounts, 'sh', ...environment, ...config.Cmd];
    const bot = spawn('unshare', program, { stdio: ['ignore', 'pipe', 'pipe'] });
    endWithTests(bot);
    let output = '';
    for (const stream of [bot.stdout, bot.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    try {
      await expect.poll(() => output, { timeout: 60_000 }).toContain('"msg":"commands registered"');
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
      const ofBot = (name: string) => readFileSync(`/proc/${bot.pid ?? ''}/${name}`, 'utf8');
      expect(ofBot('status')).toMatch(/^Uid:\t1000\t1000\t/m);
      expect(ofBot('mountinfo')).toMatch(/ \/ ro,/);
      expect(lstatSync(join(data, 'seedream.sqlite')).uid).toBe(1000);
    } finally {
      bot.kill('SIGTERM');
      await Promise.all([discord.close(), runcomfy.close()]);
    }
  }, 120_000);
});
