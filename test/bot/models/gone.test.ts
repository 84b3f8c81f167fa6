/** A model that is gone while others are there: what was made with it goes on with the next, and whoever asks is told so. */
import { expect, test } from 'vitest';
import type { Interaction, Message } from '../../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../../support/bot.ts';
import { press, privateAnswer } from '../../support/private-answers.ts';
import { jobsOf, submits } from '../../support/runcomfy.ts';
import { expectCleanConduct, gallery, PATIENCE, shows, toldAlone } from '../../support/waiting.ts';

const FIRST = 'bytedance/seedream-4-0/sequential';
const PRO = 'bytedance/seedream-5.0-pro/text-to-image';

function optionsOf({ discord }: Stage): string[] {
  return (discord.commands().find(({ name }) => name === 'seedream')?.options ?? []).map(({ name }) => name);
}

test.each([
  [
    'the first',
    FIRST,
    PRO,
    'Seedream 4.0 is no longer offered, so this is made with **Seedream 5.0 Pro** ($0.04 a picture).',
  ],
  [
    'another',
    PRO,
    FIRST,
    'Seedream 5.0 Pro is no longer offered, so this is made with **Seedream 4.0** ($0.03 a picture).',
  ],
])(
  'where %s is gone: the command without it, its galleries go on with the next one',
  async (_, gone, next, sentence) => {
    await using stage = await createStage({
      quick: true,
      runcomfy: { speed: 100 },
      environment: { RUNCOMFY_MODELS: `${FIRST},${PRO}` },
    });
    const { discord, runcomfy } = stage;
    const { ana, ben } = discord.members;
    const ask = (prompt: string): Interaction =>
      discord.command({
        member: ana,
        channel: discord.channels.general,
        name: 'seedream',
        options: { prompt, model: gone, count: 1, size: '2048:2048 (1:1)' },
      });
    await discord.until(() => optionsOf(stage).includes('model'), PATIENCE);
    const made: Message = await gallery(ask('a vanishing model'));

    runcomfy.removeModel(gone);
    await shows(ask('too late'), 'No pictures');
    expect(submits(stage, 'too late')).toBe(0);
    await discord.until(() => !optionsOf(stage).includes('model'), PATIENCE);
    expect(optionsOf(stage).includes('seed')).toBe(next === FIRST);

    const again = press(stage, ben, made, 'again:');
    await gallery(again);
    expect(jobsOf(stage, 'a vanishing model').map(({ model }) => model.id)).toEqual([gone, next]);
    await again.until(() => toldAlone(again).length > 0, PATIENCE);
    expect(toldAlone(again).map((said) => said.replaceAll('\\', ''))).toEqual([sentence]);

    const edit = press(stage, ben, made, 'edit:');
    await edit.acknowledged();
    await gallery(discord.submitModal({ interaction: edit, values: { prompt: 'an edit of it', count: '1' } }));
    expect(jobsOf(stage, 'an edit of it').map(({ model }) => model.id)).toEqual([next]);

    if (gone === FIRST) {
      const said = (await privateAnswer(press(stage, ben, made, 'seed:'))).content.replaceAll('\\', '');
      expect(said).toContain('Seedream 4.0 is no longer offered.');
    }
    expectCleanConduct(stage);
  },
);
