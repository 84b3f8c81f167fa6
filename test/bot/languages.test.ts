/** The languages: complete and exact, within what Discord takes, and nothing of another one on a member's screen. */
import { Locale } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { historyPage } from '../../src/commands/history-page.ts';
import { en } from '../../src/languages/en.ts';
import {
  showCost,
  showCostRange,
  showDuration,
  showList,
  showPrice,
  showPriceRange,
} from '../../src/languages/formats.ts';
import { LOCALES, OTHERS, translate } from '../../src/languages/languages.ts';
import { galleryMessage } from '../../src/services/messages/gallery.ts';
import { FAILURES } from '../../src/services/job/job.ts';
import { PROFILES } from '../../src/services/models/profiles/profiles.ts';
import { statedNumbers } from '../../src/services/prompt/prompt.ts';
import { ending } from '../../src/services/messages/status-embed.ts';
import type { Channel, Interaction, Member, Message, RegisteredCommand } from '../../playground/discord/stand-in.ts';
import { createStage, type Stage } from '../support/bot.ts';
import { press, privateAnswer, turn, use, words } from '../support/private-answers.ts';
import { sampleJob, type SampleState } from '../support/sample-job.ts';
import { englishIn, filled, placeholdersOf, sentencesOf } from '../support/sentences.ts';
import { submitted } from '../support/runcomfy.ts';
import { createWrittenModels } from '../support/written-models.ts';
import { expectCleanConduct, facts, gallery, refusal, replyOf, shows } from '../support/waiting.ts';

const ENGLISH = sentencesOf(en);

/** Several, so that a page names the model of each request. */
const MODELS = PROFILES.map(({ id }) => id);

/** Words that a language has from English, or writes the same by chance. */
const SAME: Record<string, readonly string[]> = {
  fr: ['quality.standard', 'size.portrait'],
  de: ['button.seed', 'gallery.videos', 'help.limits', 'help.buttons'],
  it: ['button.seed', 'privacy.title', 'quality.standard'],
};

/** What a sentence is marked up with, in order of kind: a translation has as much of each. */
function markup(sentence: string): number[] {
  return ['**', '`', '\n', '<', '/'].map((mark) => sentence.split(mark).length - 1);
}

describe.each(LOCALES.map((locale) => [locale, sentencesOf(OTHERS[locale] ?? {})] as const))('%s', (locale, own) => {
  test('has every sentence that English has, and no other', () => {
    expect([...own.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
  });

  test('says each with the same placeholders and marks', () => {
    const forms = (sentences: Map<string, string>) =>
      [...ENGLISH.keys()].map((key) => {
        const sentence = sentences.get(key) ?? '';
        return [key, sentence.trim() !== '', placeholdersOf(sentence), markup(sentence)];
      });
    expect(forms(own)).toEqual(forms(ENGLISH));
  });

  test('leaves nothing in English', () => {
    const same = [...own].filter(([key, sentence]) => sentence === ENGLISH.get(key) && /\p{L}/u.test(filled(sentence)));
    const written = same.map(([key]) => key).filter((key) => key !== 'limits.plain');
    expect(written.sort()).toEqual([...(SAME[locale] ?? [])].sort());
  });
});

describe.each(['en', ...LOCALES])('in %s', (locale) => {
  const own = sentencesOf(OTHERS[locale] ?? en);
  const t = translate(locale);
  /** Keys whose sentences are longer than Discord takes them where they stand. */
  const tooLong = (keys: RegExp, length: number) =>
    [...own].filter(([key, sentence]) => keys.test(key) && filled(sentence).length > length).map(([key]) => key);

  test('every sentence fits the place it has in Discord', () => {
    expect(tooLong(/^(command|quality)\./, 100), 'descriptions and choices').toEqual([]);
    const onButtons = /^(button\..*|mend\..*|tell\.button|history\.(newer|older)|privacy\.(erase|confirmErase|keep))$/;
    expect(tooLong(onButtons, 30), 'buttons that a phone shows whole').toEqual([]);
    expect(tooLong(/^history\.(again|deliver)$/, 80), 'buttons').toEqual([]);
    expect(t('edit.count', { max: 15 }).length).toBeLessThanOrEqual(45);
    expect(tooLong(/^edit\.(title|prompt|size)$/, 45), 'labels of a form').toEqual([]);
    expect(tooLong(/^(state|history)\./, 240), "titles, and fields' names with a number and a sign before").toEqual([]);
    expect(tooLong(/./, 1024), "fields' values, and messages").toEqual([]);
    expect(`${own.get('privacy.requests_other') ?? ''}\n${own.get('privacy.counts') ?? ''}`.length).toBeLessThan(1000);
    const member = filled(`9. {{by}} · ${own.get('usage.pictures_other') ?? ''} · {{cost}}\n`);
    expect(9 * member.length, 'eight members and the others').toBeLessThanOrEqual(1024);
  });

  test('a page of the history fits, however much there is to say of each request', () => {
    const states: SampleState[] = [
      { name: 'unknown' },
      { name: 'unknown', requestId: 'r' },
      ...FAILURES.map((failure) => ({ name: 'failed' as const, failure, reason: '*'.repeat(300) })),
      { name: 'completed', requestId: 'r', images: [], videos: [], posted: [], givenUp: true },
    ];
    for (const state of states) {
      const job = sampleJob({ prompt: '*'.repeat(600), count: 15, state });
      const entries = Array.from({ length: 5 }, () => ({ jobId: job.id, at: job.createdAt, job }));
      const page = historyPage(entries, {
        t,
        from: 96,
        newer: true,
        older: true,
        days: 3650,
        models: createWrittenModels(MODELS, 123.456),
      });
      const [{ title = '', fields = [], footer } = {}] = page.embeds;
      for (const { name, value } of fields) {
        expect(name.length).toBeLessThanOrEqual(256);
        expect(value.length).toBeLessThanOrEqual(1024);
        if (state.name === 'unknown')
          expect(value, 'nothing is cut off').toContain(ending(job, t, showCost(1851.84, t)));
      }
      const all = [title, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])];
      expect(all.join('').length).toBeLessThanOrEqual(6000);
    }
  });

  test('sentences that name a button call it what it is called', () => {
    for (const label of Object.values((OTHERS[locale] ?? en).button))
      expect(t('help.buttonsText')).toContain(`**${label}**`);
    for (const key of ['edit.use', 'button.edit', 'command.editPicture'] as const)
      expect(t('help.picturesText')).toContain(`**${t(key)}**`);
    expect(t('references.forgotten')).toContain(t('button.edit'));
    expect(t('references.formLost')).toContain(t('button.edit'));
    expect(t('seed.pictures', { count: 2 })).toContain(t('button.again'));
    for (const hint of ['history.undeliveredHint', 'history.privateHint'] as const)
      expect(t(hint)).toContain(t('history.deliver', { number: '' }).trim());
    expect(t('privacy.deleteText')).toContain(t('button.remove'));
  });

  test('the prompt that /help gives for an example is understood', () => {
    const [, example = ''] = /["“„«「]\s?([^"”“»」]+?)\s?["”“»」]/u.exec(t('help.optionsText')) ?? [];
    expect(statedNumbers(example), example).toEqual([5]);
  });
});

test('numbers are written as each language writes them', () => {
  const plain = (text: string) => text.replace(/\s/gu, ' ');
  const written = (locale: string) => {
    const t = translate(locale);
    return [showCost(0.3, t), showPrice(0.0325, t), showDuration(365_000, t), showList(['A', 'B', 'C'], t)].map(plain);
  };
  expect(written('en-US')).toEqual(['$0.30', '$0.0325', '6 min 5 s', 'A, B, C']);
  expect(written('es-ES')).toEqual(['0,30 US$', '0,0325 US$', '6 min 5 s', 'A, B y C']);
  expect(written('pt-BR')).toEqual(['US$ 0,30', 'US$ 0,0325', '6 min 5 s', 'A, B, C']);
  expect(written('ja')).toEqual(['$0.30', '$0.0325', '6 分 5 秒', 'A、B、C']);
  expect(written('ko'), 'a language that the bot does not speak').toEqual(written('en-US'));
  const ranges = (locale: string, ...range: [number, number]) => {
    const [least, most] = range;
    return [showCostRange({ least, most }, translate(locale)), showPriceRange({ least, most }, translate(locale))].map(
      plain,
    );
  };
  expect(ranges('en-US', 0.03, 0.0425)).toEqual(['$0.03 – $0.04', '$0.03 – $0.0425']);
  expect(ranges('de', 0.03, 0.0425)).toEqual(['0,03–0,04 $', '0,03–0,0425 $']);
  expect(ranges('en-US', 0.03, 0.03), 'what is one price is shown as one').toEqual(['$0.03', '$0.03']);
  const model = { name: undefined, seed: true, quality: true, editing: false };
  const made = { name: 'completed' as const, requestId: 'r', images: [], videos: [], posted: [], givenUp: false };
  const job = sampleJob({ guildLocale: 'ja', finishedAt: sampleJob().createdAt + 48_000, state: made });
  const [embed] = galleryMessage(job, { number: 1, pictures: [], delivered: 4, notes: [], model }).embeds;
  expect(embed?.footer?.text).toMatch(/ · 48 秒$/);
});

test('every English sentence is found again, whatever is filled in', () => {
  for (const [key, sentence] of ENGLISH) {
    if (key !== 'limits.plain')
      expect(englishIn(`… ${filled(sentence).replace('  ', ' x ')} …`), sentence).toContain(key);
  }
});

describe('on screen', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await createStage({ quick: true, runcomfy: { held: true }, environment: { LIMIT_USER_ACTIVE_JOBS: '9' } });
  });
  afterAll(async () => {
    expectCleanConduct(stage);
    await stage[Symbol.asyncDispose]();
  });

  /** Everything that a member can read of a message, in all its versions, but for commands that are there to be copied. */
  function textsOf({ versions }: Pick<Message, 'versions'>): string[] {
    return versions.flatMap((version) => [
      words(version).replace(/```[^]*?```/g, ''),
      ...version.components.flatMap(({ components = [] }) => components.map(({ label }) => label ?? '')),
      ...version.attachments.map(({ description }) => description ?? ''),
    ]);
  }

  /** The English that a member finds in a channel, with what it is found in. */
  function englishSeen(member: Member, channel: Channel): string[] {
    const messages = stage.discord.messages(channel, { as: member, deleted: true });
    expect(messages.length).toBeGreaterThan(0);
    return messages.flatMap(textsOf).flatMap((text) => englishIn(text).map((key) => `${key}: ${text}`));
  }

  function ask(member: Member, options: Record<string, string | number | boolean>): Interaction {
    const { elsewhere: channel } = stage.discord.channels;
    return stage.discord.command({ member, channel, name: 'seedream', options: { count: 2, ...options } });
  }

  test("Discord's registered commands are described in every language there is", () => {
    const known = Object.values(Locale) as string[];
    expect(LOCALES.filter((locale) => !known.includes(locale))).toEqual([]);
    const described = (thing: NonNullable<RegisteredCommand['options']>[number] | RegisteredCommand): void => {
      // A command of a message's menu has its name alone, which people read.
      if ('version' in thing && thing.type === 3) {
        expect(Object.keys(thing.name_localizations ?? {}).sort()).toEqual([...LOCALES].sort());
        return;
      }
      const texts = thing.description_localizations ?? {};
      expect(Object.keys(texts).sort(), thing.name).toEqual([...LOCALES].sort());
      const longest = Math.max(thing.description.length, ...Object.values(texts).map(({ length }) => length));
      expect(longest).toBeLessThanOrEqual(100);
      for (const option of thing.options ?? []) described(option);
      for (const choice of ('choices' in thing ? thing.choices : undefined) ?? []) {
        // What is a number in every language has no other names.
        if (/\p{L}/u.test(choice.name))
          expect(Object.keys(choice.name_localizations ?? {})).toHaveLength(LOCALES.length);
      }
    };
    expect(stage.discord.commands().length).toBeGreaterThan(5);
    for (const command of stage.discord.commands()) described(command);
  });

  test('a Spanish member of a Spanish server reads no English from the prompt to the pictures', async () => {
    const { runcomfy, discord } = stage;
    const { stranger } = discord.members;
    const { elsewhere } = discord.channels;
    const interaction = ask(stranger, { prompt: 'un faro al anochecer', seed: 7 });
    const { requestId } = await submitted(stage, 'un faro al anochecer');
    await shows(interaction, 'En la cola');
    runcomfy.start(requestId);
    await shows(interaction, 'Generando');
    runcomfy.finish(requestId);
    const finished = await gallery(interaction);
    expect(facts(finished).at(-1)).toMatch(/^\d+\ss$/u);
    expect(facts(finished)[0]).toBe('2 de 2');

    const edit = press(stage, stranger, finished, 'edit:');
    await edit.acknowledged();
    expect(JSON.stringify(edit.modal)).toContain('Cuántas imágenes (1 a 15)');
    // What is typed as it stands is the same in every language.
    const read = JSON.stringify(edit.modal).replace(/--\w+ \w+/g, '');
    expect(englishIn(read.replace(/"(?:custom_id|value|style|type)":[^,}]*/g, ''))).toEqual([]);
    expect((await privateAnswer(press(stage, stranger, finished, 'seed:'))).content).toContain('Semilla **7**');

    const refused = ask(stranger, { prompt: '5 imágenes de gatos', count: 3 });
    expect(await refusal(stage, refused)).toContain('El número de imágenes del prompt es 5');
    const cancelled = ask(stranger, { prompt: 'un barco que no zarpa' });
    await shows(cancelled, 'En la cola');
    press(stage, stranger, replyOf(cancelled), 'cancel:');
    await shows(cancelled, 'Cancelado');
    runcomfy.failNext({ call: 'submit', kind: 'http', status: 401 });
    await shows(ask(stranger, { prompt: 'un faro sin luz' }), 'Sin imágenes');
    expect(englishSeen(stranger, elsewhere)).toEqual([]);
  });

  test('nor from any other command, nor does an admin', async () => {
    const { stranger } = stage.discord.members;
    const { guilds, channels } = stage.discord;
    const { elsewhere } = channels;
    const admin = stage.discord.addMember(guilds.other, {
      name: 'Eva',
      locale: 'es-419',
      permissions: ['ManageGuild'],
    });
    for (const name of ['usage', 'history', 'help']) await use(stage, stranger, name, elsewhere);
    const privacy = await use(stage, stranger, 'privacy', elsewhere);
    await turn(stage, stranger, privacy, 'erase:');
    await turn(stage, stranger, privacy, 'erasekeep:');
    expect(words(privacy)).toContain('No se ha borrado nada');

    const usage = await use(stage, admin, 'usage', elsewhere);
    expect(words(usage)).toMatch(/USD\s0\.\d\d/u);
    expect(usage.attachments[0]?.description).toContain('Gráfico de barras');
    const set = { limit: 'userDailyImages', value: 9 };
    for (const [name, options] of [
      ['limits set', set],
      ['limits show', {}],
      ['limits reset', {}],
      ['limits set', { ...set, value: 1_000_000 }],
      ['words add', { word: 'zorblax' }],
      ['words list', {}],
    ] as const) {
      await privateAnswer(stage.discord.command({ member: admin, channel: elsewhere, name, options }));
    }
    expect(englishSeen(stranger, elsewhere)).toEqual([]);
    expect(englishSeen(admin, elsewhere)).toEqual([]);
  });

  test("what all see is in the server's language, what one person sees in theirs", async () => {
    const { anaElsewhere } = stage.discord.members;
    const shown = await shows(ask(anaElsewhere, { prompt: 'una barca' }), 'En la cola');
    expect(shown.visibleTo).toBeNull();
    const alone = await shows(ask(anaElsewhere, { prompt: 'otra barca', private: true }), 'In the queue');
    expect(alone.visibleTo).toBe(anaElsewhere.user);
    expect(await refusal(stage, ask(anaElsewhere, { prompt: '2 images and 5 images of boats' }))).toContain(
      'names more than one',
    );
  });

  test.each(LOCALES)('Discord takes the longest answers in %s', async (locale) => {
    const { ben } = stage.discord.members;
    stage.discord.setLocale(ben, locale);
    const t = translate(locale);
    expect(words(await use(stage, ben, 'help'))).toContain(t('help.title'));
    expect(words(await use(stage, ben, 'privacy'))).toContain(t('privacy.deleteText'));
    expect(words(await use(stage, ben, 'history'))).toContain(t('history.empty'));
    expect(words(await use(stage, ben, 'usage'))).toContain(t('usage.server'));
  });
});
