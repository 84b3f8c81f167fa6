/** `/limits show` beside what is used: how many pictures a job may be for, and what was changed last. */
import { en } from '../../../src/languages/en.ts';
import type { Told, Truth } from '../../world/truth.ts';
import type { Allowed } from '../guilds/set-limits.ts';
import type { Judge } from '../judge.ts';

/** What is told of a change: what it was before, and what it is now. */
const CHANGED = /: was \*\*(.+?)\*\*, is \*\*(.+?)\*\*/g;

/** The same on the list of the last changes. */
const LISTED = /<@\d+> · .+: (.+) → (.+)$/;

/** Answers by which nobody can say whether something was changed. */
const UNSURE = [en.guild.store, en.refusal.unexpected, en.refusal.stopping];

export function judgeLimitsPage({ truth, allowedTo, judge }: { truth: Truth; allowedTo: Allowed; judge: Judge }) {
  function wrong({ messageId, text }: Told, what: string, why: string): void {
    judge.broken(
      'no sentence lies',
      `${messageId} ${what}`,
      `Message ${messageId} says "${text.replaceAll('\n', ' / ').slice(0, 600)}", but ${why}.`,
    );
  }

  /** What was changed in a server by a moment, as its admins were told; `undefined` where some of it was told to nobody. */
  function changesOf(guild: string, until: number): ReadonlySet<string> | undefined {
    const asked = [...truth.interactions.values()].filter(
      (each) =>
        each.name === 'limits' && each.guild === guild && each.options['subcommand'] !== 'show' && each.at < until,
    );
    const answers = asked.map(({ id }) => truth.told.filter(({ interaction }) => interaction === id));
    const isClear = answers.every((own) => own.some(({ text }) => !UNSURE.some((sentence) => text.includes(sentence))));
    if (!isClear) return undefined;
    const texts = answers.flat().map(({ text }) => text);
    return new Set(
      texts.flatMap((text) => [...text.matchAll(CHANGED)].map(([, was, is]) => `${was ?? ''} → ${is ?? ''}`)),
    );
  }

  return (told: Told): void => {
    const asked = truth.interactions.get(told.interaction ?? '');
    if (asked?.name !== 'limits' || !told.text.startsWith(en.limits.title)) return;
    const lines = told.text.split('\n');
    const next = lines[lines.indexOf(en.command.limits.imagesPerJob) + 1] ?? '';
    const said = /^\*\*(\d+)\*\* ·/.exec(next)?.[1];
    const { guild, member, at } = asked;
    const may = allowedTo('imagesPerJob', { guild, member, at, until: told.at, withRoles: false });
    if (said !== undefined && may !== undefined && Number(said) !== may)
      wrong(told, 'per job', `a job may be for ${may}`);
    const listed = lines.slice(lines.lastIndexOf(en.limits.changes) + 1).flatMap((line) => {
      const [, was, is] = LISTED.exec(line) ?? [];
      return was === undefined || is === undefined ? [] : [`${was} → ${is}`];
    });
    if (listed.length === 0) return;
    const changes = changesOf(guild, told.at);
    const strange = listed.find((change) => changes?.has(change) === false);
    if (strange !== undefined) wrong(told, 'changes', `nobody was told of "${strange}"`);
  };
}
