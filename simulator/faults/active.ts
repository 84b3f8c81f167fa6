/** Which faults of a plan bear on something now. */
import type { Diary } from '../kernel/diary.ts';
import type { Random } from '../kernel/random.ts';
import { BEGIN, type VirtualTime } from '../kernel/virtual-time.ts';
import type { Fault, Plan } from '../plan.ts';
import type { ActiveFaults } from '../world/world.ts';

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;
type Trouble = Of<'trouble'>;

/** Writes into the diary when a fault that lasts begins and ends. */
function announce({ faults }: Plan, { time, diary }: { time: VirtualTime; diary: Diary }): void {
  for (const fault of faults) {
    if (fault.kind !== 'trouble' && fault.kind !== 'cut_off') continue;
    const what =
      fault.kind === 'cut_off'
        ? `bot ${fault.process} is cut off from the store${fault.call === undefined ? '' : ` at its call ${fault.call}`}`
        : `${fault.with} ${fault.trouble.replaceAll('_', ' ')} (${Math.round(100 * fault.probability)} % of calls)`;
    time.after(fault.from, () => {
      diary.write(fault.id, `begins: ${what}`);
    });
    time.after(fault.until, () => {
      diary.write(fault.id, `ends: ${what}`);
    });
  }
}

export function createFaults({
  plan,
  time,
  random,
  diary,
}: {
  plan: Plan;
  time: VirtualTime;
  random: Random;
  diary: Diary;
}): ActiveFaults {
  const troubles: Partial<Record<Trouble['with'], Trouble[]>> = Object.groupBy(
    plan.faults.filter((fault) => fault.kind === 'trouble'),
    (trouble) => trouble.with,
  );
  const cuts = plan.faults.filter((fault) => fault.kind === 'cut_off');
  const fates = new Map(
    plan.faults
      .filter((fault) => fault.kind === 'request')
      .map(({ marker, number, fate }) => [`${marker} ${number}`, fate]),
  );
  /** How often a call of each name was made: its number is the same whichever faults there are. */
  const made = new Map<string, number>();
  const isNow = ({ from, until }: { from: number; until: number }) => {
    const now = time.now() - BEGIN;
    return now >= from && now < until;
  };
  announce(plan, { time, diary });

  return {
    trouble(of, call) {
      const candidates = troubles[of];
      if (candidates === undefined) return undefined;
      const key = `${of} ${call}`;
      const number = (made.get(key) ?? 0) + 1;
      made.set(key, number);
      return candidates.find((fault) => isNow(fault) && random.of(fault.id, key, number).chance(fault.probability))
        ?.trouble;
    },
    cutOff: ({ name }) => cuts.some((cut) => `bot ${cut.process}` === name && isNow(cut)),
    fate: (marker, number) => fates.get(`${marker} ${number}`),
  };
}
