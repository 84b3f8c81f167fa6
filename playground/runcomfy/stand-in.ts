/** A local RunComfy: the Model API with a catalogue of models, and the host of their pictures. */
import { randomUUID } from 'node:crypto';
import { createApi, type Violation } from './api/api.ts';
import { createAssetHost, createAssetUrls, type LeakedToken } from './assets/asset-host.ts';
import { NORMAL_BEHAVIOUR, type Behaviour } from './behaviour.ts';
import { createEvents } from './events.ts';
import { createFaults } from './faults.ts';
import type { RunComfyOptions, RunComfyStandIn } from './interface.ts';
import { anyJob, createJobControls, createJobs, createJobTimer, drawDuration, DURATIONS } from './jobs/jobs.ts';
import { listen, type LocalPort } from './listener.ts';
import { createCatalogue } from './models/catalogue.ts';
import { createPictures } from './pictures/pictures.ts';
import { createRandom } from './random.ts';
import { createReferences } from './references/references.ts';

export type { Behaviour } from './behaviour.ts';
export type { StandInEvent } from './events.ts';
export type { ApiCall, ApiFault, FaultOrder, PlannedFault } from './faults.ts';
export type { RunComfyOptions, RunComfyStandIn } from './interface.ts';
export { DURATIONS, medianDuration, type StandInJob } from './jobs/jobs.ts';

/** Starts a stand-in. Rejects when a port is taken. */
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
    assetBase,
    arrangeModels,
    now = Date.now,
    ...changed
  } = options;
  let behaviour: Behaviour = { ...NORMAL_BEHAVIOUR, ...changed };
  const random = createRandom(ownSeed);
  const events = createEvents();
  const faults = createFaults();
  const catalogue = createCatalogue();
  arrangeModels?.(catalogue);
  const references = createReferences({ now, behaviour: () => behaviour, events });
  const urls = createAssetUrls(randomUUID());
  const violations: Violation[] = [];
  const leakedTokens: LeakedToken[] = [];

  const jobs = createJobs({
    now,
    workers: behaviour.workers,
    speed: behaviour.speed,
    held: behaviour.held,
    prepare: (job) =>
      references.readAtStart(job, (failure) => {
        jobs.ready(job, failure);
        timer.set();
      }),
    succeed(job, at) {
      const made = Math.max(0, job.input.images - behaviour.withheld);
      job.urlsExpireAt = at + behaviour.urlLifeMs;
      const expiresAt = job.urlsExpireAt;
      const videos = Array.from({ length: behaviour.videos }, (_, index) => index + 1);
      job.videos = videos.map((number) => `${standIn.assetOrigin}/seedream/${job.requestId}/${number}.mp4`);
      const all = Array.from({ length: made }, (_, index) => {
        return `${assetBase ?? standIn.assetOrigin}${urls.pathOf(job, index + 1, expiresAt)}`;
      });
      return [...all, ...all.slice(0, behaviour.duplicates)];
    },
    onState(job, at) {
      events.emit({ type: 'job', at, requestId: job.requestId, state: job.state });
      timer.set();
    },
  });
  const timer = createJobTimer(jobs, () => events.hasListeners(), now);

  const assetPort = await listen(
    assetPortWanted,
    createAssetHost({
      now,
      token,
      urls,
      behaviour: () => behaviour,
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
      behaviour: () => behaviour,
      catalogue,
      jobs,
      faults,
      events,
      violations,
      async takeJob({ model, input, ...submit }) {
        const outcome = await references.readAtSubmit(input, model);
        if ('problem' in outcome) return { refused: outcome.problem };
        const durationMs = drawDuration(durations, input.images, input.standard, random);
        const seed = input.seed ?? Math.floor(random() * 2 ** 31);
        const made = { requestId: randomUUID(), model, input, seed, durationMs, references: outcome.read };
        return jobs.add({ ...submit, ...made });
      },
    }),
  ).catch(async (error: unknown) => {
    await assetPort.goDown();
    throw error;
  });
  const url = `http://127.0.0.1:${apiPort.port}/v1`;

  async function setBehaviour(next: Partial<Behaviour>): Promise<void> {
    behaviour = { ...behaviour, ...next };
    const { workers, speed, held, down, assetsDown } = behaviour;
    jobs.configure({ workers, speed, held });
    timer.set();
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
    get billedUsd() {
      jobs.advance();
      return jobs.billedMicroUsd / 1e6;
    },
    violations,
    leakedTokens,
    get models() {
      return catalogue.models;
    },
    removeModel: catalogue.removeModel,
    restoreModel: catalogue.restoreModel,
    changeModel: catalogue.changeModel,
    addModel: catalogue.addModel,
    get behaviour() {
      return behaviour;
    },
    setBehaviour,
    goDown: () => setBehaviour({ down: true }),
    comeUp: () => setBehaviour({ down: false }),
    failNext: (order) => faults.failNext(order),
    clearFaults: () => {
      faults.clear();
    },
    holdQueue() {
      behaviour = { ...behaviour, held: true };
      jobs.configure({ held: true });
    },
    releaseQueue() {
      behaviour = { ...behaviour, held: false };
      jobs.configure({ held: false });
    },
    ...createJobControls(jobs),
    addOtherJob(images = 1) {
      const durationMs = drawDuration(durations, images, false, random);
      return jobs.add({ requestId: randomUUID(), durationMs, ...anyJob(images) });
    },
    endOtherJob(requestId) {
      const other = jobs.find(requestId);
      if (other) jobs.finish(other);
    },
    on(listener) {
      const end = events.on(listener);
      timer.set();
      return end;
    },
    async close() {
      timer.stop();
      references.stop();
      await Promise.all([apiPort.goDown(), assetPort.goDown()]);
    },
  };
  if (behaviour.down || behaviour.assetsDown) await setBehaviour({});
  return standIn;
}
