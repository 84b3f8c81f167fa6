/** A message of a gallery that is edited keeps what it was made with where it stands. */
import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/services/clock.ts';
import { createReply } from '../../../src/services/discord/reply.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const job = sampleJob();
const MESSAGE = {
  content: 'One could not be made',
  embeds: [{ description: 'a lighthouse' }],
  components: ['again', 'remove'].map((button) => ({
    type: ComponentType.ActionRow as const,
    components: [
      { type: ComponentType.Button as const, style: 2 as const, label: button, custom_id: `${button}:${job.id}` },
    ],
  })),
};

/** What Discord is sent where a message of the job's in a channel is edited. */
async function amendedIn(channelId: string, message: Parameters<ReturnType<typeof createReply>['amend']>[2]) {
  const bodies: { content?: string; components?: unknown[]; embeds?: { description?: string }[] }[] = [];
  const rest = {
    patch: (_route: string, { body }: { body: object }) => {
      bodies.push(body);
      return Promise.resolve({ id: '1574318992691036300', channel_id: channelId, attachments: [], embeds: [] });
    },
  };
  const reply = createReply({
    ...{ rest, botRest: rest, botUserId: () => '1', clock: systemClock, log: createSilentLog() },
    ...{ elsewhere: () => 'Your pictures from <#1>.', placeholder: () => '' },
  } as never);
  await reply.amend(job, { number: 2, channelId, messageId: '1574318992691036300', pictures: [1] }, message);
  return bodies.at(0);
}

test('as a direct message: its first line, and no button that begins a job', async () => {
  const sent = await amendedIn('1574318992691039999', MESSAGE);
  expect(sent?.content).toBe('Your pictures from <#1>.\nOne could not be made');
  expect(JSON.stringify(sent?.components)).not.toContain('again:');
  expect(JSON.stringify(sent?.components)).toContain('remove:');
  expect((await amendedIn('1574318992691039999', { content: '' }))?.content).toBe('Your pictures from <#1>.');
});

test('in its channel, where Discord shows it as nobody’s reply: whose job it is', async () => {
  const sent = await amendedIn(job.channelId, MESSAGE);
  expect(sent?.content).toBe('One could not be made');
  expect(sent?.embeds?.at(0)?.description).toContain(`<@${job.userId}>`);
  expect(JSON.stringify(sent?.components)).toContain('again:');
});
