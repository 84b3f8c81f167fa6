/** The world around the bot, put together: who answers its calls, and what is true there. */
import type { REST } from 'discord.js';
import type { Ports } from '../../src/bot/ports.ts';
import type { Diary } from '../kernel/diary.ts';
import type { SimulatedProcess } from '../kernel/process.ts';
import type { Random } from '../kernel/random.ts';
import type { VirtualTime } from '../kernel/virtual-time.ts';
import type { Act, Plan } from '../plan.ts';
import type {
  CallTruth,
  FailedCall,
  InteractionTruth,
  MessageTruth,
  RequestTruth,
  ReservationTruth,
  Told,
  Truth,
} from './truth.ts';

/** What every part of the world is built on. */
export interface Ground {
  time: VirtualTime;
  random: Random;
  diary: Diary;
  plan: Plan;
  faults: ActiveFaults;
}

/** Which faults of the plan bear on something now. */
export interface ActiveFaults {
  /**
   * The trouble that this call meets, if any: drawn by the fault's probability and the call's own name and number, so that
   * a fault taken out of the plan leaves the others as they were.
   */
  trouble(of: 'discord' | 'runcomfy' | 'store' | 'assets' | 'gateway', call: string): string | undefined;
  /** Whether a process is cut off from the store now. */
  cutOff(process: SimulatedProcess): boolean;
  /** What becomes of a request, by the word of its prompt and its number, from 1, among those with that word. */
  fate(marker: string, number: number): string | undefined;
}

/** Where the files of Discord are served. */
export interface FileHost {
  /** Which picture an address leads to, whether it holds or not; `undefined` where it is none of Discord's. */
  pictureAt(address: string): string | undefined;
  /** Until when something is served at this very address (milliseconds since the epoch); `-Infinity`: nothing ever is. */
  heldUntil(address: string): number;
}

/** Discord. */
export interface DiscordWorld {
  /** REST as `createBot` takes it, for one process. */
  connect(process: SimulatedProcess): { acknowledgements: REST; rest: REST; botRest: REST };
  /** The gateway of one process: a client of discord.js that nobody logs in, which is given packets. */
  login(process: SimulatedProcess): Ports['client'];
  /** Does what a person does in Discord's client or settings. */
  act(act: Act): void;
  files: FileHost;
  interactions: Map<string, InteractionTruth>;
  messages: Map<string, MessageTruth>;
  told: Told[];
  failures: readonly FailedCall[];
}

/** RunComfy and its asset host. */
export interface RunComfyWorld {
  connect(process: SimulatedProcess): Pick<Ports, 'runComfyHttp' | 'downloads'>;
  requests: RequestTruth[];
  calls: readonly CallTruth[];
  balances: Truth['balances'];
}

/** What the bot's records stand on; it outlives every process. */
export interface StoreWorld {
  /** The storage of one process, as `openStorage` would give it; rejects as that does while it is away. */
  connect(process: SimulatedProcess, options: { retention: number; log: Ports['log'] }): Promise<Ports['storage']>;
  /** What a kill leaves of a process's writes that were under way. */
  killed(process: SimulatedProcess): void;
  reservations(): readonly ReservationTruth[];
  jobs(): ReturnType<Truth['jobs']>;
  /** Records and reservations there are, for what must not grow without bound. */
  size(): number;
}
