/** What is printed of histories: a summary, and of one that failed a story that can be read without the code. */
import type { Failure, Campaign } from './campaign.ts';
import { shown, type DiaryLine } from './kernel/diary.ts';
import { planText } from './plan-text.ts';

/** The last lines of a diary that are printed of a failure. */
const LINES = 40;

export function diaryText(lines: readonly DiaryLine[]): string {
  return lines.map(shown).join('\n');
}

/** A history that failed: its seed, what was broken, how it came to that, and how to see it again. */
export function failureText({ seed, plan, violations, lines, smaller, command, seeds }: Failure): string {
  const [first] = violations;
  const others = violations.slice(1).map(({ invariant, message }) => `  also broken, "${invariant}": ${message}`);
  const also = seeds.length > 1 ? [`Broken in ${seeds.length} histories: seeds ${seeds.slice(0, 10).join(', ')}.`] : [];
  return [
    `Seed ${seed} breaks "${first?.invariant ?? ''}".`,
    ...also,
    `  ${first?.message ?? ''}`,
    ...others,
    '',
    'How it came to that:',
    diaryText(lines.slice(-LINES)),
    '',
    `Of ${plan.acts.length} acts and ${plan.faults.length} faults these are enough:`,
    planText(smaller),
    '',
    `To see it again, line by line:\n  ${command} --trace`,
  ].join('\n');
}

/** Every number of a run, in a few lines. */
export function summaryText({ histories, failed, totals, seconds, memory }: Campaign): string {
  const { events, jobs, requests, pictures, kills } = totals;
  const each = histories === 0 ? 0 : (1000 * seconds) / histories;
  return [
    `${histories} histories, ${jobs} jobs, ${requests} requests, ${pictures} pictures, ${kills} kills, ${events} events`,
    `${failed} broken; ${seconds.toFixed(1)} s of processor (${each.toFixed(0)} ms a history), ${memory.toFixed(0)} MiB at most`,
  ].join('\n');
}
