/** The bot on its connections: to Discord, to RunComfy and to where pictures come from. What is of the process stands in `main.ts`. */
import type { Client } from 'discord.js';
import type { Config } from '../config.ts';
import type { Clock } from '../services/clock.ts';
import { createBotRest, createInteractionRest, gatewayOptions } from '../services/discord/rest.ts';
import type { Log } from '../services/log.ts';
import { knowModel } from '../services/models/models.ts';
import type { Monitoring } from '../services/monitoring/monitoring.ts';
import { createDownloads } from '../services/pictures/download.ts';
import { createRunComfyHttp } from '../services/runcomfy/runcomfy.ts';
import type { OpenStorage } from '../services/storage/open.ts';
import { drawUsageChart } from '../services/usage/chart.ts';
import { createClient, hearTime, login, watchGateway } from './gateway.ts';
import { createBot, type Bot } from './wiring.ts';

export interface ConnectedBot {
  bot: Bot;
  client: Client;
  /** Logs in to Discord, and tries for as long as it cannot be reached. Resolves to whether Discord accepts the token. */
  login: () => Promise<boolean>;
  /** Closes the connections; the bot must have stopped. */
  close: () => Promise<void>;
}

/** @param ended - called when Discord has closed the gateway for good. */
export function connectBot({
  config,
  storage,
  monitoring,
  clock,
  log,
  ended,
}: {
  config: Config;
  storage: OpenStorage;
  monitoring: Monitoring;
  clock: Clock;
  log: Log;
  ended: () => void;
}): ConnectedBot {
  const { token, apiUrl: api } = config.discord;
  const client = createClient(config, gatewayOptions(api));
  const runComfyHttp = createRunComfyHttp({ ...config.runcomfy, clock });
  const downloads = createDownloads({ allowed: config.runcomfy.assetHosts, clock });
  const bot = createBot({
    config,
    ports: {
      storage,
      client,
      // Over connections of their own: the first responses have 3 seconds, and are not to wait behind edits that hang.
      acknowledgements: createInteractionRest({ api, clock }),
      rest: createInteractionRest({ api, clock }),
      botRest: createBotRest({ api, retries: 3, token, processes: storage.processes, clock }),
      runComfyHttp,
      knowModel,
      downloads,
      drawChart: drawUsageChart,
      monitoring,
      clock,
      random: Math.random,
      log,
    },
  });
  hearTime(client, (at) => {
    storage.hearTime(at);
  });
  watchGateway(client, { clock, log, end: ended });
  return {
    bot,
    client,
    login: () => login(client, token, { clock, log }),
    async close() {
      await Promise.allSettled([client.destroy(), runComfyHttp.close(), downloads.close()]);
    },
  };
}
