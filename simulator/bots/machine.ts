/** Where one process of the bot runs: it is started, stopped, killed and started again, and keeps its name and its clock. */
import type { Config } from '../../src/config.ts';
import type { Diary } from '../kernel/diary.ts';
import { createProcess, type SimulatedProcess, type Wait } from '../kernel/process.ts';
import type { Random } from '../kernel/random.ts';
import type { VirtualTime } from '../kernel/virtual-time.ts';
import type { Life } from '../world/life.ts';
import { startIncarnation, type Incarnation, type Worlds } from './incarnation.ts';

/** After a stop was asked for, whoever asked kills after this long (milliseconds): what container runtimes give. */
const KILLED_AFTER = 10_000;

/** Until a process that ended by itself is started again (milliseconds), as `restart: always` does. */
const STARTED_AGAIN = 5000;

export interface Machine {
  readonly name: string;
  start(): void;
  /** SIGTERM, and a start `down` milliseconds after it has ended. */
  stop(down: number): void;
  /** `kill -9`, and a start `down` milliseconds later. */
  kill(down: number): void;
  freeze(ms: number): void;
  /** Sets its clock ahead or back. */
  jump(ms: number): void;
}

export interface MachineOptions {
  name: string;
  time: VirtualTime;
  random: Random;
  diary: Diary;
  config: Config;
  worlds: Worlds;
  /** Each start of it is noted there. */
  lives: Life[];
  /** Told before each call leaves and before its answer is taken. */
  onWait: (wait: Wait) => void;
  /** Told what an event threw that nobody caught. */
  onThrown: (error: unknown) => void;
}

/** What runs on the machine now. */
interface Running {
  process: SimulatedProcess;
  incarnation: Incarnation;
  life: Life;
  stopping: boolean;
}

export function createMachine(options: MachineOptions): Machine {
  const { name, time, random, diary, config, worlds, lives, onWait, onThrown } = options;
  let clockOffset = 0;
  let starts = 0;
  let running: Running | undefined;
  /** After its end it stays away for so long (milliseconds). */
  let down = STARTED_AGAIN;

  function start(): void {
    if (running !== undefined) return;
    starts += 1;
    const incarnation = starts;
    const process = createProcess({ name, incarnation, time, clockOffset, onWait, onThrown });
    const life: Life = {
      process: name,
      incarnation,
      startedAt: time.now(),
      stoppedAt: undefined,
      endedAt: undefined,
      frozen: [],
    };
    lives.push(life);
    diary.write(name, incarnation === 1 ? 'starts' : `starts again (${incarnation})`);
    const ended = () => {
      if (running?.process !== process) return;
      diary.write(name, 'has ended');
      life.byItself = true;
      end(running);
    };
    down = STARTED_AGAIN;
    const started = startIncarnation({ process, config, worlds, random: random.of(incarnation), diary, ended });
    running = { process, incarnation: started, life, stopping: false };
  }

  /** Nothing of it acts from now on; it is started again when its time away is over. */
  function end({ process, life }: Running): void {
    process.kill();
    worlds.store.killed(process);
    life.endedAt = time.now();
    running = undefined;
    time.after(down, start);
  }

  return {
    name,
    start,
    stop(ms) {
      if (running === undefined || running.stopping) return;
      diary.write('operator', `stops ${name}`);
      const stopped = running;
      stopped.stopping = true;
      stopped.life.stoppedAt = time.now();
      down = ms;
      stopped.process.run(() => void stopped.incarnation.stop());
      time.after(KILLED_AFTER, () => {
        if (running !== stopped) return;
        diary.write('operator', `kills ${name}: it has not ended within ${KILLED_AFTER / 1000} s`);
        end(stopped);
      });
    },
    kill(ms) {
      if (running === undefined) return;
      down = ms;
      end(running);
    },
    freeze(ms) {
      if (running === undefined || running.process.frozen) return;
      const { process, life } = running;
      const span: Life['frozen'][number] = { from: time.now(), until: undefined };
      life.frozen.push(span);
      diary.write(name, `stands still for ${ms} ms`);
      process.freeze();
      time.after(ms, () => {
        span.until = time.now();
        if (process.alive) diary.write(name, 'goes on');
        process.thaw();
      });
    },
    jump(ms) {
      clockOffset += ms;
      running?.process.jump(ms);
      diary.write(name, `its clock jumps by ${ms} ms`);
    },
  };
}
