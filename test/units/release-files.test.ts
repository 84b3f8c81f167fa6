/** What is published, and how: workflows, release notes, the unit for systemd, forms, texts to fill in. */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(read('package.json')));

test('every action is one commit for ever, and the token of a workflow can only read unless a job says otherwise', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT });
  expect(workflows.length).toBeGreaterThan(1);
  for (const path of workflows) {
    const used = [...read(path).matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
    const pinned = /^(\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/;
    expect(used.filter((action) => !pinned.test(action))).toEqual([]);
    expect(read(path)).toMatch(/^permissions:\n {2}contents: read\n\w/m);
  }
});

/** Asks for the notes of a release in a repository with these files. */
function releaseNotes(tag: string, files: { version: string; repository: string; changelog: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-release-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { version, repository, changelog } = files;
  const packageJson = { version, repository: { url: `git+https://github.com/${repository}.git` } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packageJson));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  const options = { cwd: folder, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [join(ROOT, '.ci/release-notes.js'), tag, 'Ana/seedream-bot'], options);
}

const READY = {
  version: '1.0.0',
  repository: 'ana/seedream-bot',
  changelog:
    '# Changelog\n\n## Unreleased\n\n- later\n\n## 1.0.0 (2026-12-01)\n\n- new\n\n### Money\n\n- more\n\n## 0.9.0\n\n- old\n',
};

test('a release says what its own section of the changelog does', () => {
  const { status, stdout, stderr } = releaseNotes('v1.0.0', READY);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '- new\n\n### Money\n\n- more\n', stderr: '' });
});

test.each([
  ['no version', 'one', READY, 'The tag one is no version'],
  ['another version', 'v1.0.1', READY, 'package.json says version 1.0.0'],
  ['nothing in the changelog', 'v1.0.0', { ...READY, changelog: '## Unreleased\n\n- new\n' }, 'says nothing of 1.0.0'],
  ['another repository', 'v1.0.0', { ...READY, repository: 'OWNER/seedream-bot' }, 'names the repository'],
])('there is no release with %s', (_what, tag, files, sentence) => {
  const { status, stdout, stderr } = releaseNotes(tag, files);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(sentence);
});

test('systemd starts the bot as npm start does, with a store where it may write', () => {
  const unit = read('ops/seedream-bot.service');
  const setting = (name: string): string => new RegExp(`^${name}=(.+)$`, 'm').exec(unit)?.[1] ?? '';
  const started = scripts.start.split(' ').filter((word) => !word.startsWith('--env-file'));
  expect(setting('ExecStart')).toBe(`/usr/bin/${started.join(' ')}`);
  const store = setting('Environment').split('STORE_URL=')[1] ?? '';
  expect(loadConfig({ DISCORD_TOKEN: 'a', RUNCOMFY_TOKEN: 'b', STORE_URL: store }).store).toEqual({
    kind: 'sqlite',
    path: `/var/lib/${setting('StateDirectory')}/seedream.sqlite`,
  });
  expect(Number(setting('TimeoutStopSec')), 'a stop takes up to 10 s').toBeGreaterThan(10);
});

test('the form for a bug asks for what shows it, and the privacy text names the days that are the defaults', () => {
  expect(read('.github/ISSUE_TEMPLATE/bug.yml')).toMatch(
    /npm run playground[^]*live check[^]*npm run doctor -- --live/,
  );
  const { retention } = loadConfig({ DISCORD_TOKEN: 'a', RUNCOMFY_TOKEN: 'b' });
  expect(read('docs/privacy-template.md')).toContain(`until [${retention / 86_400_000}] days after its end`);
});
