/** Every process of the bot in a history, what the operator does with them, and the faults that bear on a process as a whole. */
import type { Config } from '../../src/config.ts';
import type { Diary } from '../kernel/diary.ts';
import type { Wait } from '../kernel/process.ts';
import type { Random } from '../kernel/random.ts';
import type { VirtualTime } from '../kernel/virtual-time.ts';
import type { Act, Fault, Plan } from '../plan.ts';
import type { Life } from '../world/life.ts';
import type { Worlds } from './incarnation.ts';
import { createAtCalls } from './at-calls.ts';
import { createMachine, type Machine } from './machine.ts';

/** Between two processes of an upgrade (milliseconds): the next one is stopped when the one before has had time to begin. */
const ROLLING = 15_000;

export interface Fleet {
  /** Starts every process. */
  start(): void;
  operator(act: Extract<Act, { kind: 'operator' }>): void;
  /** Makes a fault act whose moment has come. */
  fault(fault: Extract<Fault, { kind: 'freeze' | 'clock_jump' }>): void;
  lives: readonly Life[];
  /** How often a process was killed. */
  kills(): number;
}

export function createFleet({
  plan,
  ...options
}: {
  plan: Plan;
  time: VirtualTime;
  random: Random;
  diary: Diary;
  config: Config;
  worlds: Worlds;
  onThrown: (error: unknown) => void;
}): Fleet {
  const { time, random, diary } = options;
  const lives: Life[] = [];
  let kills = 0;
  const atCalls = createAtCalls(plan.faults, time);
  const machines: Machine[] = Array.from({ length: plan.processes }, (_, index) => {
    const number = index + 1;
    const onWait = ({ number: call, name, side, process }: Wait) => {
      const fault = atCalls(number, { incarnation: process.incarnation, call, side });
      if (fault === undefined) return;
      const does = fault.kind === 'freeze' ? 'stops' : 'kills';
      diary.write(
        fault.id,
        `${does} bot ${number} ${side === 'before' ? 'right before' : 'before it hears of'} ${name}`,
      );
      if (fault.kind === 'freeze') machine(number)?.freeze(fault.for);
      else kill(number, fault.down);
    };
    const name = `bot ${number}`;
    return createMachine({ ...options, name, random: random.of('bot', number), lives, onWait });
  });

  /** Numbers go round: a plan for three processes goes with fewer, too. */
  const machine = (number: number): Machine | undefined => machines[(number - 1) % machines.length];

  function kill(number: number, down: number): void {
    kills += 1;
    machine(number)?.kill(down);
  }

  return {
    lives,
    kills: () => kills,
    start() {
      for (const each of machines) each.start();
    },
    operator({ does, process, down }) {
      switch (does) {
        case 'kill':
          diary.write('operator', `kills bot ${process}`);
          kill(process, down);
          return;
        case 'stop':
        case 'restart':
          machine(process)?.stop(down);
          return;
        case 'upgrade':
          for (const [index, each] of machines.entries()) {
            time.after(index * (ROLLING + down), () => {
              each.stop(down);
            });
          }
      }
    },
    fault(fault) {
      const struck = machine(fault.process);
      if (fault.kind === 'freeze') struck?.freeze(fault.for);
      else struck?.jump(fault.by);
    },
  };
}
