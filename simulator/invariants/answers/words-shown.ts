/** The list of words of a server as `/words list` shows it, and how many there are once it is changed. */
import { en } from '../../../src/languages/en.ts';
import type { Fault } from '../../plan.ts';
import type { InteractionTruth, Told, Truth } from '../../world/truth.ts';
import { plainly } from '../guilds/spelling.ts';
import type { Judge } from '../judge.ts';

/** What a fail-over may lose is younger (milliseconds). */
const SYNCED_WITHIN = 2000;

const ADDED = /^Added \*\*.+ That makes (\d+) of at most/;
const REMOVED = /^Removed \*\*.+ Words left: (\d+)\./;
const TITLE = /^Words not allowed in prompts \((\d+) of at most \d+\)/;

/** Answers by which nothing was changed. */
const UNCHANGED = [
  ...[en.guild.stranger, en.words.nothing],
  ...[en.words.known, en.words.unknown].map((sentence) => sentence.replace('**{{word}}**', '')),
];

/** A change as somebody asked for it, and what was answered to that. */
interface Change {
  word: string;
  at: number;
  /** When it was answered; `undefined`: nobody can say whether it was made. */
  doneAt: number | undefined;
  does: 'add' | 'remove' | 'nothing';
}

export function judgeWordsShown({
  truth,
  faults,
  begin,
  judge,
}: {
  truth: Truth;
  faults: readonly Fault[];
  /** Of the history, from which the plan's moments count (milliseconds since the epoch). */
  begin: number;
  judge: Judge;
}) {
  const losses = faults.flatMap((fault) => (fault.kind === 'fail_over' && fault.lost ? [begin + fault.at] : []));

  function changeOf({ id, at, options }: InteractionTruth): Change {
    const answers = truth.told.filter(({ interaction }) => interaction === id);
    const change = (does: Change['does'], is: (text: string) => boolean) => {
      const answer = answers.find(({ text }) => is(text));
      const isLost = losses.some((loss) => loss > at && loss - (answer?.at ?? at) < SYNCED_WITHIN);
      return answer === undefined || isLost ? [] : [{ word: String(options['word']), at, doneAt: answer.at, does }];
    };
    const [known] = [
      ...change('add', (text) => ADDED.test(text)),
      ...change('remove', (text) => REMOVED.test(text)),
      ...change('nothing', (text) => UNCHANGED.some((sentence) => text.includes(sentence))),
    ];
    return known ?? { word: String(options['word']), at, doneAt: undefined, does: 'nothing' };
  }

  /**
   * The words that are on the list of a server once something was answered, by how they read; `undefined` where something was being
   * changed meanwhile, or nobody can say whether it was.
   */
  function wordsAt({ guild, at, id }: InteractionTruth, until: number): ReadonlyMap<string, string> | undefined {
    const all = [...truth.interactions.values()].filter(
      (each) =>
        each.name === 'words' && each.guild === guild && each.options['subcommand'] !== 'list' && each.at <= until,
    );
    const changes = all.map((each) => ({ ...changeOf(each), isOwn: each.id === id }));
    const words = new Map<string, string>();
    let before = -Infinity;
    for (const { word, at: asked, doneAt, does, isOwn } of changes) {
      // Those that overlap may have been made in any order.
      if (doneAt === undefined || asked <= before || (!isOwn && doneAt >= at)) return undefined;
      before = doneAt;
      if (does === 'add') words.set(plainly(word), word);
      if (does === 'remove') words.delete(plainly(word));
    }
    return words;
  }

  return (told: Told): void => {
    const asked = truth.interactions.get(told.interaction ?? '');
    if (asked?.name !== 'words') return;
    const [, said] = ADDED.exec(told.text) ?? REMOVED.exec(told.text) ?? TITLE.exec(told.text) ?? [];
    const isEmpty = told.text.includes(en.words.empty);
    if (said === undefined && !isEmpty) return;
    const words = wordsAt(asked, told.at);
    if (words === undefined) return;
    const due = [...words.values()].toSorted((one, other) => one.localeCompare(other)).join(' · ');
    const isList = asked.options['subcommand'] === 'list';
    const listed = isEmpty ? '' : told.text.split('\n').slice(1).join('\n');
    if (Number(said ?? 0) === words.size && (!isList || listed === due)) return;
    judge.broken(
      'no sentence lies',
      `${told.messageId} words`,
      `Message ${told.messageId} says "${told.text.replaceAll('\n', ' / ')}", and ${words.size} words are on the list: ${due || 'none'}.`,
    );
  };
}
