/** A plan in words: who does what when, and what goes wrong. */
import { describe } from './act-text.ts';
import { shown } from './kernel/diary.ts';
import type { Act, Fault, Plan } from './plan.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const moment = (at: number): string => shown({ at, who: '', what: '' }).trim();

function actText(act: Act): string {
  const { who, does } = describe(act);
  return `${who} ${does}`;
}

function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'trouble':
      return `${fault.with}: ${fault.trouble}, until ${moment(fault.until)}, for ${Math.round(100 * fault.probability)} % of calls`;
    case 'kill_at_call':
      return `bot ${fault.process} is killed ${fault.side} its call ${fault.call} from then on, away for ${seconds(fault.down)}`;
    case 'freeze':
      return `bot ${fault.process} stands still for ${seconds(fault.for)}${fault.call === undefined ? '' : `, ${fault.side ?? 'before'} its call ${fault.call} from then on`}`;
    case 'clock_jump':
      return `the clock of bot ${fault.process} jumps by ${seconds(fault.by)}`;
    case 'cut_off':
      return `bot ${fault.process} is cut off from the store ${fault.call === undefined ? '' : `at its call ${fault.call} from then on, `}until ${moment(fault.until)}`;
    case 'fail_over':
      return `the store fails over${fault.lost ? ' and loses what it had not synced' : ''}`;
    case 'addresses':
      return `the addresses of files hold for ${seconds(fault.life)}`;
    case 'request':
      return `RunComfy, request ${fault.number} of "${fault.marker}": ${fault.fate}`;
  }
}

function beginOf(fault: Fault): number | undefined {
  if ('at' in fault) return fault.at;
  return 'from' in fault ? fault.from : undefined;
}

const line = (id: string, at: number | undefined, text: string): string =>
  `  ${id.padEnd(6)} ${(at === undefined ? '' : moment(at)).padEnd(12)}  ${text}`;

/** The acts and faults of a plan, one a line. */
export function planText({ acts, faults }: Plan): string {
  const lines = [
    ...acts.map((act) => line(act.id, act.at, actText(act))),
    ...faults.map((fault) => line(fault.id, beginOf(fault), faultText(fault))),
  ];
  return lines.length === 0 ? '  nothing: nobody acts, nothing goes wrong' : lines.join('\n');
}
