/**
 * `kill -9` while a queued job is cancelled, in each state that only a cancel leads to. How a job's record is closed at its
 * end is shown in `at-commits.test.ts`; the simulator kills at every call.
 */
import { expect, test } from 'vitest';
import { shows } from '../support/waiting.ts';
import { createKillHarness, type Boundary, type KillHarness, type Request } from './harness.ts';
import { modelCall, type KillPoint } from './kill-points.ts';

const TIMEOUT = 300_000;

interface Kill {
  name: string;
  boundary?: Boundary;
  killPoint?: KillPoint;
}

const at = (when: Boundary['when'], commit: string): Kill => ({
  name: `${when} ${commit}`,
  boundary: { when, commit },
});
const asked = modelCall('cancel');

const KILLS: Kill[] = [
  // A press of which nothing was written is lost: its member sees the button still there.
  at('before', 'cancellations'),
  at('after', 'cancellations'),
  // RunComfy has cancelled, and its answer is lost.
  { name: asked.name, killPoint: asked },
  at('after', 'cancellations cancelled'),
  at('after', 'jobs cancelled'),
  at('after', 'released'),
];

function press({ discord }: KillHarness, { interaction }: Request): void {
  const { member, original } = interaction;
  if (member === null || original === null) throw new Error('There is nothing to press');
  discord.press({ member, message: original, customId: `cancel:${interaction.id}` });
}

/** A job in the queue, cancelled and killed meanwhile, is cancelled once it is looked at again. */
async function cancelled(stage: KillHarness, name: string, arm: (request: Request) => void): Promise<Request> {
  const request = stage.ask({ prompt: name, count: 4 });
  await shows(request.interaction, 'In the queue');
  arm(request);
  press(stage, request);
  await stage.killedAndStarted();
  if (name === 'before cancellations') press(stage, request);
  await shows(request.interaction, 'Cancelled');
  return request;
}

test('a bot killed while it cancels ends the job as cancelled, at no cost', { timeout: TIMEOUT }, async () => {
  await using stage = await createKillHarness();
  const requests: Request[] = [];
  for (const { name, boundary, killPoint } of KILLS) {
    const request = await cancelled(stage, name, (made) => {
      if (boundary !== undefined) stage.killAt(boundary, made);
      killPoint?.arm(stage);
    }).catch((error: unknown) => {
      throw new Error(`killed ${name}: ${String(error)}\n${stage.bot.output()}`, { cause: error });
    });
    requests.push(request);
  }
  await stage.expectOutcomes(requests.map((request) => [request, 'cancelled']));
  expect(stage.runcomfy.billedImages).toBe(0);
});
