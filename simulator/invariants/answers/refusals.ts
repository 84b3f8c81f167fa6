/** Refusals for what an admin has barred or taken away: said where it is so, and nothing is begun there. */
import { en } from '../../../src/languages/en.ts';
import type { Act } from '../../plan.ts';
import { idOf } from '../../world/discord/discord.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import { plainly } from '../guilds/spelling.ts';
import type { Judge } from '../judge.ts';
import { isSuggested } from '../reasons/typed.ts';

/** What is told once a word is on the list no more, and what it begins with. */
const REMOVED = /^Removed \*\*/;

/** What the bot needs of a channel, beside leave to write there. */
const NEEDED = ['ViewChannel', 'EmbedLinks', 'AttachFiles'];

/** What a prompt is refused for that holds a word, and what names the permissions that are lacking. */
const BARRED = en.words.refused;
const LACKING = new RegExp(
  `^${en.refusal.permissions.replace('{{permissions}}', '(.*?)').replaceAll('.', '\\.')}`,
  'm',
);

type PermissionName = keyof typeof en.permission;

/** @param begin - of the history, from which the plan's moments count (milliseconds since the epoch). */
export function judgeRefusedThere({
  truth,
  acts,
  begin,
  judge,
}: {
  truth: Truth;
  acts: readonly Act[];
  begin: number;
  judge: Judge;
}) {
  const changes = acts.flatMap((act) => (act.kind === 'permissions' ? [act] : []));
  const names = new Map(acts.flatMap((act) => ('channel' in act ? [[idOf(act.channel), act.channel] as const] : [])));

  /** What the bot lacks where somebody used it, as Discord told it with the interaction; `undefined` where that changed just then. */
  function lackingAt({ channel, at }: InteractionTruth): readonly string[] | undefined {
    const own = changes.filter((act) => idOf(act.channel) === channel);
    if (own.some((act) => Math.abs(begin + act.at - at) < 1)) return undefined;
    const lacking = own.filter((act) => begin + act.at < at).at(-1)?.lacking ?? [];
    const write = names.get(channel)?.startsWith('thread') ? 'SendMessagesInThreads' : 'SendMessages';
    const needed = [...NEEDED, write];
    return lacking.includes('ViewChannel') ? needed : needed.filter((name) => lacking.includes(name));
  }

  function wrong({ messageId, text }: Told, what: string, why: string): void {
    judge.broken(
      'no sentence lies',
      `${messageId} ${what}`,
      `Message ${messageId} says "${text.replaceAll('\n', ' / ').slice(0, 300)}", but ${why}.`,
    );
  }

  /** A prompt is refused for a word that was on the server's list when it was asked. */
  function judgeBarred(told: Told, { guild, at, options }: InteractionTruth): void {
    const { prompt } = options;
    if (typeof prompt !== 'string' || isSuggested(prompt)) return;
    const all = [...truth.interactions.values()].filter((each) => each.name === 'words' && each.guild === guild);
    const isRemoved = (word: unknown, since: number) =>
      all.some(
        (each) =>
          each.options['subcommand'] === 'remove' &&
          plainly(String(each.options['word'])) === plainly(String(word)) &&
          each.at > since &&
          truth.told.some(
            ({ interaction, text, at: toldAt }) => interaction === each.id && toldAt < at && REMOVED.test(text),
          ),
      );
    const barred = all.some(
      (each) =>
        each.options['subcommand'] === 'add' &&
        each.at < told.at &&
        plainly(prompt).includes(plainly(String(each.options['word']))) &&
        !isRemoved(each.options['word'], each.at),
    );
    if (!barred) wrong(told, 'barred', 'no word in it was on the list of that server');
  }

  function judgeLacking(told: Told, asked: InteractionTruth, said: string): void {
    const lacking = lackingAt(asked);
    if (lacking === undefined) return;
    const wanted = lacking.map((name) => en.permission[name as PermissionName]).toSorted();
    const named = [...said.matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name).toSorted();
    if (String(wanted) !== String(named)) wrong(told, 'permissions', `it lacks ${wanted.join(', ') || 'nothing'}`);
  }

  return {
    now(told: Told) {
      const asked = truth.interactions.get(told.interaction ?? '');
      if (asked === undefined) return;
      if (told.text.includes(BARRED)) judgeBarred(told, asked);
      const said = LACKING.exec(told.text)?.[1];
      if (said !== undefined) judgeLacking(told, asked, said);
    },

    /** Nothing is begun where the bot could not show it. */
    atEnd() {
      for (const { jobId } of truth.reservations()) {
        const asked = truth.interactions.get(jobId);
        const lacking = asked && lackingAt(asked);
        if (lacking === undefined || lacking.length === 0) continue;
        judge.broken(
          'nothing is begun where it cannot be shown',
          jobId,
          `Job ${jobId} was begun in a channel where the bot lacks ${lacking.join(', ')}.`,
        );
      }
    },
  };
}
