/** What Prometheus' own tool says of the alert rules and of the metrics. `.ci/run` installs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../src/services/monitoring/metrics.ts';

const RULES = new URL('../../ops/alerts.yaml', import.meta.url).pathname;

function promtool(args: string[], input = ''): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}

test('the alert rules are valid', () => {
  const { status, output } = promtool(['check', 'rules', RULES]);
  expect(output).toMatch(/SUCCESS: \d+ rules found/);
  expect(status).toBe(0);
});

test("the bot's own metrics have no fault that Prometheus' lint knows", async () => {
  const text = await createMetrics().registry.metrics();
  const own = text.split('\n').filter((line) => line.includes('seedream_'));
  expect(promtool(['check', 'metrics'], `${own.join('\n')}\n`)).toEqual({ status: 0, output: '' });
});

/** A minute a value, `1x5 0x30` for five times 1 and thirty times 0: what is seen, and which alerts stand at minute 20. */
const cases: [Record<string, string>, string[]][] = [
  [{}, []],
  [{ 'up{job="seedream"}': '1x5 0x30' }, ['SeedreamDown']],
  [{ seedream_ready: '0x2 1x30' }, []],
  [{ seedream_ready: '1x5 0x30' }, ['SeedreamNotReady']],
  [{ 'seedream_runcomfy_calls_total{call="submit",outcome="balance"}': '0x15 1x30' }, ['SeedreamAccountRefused']],
  [{ 'seedream_runcomfy_calls_total{call="model",outcome="authentication"}': '0x15 1x30' }, []],
  [{ 'seedream_runcomfy_calls_total{call="model",outcome="unavailable"}': '0x15 1x30' }, []],
  [{ 'seedream_model_offered{model="a/model"}': '1x5 0x30' }, ['SeedreamModelGone']],
  [{ 'seedream_requests_ended_total{outcome="unknown",failure=""}': '0x15 1x30' }, ['SeedreamOutcomeUnknown']],
  [{ seedream_images_this_month: '100x30' }, []],
  [{ seedream_images_this_month: '90x30', seedream_images_month_ceiling: '100x30' }, ['SeedreamCeilingNear']],
];

test.each(cases)('seeing %j, these alerts stand: %j', (seen, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'seedream-alerts-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const names = [...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
  const series = Object.entries({ 'up{job="seedream"}': '1x60', ...seen });
  const path = join(folder, 'case.json');
  const rules = {
    rule_files: [RULES],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: series.map(([name, values]) => ({ series: name, values: expand(values) })),
        // No alert is expected: promtool names those that stand nevertheless.
        alert_rule_test: names.map((alertname) => ({ eval_time: '20m', alertname, exp_alerts: [] })),
      },
    ],
  };
  writeFileSync(path, JSON.stringify(rules));
  const { status, output } = promtool(['test', 'rules', path]);
  expect(
    [...output.matchAll(/alertname: (\w+)/g)].map(([, name]) => name),
    output,
  ).toEqual(expected);
  expect(status === 0, output).toBe(expected.length === 0);
});

/** A row of values as promtool takes it. */
function expand(values: string): string {
  const parts = values.split(' ').flatMap((part) => {
    const [value = '', times] = part.split('x');
    return Array.from({ length: Number(times) }, () => value);
  });
  return parts.join(' ');
}
