/** What can happen to a bot in production, each at the press of a button: the control panel's state and its commands. */
import { z } from 'zod';
import { AUTO_MOD, FAILURES, faultsFor, type Failure } from './job-failures.ts';
import { modelControlSchemas, setModels } from './model-controls.ts';
import type { Behaviour, PlannedFault } from '../../runcomfy/stand-in.ts';
import type { Playground } from '../playground.ts';

const controlSchema = z.discriminatedUnion('control', [
  z.strictObject({ control: z.literal('speed'), value: z.number().min(0.1).max(1000) }),
  z.strictObject({ control: z.literal('queue'), value: z.int().min(0).max(50) }),
  z.strictObject({ control: z.literal('held'), value: z.boolean() }),
  z.strictObject({
    control: z.literal('failNext'),
    value: z.enum(Object.keys(FAILURES) as [Failure, ...Failure[]]).nullable(),
  }),
  z.strictObject({ control: z.literal('runcomfy'), value: z.enum(['up', 'down', 'slow', 'limited']) }),
  z.strictObject({ control: z.literal('gateway'), value: z.enum(['drop', 'reconnect', 'invalidate']) }),
  z.strictObject({ control: z.literal('tokens'), value: z.literal('expire') }),
  z.strictObject({ control: z.literal('addresses'), value: z.literal('expire') }),
  z.strictObject({ control: z.literal('files'), value: z.boolean() }),
  z.strictObject({ control: z.literal('bot'), value: z.enum(['kill', 'stop', 'start']) }),
  ...modelControlSchemas,
]);
type Control = z.infer<typeof controlSchema>;

/** What the control panel shows. */
interface ControlsView {
  speed: number;
  /** Jobs of others before a new one. */
  queue: number;
  held: boolean;
  /** What goes wrong with the next job, until it has. */
  failNext: Failure | null;
  failures: Record<string, string>;
  runcomfy: 'up' | 'down' | 'slow' | 'limited';
  /** Ids of the models that RunComfy offers, and how its catalogue answers. */
  models: readonly string[];
  catalogue: Behaviour['catalogue'];
  /** Whether the bot may attach files. */
  files: boolean;
  bot: 'online' | 'starting' | 'offline';
}

export interface Controls {
  view(): ControlsView;
  /** Does what a request's body asks for; returns the sentence that says so. @throws Error when it is no control. */
  set(body: unknown): Promise<string>;
}

/** A slow RunComfy's answers (milliseconds). */
const SLOW_MS = 4000;

/**
 * Builds the controls.
 *
 * @param changed - told whenever the view has changed
 */
export function createControls({ playground, changed }: { playground: Playground; changed: () => void }): Controls {
  const { discord, runcomfy, customers, bot } = playground;
  let pending: { failure: Failure; faults: PlannedFault[] } | undefined;
  let files = true;
  let registered = true;

  bot.on(({ running }) => {
    registered = false;
    if (!running) changed();
  });
  discord.on((event) => {
    if (event.type === 'response' && event.code === AUTO_MOD.code && pending?.failure === 'autoMod') {
      pending = undefined;
      changed();
    }
    if (event.type !== 'gateway') return;
    registered = event.change === 'identify' || event.change === 'resume' || (registered && event.change !== 'close');
    changed();
  });
  runcomfy.on((event) => {
    const isOwn = event.type === 'job' && !customers.owns(event.requestId);
    if (pending?.failure === 'fewer' && isOwn && event.state === 'succeeded') {
      pending = undefined;
      void runcomfy.setBehaviour({ withheld: 0 }).then(changed);
    } else if (event.type === 'response' || event.type === 'asset') {
      if (pending && pending.faults.length > 0 && pending.faults.every(({ applied }) => applied > 0)) {
        pending = undefined;
        changed();
      }
    }
  });

  async function failNext(failure: Failure | null): Promise<string> {
    for (const fault of pending?.faults ?? []) fault.clear();
    discord.clearFaults();
    if (failure === 'autoMod') discord.failNext(AUTO_MOD);
    pending =
      failure === null ? undefined : { failure, faults: faultsFor(failure).map((order) => runcomfy.failNext(order)) };
    await runcomfy.setBehaviour({ withheld: failure === 'fewer' ? 1 : 0 });
    return failure === null ? 'The next job goes well.' : `For the next job: “${FAILURES[failure]}”.`;
  }

  async function setRunComfy(value: ControlsView['runcomfy']): Promise<string> {
    const behaviour = {
      down: value === 'down',
      slowMs: value === 'slow' ? SLOW_MS : 0,
      rateLimited: value === 'limited',
    };
    await runcomfy.setBehaviour(behaviour);
    const says = {
      up: 'RunComfy answers as ever.',
      down: 'RunComfy refuses connections.',
      slow: `RunComfy takes ${SLOW_MS / 1000} s to answer.`,
      limited: 'RunComfy answers every call with 429.',
    };
    return says[value];
  }

  function setGateway(value: 'drop' | 'reconnect' | 'invalidate'): string {
    switch (value) {
      case 'drop':
        discord.dropGateway();
        return 'Discord dropped the gateway connection.';
      case 'reconnect':
        discord.reconnectGateway();
        return 'Discord asked the bot to reconnect.';
      case 'invalidate':
        discord.invalidateSession(false);
        return 'Discord declared the session invalid.';
    }
  }

  async function setBot(value: 'kill' | 'stop' | 'start'): Promise<string> {
    switch (value) {
      case 'kill':
        await bot.kill();
        return 'The bot was killed (kill -9).';
      case 'stop':
        await bot.stop();
        return 'The bot was stopped (SIGTERM).';
      case 'start':
        bot.start();
        return 'The bot was started.';
    }
  }

  async function set(control: Control): Promise<string> {
    switch (control.control) {
      case 'speed':
        await runcomfy.setBehaviour({ speed: control.value });
        return `The model is ${control.value} times as fast as the real one.`;
      case 'queue':
        customers.keepAhead(control.value);
        return `${control.value} jobs of others stand before a new one.`;
      case 'held':
        await runcomfy.setBehaviour({ held: control.value });
        return control.value ? 'No queued job starts.' : 'Queued jobs start again.';
      case 'failNext':
        return failNext(control.value);
      case 'runcomfy':
        return setRunComfy(control.value);
      case 'gateway':
        return setGateway(control.value);
      case 'tokens':
        discord.expireTokens();
        return 'Every interaction’s token is dead, as after 15 minutes.';
      case 'addresses':
        discord.expireAddresses();
        return 'Every address of a picture that Discord gave so far is dead, as after a day.';
      case 'files': {
        files = control.value;
        const permissions = files ? { allow: ['AttachFiles'] as const } : { deny: ['AttachFiles'] as const };
        for (const channel of Object.values(discord.channels)) discord.setBotPermissions(channel, permissions);
        return files ? 'The bot may attach files.' : 'The bot may not attach files any more.';
      }
      case 'bot':
        return setBot(control.value);
      case 'catalogue':
      case 'model':
        return setModels(runcomfy, control);
    }
  }

  return {
    view() {
      const { speed, held, down, slowMs, rateLimited, catalogue } = runcomfy.behaviour;
      return {
        speed,
        queue: customers.ahead,
        held,
        failNext: pending?.failure ?? null,
        failures: FAILURES,
        runcomfy: down ? 'down' : rateLimited ? 'limited' : slowMs > 0 ? 'slow' : 'up',
        models: runcomfy.models,
        catalogue,
        files,
        bot: !bot.running ? 'offline' : registered ? 'online' : 'starting',
      };
    },
    async set(body) {
      const said = await set(controlSchema.parse(body));
      changed();
      return said;
    },
  };
}
