/** What `/metrics` says of a bot at work, as Prometheus reads it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProcessStage, type Stage } from '../support/bot.ts';
import { freePort } from '../support/free-port.ts';
import { scrape, type Scrape } from '../support/scrape.ts';
import { requests, submitted } from '../support/runcomfy.ts';
import { gallery, PATIENCE, refusal, shows } from '../support/waiting.ts';

const SINGLES = 'bytedance/seedream-5/lite/text-to-image';

let stage: Stage;
let port: number;

beforeAll(async () => {
  port = await freePort();
  stage = await createProcessStage({
    runcomfy: { held: true },
    environment: {
      HTTP_PORT: String(port),
      RUNCOMFY_MODELS: `bytedance/seedream-4-0/sequential,${SINGLES}`,
      LIMIT_USER_ACTIVE_JOBS: '1',
      LIMIT_TOTAL_MONTHLY_IMAGES: '500',
      PRICE_PER_IMAGE_USD: '0.05',
    },
  });
});

afterAll(() => stage[Symbol.asyncDispose]());

const look = (): Promise<Scrape> => scrape(`http://127.0.0.1:${port}/metrics`);

/** Waits until a value is as expected: what is read from the store is looked up every few seconds. */
async function until(series: string, value: number): Promise<void> {
  await expect.poll(async () => (await look()).value(series), { timeout: PATIENCE }).toBe(value);
}

test('a job is counted from its reservation to its end, with what it cost and how long it took', async () => {
  const { discord, runcomfy } = stage;
  const interaction = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a quiet harbour', count: 3 },
  });
  const { requestId } = await submitted(stage, 'a quiet harbour');
  await until('seedream_jobs{state="in_queue"}', 1);
  const refused = discord.command({
    member: discord.members.ana,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'one too many', count: 1 },
  });
  await refusal(stage, refused);
  runcomfy.start(requestId);
  await shows(interaction, 'Generating');
  await until('seedream_jobs{state="in_progress"}', 1);
  runcomfy.finish(requestId);
  await gallery(interaction);
  await until('seedream_jobs_ended_total{outcome="delivered",failure=""}', 1);
  await until('seedream_jobs{state="in_progress"}', 0);

  const seen = await look();
  expect(seen.value('seedream_images_reserved_total')).toBe(3);
  expect(seen.value('seedream_images_settled_total')).toBe(3);
  expect(seen.value('seedream_cost_usd_total')).toBeCloseTo(0.15);
  expect(seen.value('seedream_images_this_month')).toBe(3);
  expect(seen.value('seedream_images_month_ceiling')).toBe(500);
  expect(seen.value('seedream_reservations_total{outcome="reserved"}')).toBe(1);
  expect(seen.value('seedream_refusals_total{limit="user_active_jobs"}')).toBe(1);
  expect(seen.value('seedream_runcomfy_calls_total{call="submit",outcome="ok"}')).toBe(1);
  expect(seen.value('seedream_runcomfy_calls_total{call="result",outcome="ok"}')).toBe(1);
  expect(seen.value('seedream_acknowledgement_duration_seconds_count')).toBe(2);
  expect(seen.value('seedream_acknowledgement_duration_seconds_bucket{le="3"}')).toBe(2);
  for (const name of ['queue', 'generation', 'delivery']) {
    expect(seen.value(`seedream_job_${name}_duration_seconds_count`), name).toBe(1);
  }
  const { createdAt, startedAt = 0 } = runcomfy.job(requestId);
  const queued = seen.value('seedream_job_queue_duration_seconds_sum') ?? 0;
  expect(queued).toBeGreaterThan((startedAt - createdAt) / 1000 - 1);
  expect(queued, 'seconds, not milliseconds').toBeLessThan(60);
  expect(seen.value('seedream_job_detection_lag_seconds_count')).toBe(1);
  expect(seen.value('seedream_job_detection_lag_seconds_sum')).toBeLessThan(10);
  expect(seen.value('seedream_job_polls_sum')).toBe(runcomfy.job(requestId).polls.status);
  expect(seen.value('seedream_job_polls_count')).toBe(1);
  expect(seen.value('seedream_store_call_duration_seconds_count{call="reserve"}')).toBe(2);
  expect(seen.value('seedream_ready')).toBe(1);
  expect(seen.value('seedream_gateway_shards{status="Ready"}')).toBe(1);
});

test("RunComfy's and Discord's refusals are counted by kind", async () => {
  const { discord, runcomfy } = stage;
  runcomfy.failNext({ call: 'submit', kind: 'rate-limited', retryAfterSeconds: 1 });
  discord.failNext({ method: 'PATCH', path: /webhooks/, status: 429, retryAfter: 1 });
  discord.command({
    member: discord.members.ben,
    channel: discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a stormy sea', count: 1 },
  });
  const { requestId } = await submitted(stage, 'a stormy sea');
  runcomfy.failJob(requestId, 'the model broke');
  await until('seedream_jobs_ended_total{outcome="failed",failure="model"}', 1);
  const seen = await look();
  expect(seen.value('seedream_runcomfy_calls_total{call="submit",outcome="rate"}')).toBe(1);
  expect(seen.value('seedream_images_settled_total'), 'a failure costs nothing').toBe(3);
  expect(seen.value('seedream_discord_calls_total{route="reply",status="429"}')).toBe(1);
});

test('metrics count each request of a job, and a job once', async () => {
  const before = await look();
  const of = async (series: string) => ((await look()).value(series) ?? 0) - (before.value(series) ?? 0);
  stage.runcomfy.failNext({ call: 'submit', kind: 'http', status: 422, errorCode: 422_001 });
  stage.discord.command({
    member: stage.discord.addMember(stage.discord.guilds.home, {}),
    channel: stage.discord.channels.general,
    name: 'seedream',
    options: { prompt: 'a counted row', count: 4, model: SINGLES },
  });
  for (const { requestId } of await requests(stage, 'a counted row', 3)) stage.runcomfy.finish(requestId);
  const delivered = 'seedream_jobs_ended_total{outcome="delivered",failure=""}';
  await expect.poll(() => of(delivered), { timeout: PATIENCE }).toBe(1);
  expect(await of('seedream_requests_ended_total{outcome="completed",failure=""}')).toBe(3);
  expect(await of('seedream_requests_ended_total{outcome="failed",failure="refused"}'), 'beside a delivery').toBe(1);
  expect(await of('seedream_images_reserved_total')).toBe(4);
  expect(await of('seedream_images_settled_total')).toBe(3);
  expect(await of('seedream_cost_usd_total')).toBeCloseTo(0.15);
  expect(await of('seedream_runcomfy_calls_total{call="submit",outcome="ok"}')).toBe(3);
  expect(await of('seedream_runcomfy_calls_total{call="submit",outcome="input"}')).toBe(1);
  expect(await of('seedream_job_polls_count'), 'each request by itself').toBe(3);
  expect(await of('seedream_job_delivery_duration_seconds_count')).toBe(1);
});

test('names and labels follow the conventions, and no label or help holds an id or a secret', async () => {
  const seen = await look();
  for (const name of seen.names()) {
    expect(name).toMatch(/^(seedream|process|nodejs)_[a-z0-9_]+$/);
    if (name.startsWith('seedream_')) expect(name).not.toMatch(/(milliseconds|_ms|minutes|_count_total)$/);
  }
  expect(seen.labelValues().filter((value) => /\d{15,}/.test(value))).toEqual([]);
  expect(seen.text).not.toContain(stage.environment['DISCORD_TOKEN']);
  expect(seen.text).not.toContain(stage.environment['RUNCOMFY_TOKEN']);
});
