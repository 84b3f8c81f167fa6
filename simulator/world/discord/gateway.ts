/** The gateway: which process holds which guild, and how interactions reach it. */
import { Client, ClientApplication, ClientUser, Events, Options, type Interaction as Received } from 'discord.js';
import type { SimulatedProcess } from '../../kernel/process.ts';
import type { Ground } from '../world.ts';
import { APPLICATION_ID, BOT } from './api-users.ts';
import type { Interaction } from './records.ts';

/** Until an interaction is at its process, at the median (milliseconds), and how that spreads. */
const LATENCY = 60;
const SPREAD = 0.6;

/** Until a process that logs in is ready (milliseconds). */
const READY_AFTER = { least: 300, most: 1500 };

/** How much later something comes that is late, and that comes again (milliseconds). */
const LATE = { least: 500, most: 9000 };
const AGAIN = { least: 200, most: 20_000 };

interface Session {
  process: SimulatedProcess;
  client: Client;
  ready: boolean;
}

export interface Gateway {
  login(process: SimulatedProcess): Client;
  /** Brings an interaction's packet to the process that holds its guild, if it is there by then. */
  deliver(
    interaction: Interaction,
    packet: object,
    options?: { late?: number | undefined; times?: number | undefined },
  ): void;
}

/** Gives a client what READY tells it. */
function becomeReady(client: Client): void {
  const build = (kind: unknown, data: object): unknown => Reflect.construct(kind as new () => unknown, [client, data]);
  client.user = build(ClientUser, BOT) as ClientUser;
  client.application = build(ClientApplication, { id: APPLICATION_ID }) as ClientApplication;
  client.emit(Events.ClientReady, client as Client<true>);
}

/** Hands a packet to discord.js as its connection does. */
function receive(client: Client, d: object): void {
  client.emit(Events.Raw as never, { t: 'INTERACTION_CREATE', d } as never, 0 as never);
  const { actions } = client as unknown as { actions: { InteractionCreate: { handle: (data: object) => Received } } };
  actions.InteractionCreate.handle(d);
}

/** The number of a process from 0: `bot 1` is the first. */
const shardOf = ({ name }: SimulatedProcess): number => Number(/\d+$/.exec(name)?.[0] ?? 1) - 1;

export function createGateway({ time, random, diary, faults, plan }: Ground): Gateway {
  const sessions = new Map<number, Session>();

  function bring(interaction: Interaction, packet: object): void {
    const { truth, channel } = interaction;
    const shard = Number((BigInt(channel.guild ?? 0) >> 22n) % BigInt(plan.processes));
    const session = sessions.get(shard);
    if (session === undefined || !session.ready || !session.process.alive) {
      diary.write('discord', `${truth.act} reaches nobody: bot ${shard + 1} is not there`);
      return;
    }
    session.process.run(() => {
      truth.receivedAt ??= time.now();
      receive(session.client, packet);
    });
  }

  return {
    login(process) {
      const client = new Client({
        intents: [],
        makeCache: Options.cacheWithLimits({ UserManager: 0, MessageManager: 0, GuildMemberManager: 0 }),
        // Any count but 1: with that, discord.js reads the environment by itself.
        shards: [0],
        shardCount: 2,
        rest: { hashSweepInterval: 0, handlerSweepInterval: 0 },
        // Those of discord.js run on real time, and would keep the client for ever.
        sweepers: { threads: { interval: 0, lifetime: 1 } },
      });
      const session: Session = { process, client, ready: false };
      const drawn = random.of('gateway', 'ready', process.name, process.incarnation);
      time.after(drawn.integer(READY_AFTER.least, READY_AFTER.most), () => {
        process.run(() => {
          session.ready = true;
          sessions.set(shardOf(process), session);
          becomeReady(client);
        });
      });
      return client;
    },

    deliver(interaction, packet, { late = 0, times = 1 } = {}) {
      const { act } = interaction.truth;
      const trouble = faults.trouble('gateway', act);
      const drawn = random.of('gateway', act);
      const after = Math.max(late, drawn.around(LATENCY, SPREAD));
      if (trouble !== undefined) diary.write('gateway', `${act}: ${trouble}`);
      if (trouble === 'lost') return;
      const moments = [after + (trouble === 'late' ? drawn.integer(LATE.least, LATE.most) : 0)];
      const copies = times - 1 + (trouble === 'replayed' ? 1 : 0);
      for (let copy = 0; copy < copies; copy += 1) moments.push(after + drawn.integer(AGAIN.least, AGAIN.most));
      for (const moment of moments) {
        time.after(moment, () => {
          bring(interaction, packet);
        });
      }
    },
  };
}
