/** A local RunComfy: the Model API for `bytedance/seedream-4-0/sequential`, and the host of its pictures. */
import { randomUUID } from 'node:crypto';
import { createAlarm } from './jobs/timer.ts';
import { createApi, type Violation } from './api/api.ts';
import { createAssetHost, createAssetUrls, type LeakedToken } from './assets/asset-host.ts';
import { ORDINARY, type Conditions } from './behaviour.ts';
import { createJobControls } from './jobs/job-controls.ts';
import { drawDuration, DURATIONS } from './jobs/durations.ts';
import { createEvents } from './events.ts';
import { createFaults } from './faults.ts';
import type { RunComfyOptions, RunComfyStandIn } from './interface.ts';
import { createJobs } from './jobs/jobs.ts';
import { listen, type LocalPort } from './listener.ts';
import { createPictures } from './pictures/pictures.ts';
import { createRandom } from './random.ts';

export type { Violation } from './api/api.ts';
export type { LeakedToken } from './assets/asset-host.ts';
export type { Conditions } from './behaviour.ts';
export type { Durations } from './jobs/durations.ts';
export type { StandInEvent } from './events.ts';
export type { ApiCall, ApiFault, AssetFault, FaultOrder, PlannedFault } from './faults.ts';
export type { RunComfyOptions, RunComfyStandIn } from './interface.ts';
export type { JobState, StandInJob } from './jobs/jobs.ts';

/** Starts a stand-in. Rejects when a port can't be had. */
export async function createRunComfyStandIn(options: RunComfyOptions): Promise<RunComfyStandIn> {
  const {
    token,
    port = 0,
    assetPort: assetPortWanted = 0,
    seed: ownSeed = 1,
    durations = DURATIONS,
    pictures: style = 'drawn',
    pictureBytes,
    cacheBytes = 64 * 1024 * 1024,
    answerBase,
    now = Date.now,
    ...changed
  } = options;
  let conditions: Conditions = { ...ORDINARY, ...changed };
  const random = createRandom(ownSeed);
  const events = createEvents();
  const faults = createFaults();
  const urls = createAssetUrls(randomUUID());
  const violations: Violation[] = [];
  const leakedTokens: LeakedToken[] = [];

  const jobs = createJobs({
    now,
    workers: conditions.workers,
    speed: conditions.speed,
    held: conditions.held,
    succeed(job, at) {
      const made = Math.max(0, job.input.images - conditions.withheld);
      job.urlsExpireAt = at + conditions.urlLifeMs;
      const expiresAt = job.urlsExpireAt;
      const videos = Array.from({ length: conditions.videos }, (_, index) => index + 1);
      job.videos = videos.map((number) => `${standIn.assetOrigin}/seedream/${job.requestId}/${number}.mp4`);
      const all = Array.from({ length: made }, (_, index) => {
        return `http://127.0.0.1:${assetPort.port}${urls.pathOf(job.requestId, index + 1, expiresAt)}`;
      });
      return [...all, ...all.slice(0, conditions.duplicates)];
    },
    onState(job, at) {
      events.emit({ type: 'job', at, requestId: job.requestId, state: job.state });
      alarm.set();
    },
  });
  const alarm = createAlarm(jobs, () => events.heard(), now);

  const assetPort = await listen(
    assetPortWanted,
    createAssetHost({
      now,
      token,
      urls,
      conditions: () => conditions,
      find: (requestId) => jobs.find(requestId),
      faults,
      events,
      pictures: createPictures({ style, bytes: pictureBytes, cacheBytes }),
      leakedTokens,
    }),
  );
  const apiPort: LocalPort = await listen(
    port,
    createApi({
      now,
      token,
      base: () => answerBase ?? url,
      conditions: () => conditions,
      jobs,
      faults,
      events,
      violations,
      createJob(input, body) {
        const durationMs = drawDuration(durations, input.images, input.standard, random);
        const seed = input.seed ?? Math.floor(random() * 2 ** 31);
        return jobs.add({ requestId: randomUUID(), body, input, seed, durationMs });
      },
    }),
  ).catch(async (error: unknown) => {
    await assetPort.goDown();
    throw error;
  });
  const url = `http://127.0.0.1:${apiPort.port}/v1`;

  async function setConditions(next: Partial<Conditions>): Promise<void> {
    conditions = { ...conditions, ...next };
    const { workers, speed, held, down, assetsDown } = conditions;
    jobs.configure({ workers, speed, held });
    alarm.set();
    await Promise.all([
      down ? apiPort.goDown() : apiPort.comeUp(),
      assetsDown ? assetPort.goDown() : assetPort.comeUp(),
    ]);
  }

  const standIn: RunComfyStandIn = {
    url,
    assetOrigin: `http://127.0.0.1:${assetPort.port}`,
    get jobs() {
      jobs.advance();
      return jobs.all;
    },
    get submits() {
      return jobs.all.length;
    },
    get billedImages() {
      jobs.advance();
      return jobs.billedImages;
    },
    violations,
    leakedTokens,
    get conditions() {
      return conditions;
    },
    setConditions,
    goDown: () => setConditions({ down: true }),
    comeUp: () => setConditions({ down: false }),
    failNext: (order) => faults.failNext(order),
    clearFaults: () => {
      faults.clear();
    },
    holdQueue() {
      conditions = { ...conditions, held: true };
      jobs.configure({ held: true });
    },
    releaseQueue() {
      conditions = { ...conditions, held: false };
      jobs.configure({ held: false });
    },
    ...createJobControls(jobs),
    addOther(images = 1) {
      const input = { text: '', images, width: 2048, height: 2048, seed: undefined, standard: false };
      const durationMs = drawDuration(durations, images, false, random);
      return jobs.add({ requestId: randomUUID(), body: {}, input, seed: 0, durationMs });
    },
    endOther(requestId) {
      const other = jobs.find(requestId);
      if (other) jobs.finish(other);
    },
    on(listener) {
      const end = events.on(listener);
      alarm.set();
      return end;
    },
    async close() {
      alarm.stop();
      await Promise.all([apiPort.goDown(), assetPort.goDown()]);
    },
  };
  if (conditions.down || conditions.assetsDown) await setConditions({});
  return standIn;
}
