/** `kill -9` while a queued job is cancelled. */
import { expect, test } from 'vitest';
import { shows } from '../support/waiting.ts';
import { createKillHarness, type Boundary, type KillHarness, type Request } from './harness.ts';
import { modelCall, type KillPoint } from './kill-points.ts';

const TIMEOUT = 300_000;

/** What a cancel writes, in order. */
const COMMITS = [
  'cancellations',
  'cancellations cancelled',
  'jobs cancelled',
  'released',
  'finished cancelled',
  'delete jobs',
  'delete cancellations',
];
const boundaries = COMMITS.flatMap((commit): Boundary[] => [
  { when: 'before', commit },
  { when: 'after', commit },
]);

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
  // A press of which nothing was written is lost: its member sees the button still there.
  if (name === 'before cancellations') press(stage, request);
  await shows(request.interaction, 'Cancelled');
  return request;
}

async function cancelInTurn(kills: { name: string; boundary?: Boundary; killPoint?: KillPoint }[]): Promise<void> {
  await using stage = await createKillHarness();
  const requests: Request[] = [];
  for (const { name, boundary, killPoint } of kills) {
    const request = await cancelled(stage, name, (asked) => {
      if (boundary !== undefined) stage.killAt(boundary, asked);
      killPoint?.arm(stage);
    }).catch((error: unknown) => {
      throw new Error(`killed ${name}: ${String(error)}\n${stage.bot.output()}`, { cause: error });
    });
    requests.push(request);
  }
  await stage.expectOutcomes(requests.map((request) => [request, 'cancelled']));
  expect(stage.runcomfy.billedImages).toBe(0);
}

test('a bot killed at any commit of a cancel ends the job as cancelled, at no cost', { timeout: TIMEOUT }, async () => {
  const kills = boundaries.map((boundary) => ({ name: `${boundary.when} ${boundary.commit}`, boundary }));
  await Promise.all([cancelInTurn(kills.slice(0, 7)), cancelInTurn(kills.slice(7))]);
});

test('a bot killed while RunComfy is asked to cancel asks again', { timeout: TIMEOUT }, async () => {
  await cancelInTurn(
    [modelCall('cancel', 'acted'), modelCall('cancel', 'not acted')].map((killPoint) => ({
      name: killPoint.name,
      killPoint,
    })),
  );
});
