/** The world outside the bot. */
import type { Client, REST } from 'discord.js';
import type { Clock } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import type { KnowModel } from '../services/models/models.ts';
import type { Monitoring } from '../services/monitoring/monitoring.ts';
import type { Downloads } from '../services/pictures/download.ts';
import type { RunComfyHttp } from '../services/runcomfy/runcomfy.ts';
import type { Storage } from '../services/storage/storage.ts';
import type { Chart } from '../services/usage/chart.ts';

/** What the bot is built on, as it is handed in. */
export interface Ports {
  storage: Storage;
  /** The gateway: gives interactions. It may be logged in later. */
  client: Client;
  /** For the first responses to interactions, which have 3 s. */
  acknowledgements: REST;
  /** For edits and follow-ups by an interaction's token, which stand under no global rate limit. */
  rest: REST;
  /** For calls by the bot's token, which do. */
  botRest: REST;
  runComfyHttp: RunComfyHttp;
  knowModel: KnowModel;
  downloads: Pick<Downloads, 'allows' | 'download'>;
  /** Gives a chart as a PNG. */
  drawChart: (chart: Chart) => Promise<Buffer>;
  monitoring: Monitoring;
  clock: Clock;
  /** Gives 0 to 1. */
  random: () => number;
  log: Log;
}
