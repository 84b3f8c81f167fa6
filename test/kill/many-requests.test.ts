/**
 * `kill -9` of a job of six requests, once at each kind of commit that a job of one request does not have: between two requests,
 * around a picture that is added to a gallery, and where a part of it is freed. No request is made twice, no picture stands
 * twice, and what is counted is exact to the picture. In between kill `test/units/lifecycle/many-requests.test.ts`, at every
 * effect, and the simulator.
 */
import { expect, test } from 'vitest';
import { jobsOf, requests } from '../support/runcomfy.ts';
import { messagesWithPictures } from '../support/delivered.ts';
import { readStore } from '../support/store-contents.ts';
import { buttons, pictureEmbeds, shows } from '../support/waiting.ts';
import { createKillHarness, PATIENCE, type Boundary, type KillHarness, type Request } from './harness.ts';

/** Milliseconds: several starts of the bot share the machine. */
const TIMEOUT = 400_000;
const COUNT = 6;

/** One kill, and what the job comes to. */
interface Kill extends Boundary {
  /** The places of the pictures that are made; all of them unless said. */
  pictures?: number[];
  /** Images that are counted in the end, and requests that RunComfy has taken, where they are not six. */
  counted?: number;
  taken?: number;
  /** What happens to it besides: two submits are refused, or it is cancelled with three begun. */
  besides?: 'refused' | 'cancelled';
}

/** Killed while it is submitted: what was being sent then may be paid, is never sent again, and the rest goes on. */
const SUBMITTING: Kill[] = [
  { when: 'after', commit: 'many srrrrr', pictures: [2, 3, 4, 5, 6], taken: 5 },
  { when: 'after', commit: 'many qqqrrr' },
  // RunComfy has taken it, and its id is not written.
  { when: 'before', commit: 'many qqqqrr', pictures: [1, 2, 3, 5, 6] },
];
const FILLING: Kill[] = [
  // The picture stands in the reply, and that is not written.
  { when: 'before', commit: 'many qcqqqq 1' },
  { when: 'after', commit: 'many qcqqqq 1' },
  { when: 'before', commit: 'many over shown' },
];
const IN_PART: Kill[] = [
  { when: 'before', commit: 'reduced', besides: 'refused', pictures: [3, 4, 5, 6], counted: 4, taken: 4 },
  { when: 'after', commit: 'cancellations', besides: 'cancelled', pictures: [1, 2, 3], counted: 3 },
  { when: 'before', commit: 'settled', besides: 'cancelled', pictures: [1, 2, 3], counted: 3 },
];

/** Ends whatever RunComfy still has of the job. */
function finish(stage: KillHarness, { prompt }: Request, which: number[] = [0, 1, 2, 3, 4, 5]): void {
  for (const [index, { requestId, state }] of jobsOf(stage, prompt).entries()) {
    if (which.includes(index) && (state === 'in_queue' || state === 'in_progress')) stage.runcomfy.finish(requestId);
  }
}

/** Has three requests begun, and the others cancelled by the member; killed meanwhile. */
async function cancel(stage: KillHarness, request: Request, boundary: Boundary): Promise<void> {
  const { discord, runcomfy } = stage;
  const { interaction, prompt } = request;
  const begun = (await requests(stage, prompt, COUNT)).slice(0, 3);
  for (const { requestId } of begun) runcomfy.start(requestId);
  await shows(interaction, 'Generating');
  stage.killAt(boundary, request);
  const { member, original } = interaction;
  if (member === null || original === null) throw new Error('There is nothing to press');
  discord.press({ member, message: original, customId: `cancel:${interaction.id}` });
  if (boundary.commit === 'settled') {
    const cancelled = () => jobsOf(stage, prompt).filter(({ state }) => state === 'cancelled');
    await discord.until(() => cancelled().length === 3, PATIENCE);
    finish(stage, request);
  }
}

async function run(stage: KillHarness, kill: Kill): Promise<Request> {
  const { when, commit, besides, taken = COUNT } = kill;
  const prompt = `${besides ?? 'whole'} ${when} ${commit}`;
  if (besides === 'refused') {
    stage.runcomfy.failNext({ call: 'submit', kind: 'http', status: 422, errorCode: 422_001, times: 2 });
  }
  const request = stage.ask({ prompt, count: COUNT, ...(besides !== 'cancelled' && { killAt: { when, commit } }) });
  if (besides === 'cancelled') await cancel(stage, request, { when, commit });
  else if (FILLING.includes(kill)) {
    const [, second] = await requests(stage, prompt, COUNT);
    stage.runcomfy.finish(second?.requestId ?? '');
    if (commit.startsWith('many over')) {
      await request.interaction.until(
        ({ original }) => pictureEmbeds(original ?? { embeds: [] }).length === 1,
        PATIENCE,
      );
      finish(stage, request);
    }
  }
  await stage.killedAndStarted();
  await requests(stage, prompt, taken);
  finish(stage, request);
  const { interaction } = request;
  const isOver = () => interaction.original !== null && buttons(interaction.original).includes('Again');
  // A gallery that stands already is added to when nothing can arrive over it any more.
  if (FILLING.includes(kill)) await stage.letLateEditsArrive();
  await interaction.until(isOver, PATIENCE);
  await stage.idle();
  return request;
}

/** The numbers of the pictures that stand in Discord, in the order in which they are seen. */
function standing(stage: KillHarness, request: Request): number[] {
  return messagesWithPictures(stage, request)
    .flatMap(pictureEmbeds)
    .map(({ image }) => Number(/-(\d+)\.\w+/.exec(image?.url ?? '')?.[1]));
}

/** One bot killed and started again for each of these in turn. */
async function killInTurn(kills: Kill[]): Promise<void> {
  await using stage = await createKillHarness({
    environment: { RUNCOMFY_MODELS: 'bytedance/seedream-5/lite/text-to-image' },
  });
  const asked: [Kill, Request][] = [];
  for (const kill of kills) {
    try {
      asked.push([kill, await run(stage, kill)]);
    } catch (error) {
      const what = `killed ${kill.when} "${kill.commit}" (${kill.besides ?? 'whole'})`;
      throw new Error(`${what}: ${String(error)}\n${stage.commits().slice(-20).join('\n')}`, { cause: error });
    }
  }
  await stage.filed();
  // Another one finds nothing left to be done.
  expect(await stage.bot.stop()).toBe(0);
  await stage.start();
  expect(await stage.bot.stop()).toBe(0);
  for (const [kill, request] of asked) {
    const { pictures = [1, 2, 3, 4, 5, 6], counted = COUNT, taken = COUNT } = kill;
    expect(standing(stage, request), `pictures of "${request.prompt}"`).toEqual(pictures);
    expect(jobsOf(stage, request.prompt), `requests of "${request.prompt}"`).toHaveLength(taken);
    expect(await readStore(stage, request.interaction), request.prompt).toEqual({
      live: undefined,
      finished: 'delivered',
      userDailyImages: counted,
      held: 0,
    });
  }
  expect(stage.runcomfy.violations).toEqual([]);
}

test.concurrent(
  'killed between two requests, none is made twice and the rest goes on; while its gallery fills, each picture stands once, in order',
  { timeout: TIMEOUT },
  () => killInTurn([...SUBMITTING, ...FILLING]),
);

test.concurrent(
  'killed where a part of it is freed, what is counted is exact to the picture',
  { timeout: TIMEOUT },
  () => killInTurn(IN_PART),
);
