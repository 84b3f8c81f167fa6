/** Names in the environment that are nearly a setting's. Pure. */

/** A cap or a price that is off costs money: a name that begins like one and is none ends the start. */
const COSTS_MONEY = /^(LIMIT|PRICE|BALANCE)_/;

/** What npm itself tells its scripts: dozens of names. To compare each with all of ours would take 15 ms of a start. */
const NPMS = /^npm_/;

/** A setting's name may be written wrong by one character in so many, and by three at most. */
const CHARACTERS_A_SLIP = 5;
const SLIPS_MAX = 3;

/** Of a name that is not ours so much is shown (characters). */
const SHOWN_MAX = 60;

/** A name that is no setting's. */
export interface StrayName {
  /** As it may be shown. */
  name: string;
  /** The setting that is nearest to it. */
  nearest: string;
  /** Whether it ends the start. */
  endsStart: boolean;
}

/** The names among these that are no setting's, and were probably meant to be one. */
export function findStrayNames(names: readonly string[], settings: readonly string[]): StrayName[] {
  return names
    .filter((name) => !settings.includes(name) && !NPMS.test(name))
    .flatMap((name): StrayName[] => {
      const [beginning] = COSTS_MONEY.exec(name) ?? [''];
      const [{ setting: nearest, slips } = { setting: '', slips: Infinity }] = settings
        .filter((setting) => setting.startsWith(beginning))
        // Their lengths alone tell that most names in an environment are far from all of ours.
        .filter((setting) => beginning !== '' || Math.abs(setting.length - name.length) <= SLIPS_MAX)
        .map((setting) => ({ setting, slips: slipsBetween(name.toUpperCase(), setting) }))
        .sort((one, other) => one.slips - other.slips);
      const shown = name.replaceAll(/[^\x21-\x7e]+/g, '?').slice(0, SHOWN_MAX);
      if (beginning !== '') return [{ name: shown, nearest, endsStart: true }];
      if (slips <= Math.min(SLIPS_MAX, Math.floor(nearest.length / CHARACTERS_A_SLIP))) {
        return [{ name: shown, nearest, endsStart: false }];
      }
      const alike = settings.find((setting) => haveWordsInCommon(name.toUpperCase(), setting));
      return alike === undefined ? [] : [{ name: shown, nearest: alike, endsStart: false }];
    });
}

/** Whether two names begin with the same word, and one of them has all words of the other and one more. */
function haveWordsInCommon(one: string, other: string): boolean {
  const [shorter = [], longer = []] = [one.split('_'), other.split('_')].sort((a, b) => a.length - b.length);
  const oneMore = longer.length === shorter.length + 1 && shorter.length > 1;
  return oneMore && shorter[0] === longer[0] && shorter.every((word) => longer.includes(word));
}

/**
 * How many characters must be put in, taken out, changed, or swapped with their neighbour to make one text of another
 * (optimal string alignment).
 */
function slipsBetween(one: string, other: string): number {
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[line - 1] === other[column - 1];
      const swapped = one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1];
      next[column] = Math.min(
        (next[column - 1] ?? 0) + 1,
        (row[column] ?? 0) + 1,
        (row[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
