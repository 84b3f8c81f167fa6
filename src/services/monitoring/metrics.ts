/**
 * The metrics of `/metrics`: names, units and buckets by Prometheus' conventions (https://prometheus.io/docs/practices/naming/).
 * No label holds an id of a job's or a person's: their values are few and known. `docs/operations.md` lists them all.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import { FAILURES } from '../job/job.ts';

/** Seconds: answers of near and of far servers. */
const NEAR = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const FAR = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
/** Discord takes a first answer for 3 seconds. */
const ACKNOWLEDGEMENT = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** Seconds in the life of a job: RunComfy needs from seconds to ten minutes, the deadline is an hour by default. */
const LIFE = [1, 2.5, 5, 10, 20, 40, 60, 120, 240, 480, 900, 1800, 3600];
const LAG = [0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 20, 60];
const LOOKS = [1, 2, 3, 5, 8, 12, 18, 25, 35, 50, 100];

/** The values of labels whose series begin at 0: one that began with its first event would not be seen to rise by it. */
const OUTCOMES = ['delivered', 'cancelled', 'unknown', 'given_up'];
const REQUEST_OUTCOMES = ['completed', 'cancelled', 'unknown'];
const CALLS = ['submit', 'status', 'result', 'cancel', 'model'];
const CALL_OUTCOMES = ['ok', 'authentication', 'balance', 'rate', 'input', 'not_found', 'unavailable', 'unreadable'];
const STORE_CALLS = ['get', 'set', 'delete', 'ping', 'reserve', 'reduce', 'settle', 'release', 'usage', 'held'];
const SCOPES = ['user', 'global', 'shared', 'unknown'];

export type Metrics = ReturnType<typeof createMetrics>;

/** All metrics, before anything has been measured. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const counter = <T extends string = never>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `seedream_${name}`, help, labelNames, registers });
  const gauge = <T extends string = never>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name: `seedream_${name}`, help, labelNames, registers });
  const histogram = <T extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly T[] = [],
  ) => new Histogram({ name: `seedream_${name}`, help, buckets, labelNames, registers });

  const metrics = {
    registry,

    info: gauge('build_info', 'Always 1; the version of the bot is its label.', ['version']),
    ready: gauge('ready', '1 where /readyz says 200, else 0.'),
    shards: gauge('gateway_shards', "This process's gateway shards by status.", ['status']),

    acknowledgement: histogram(
      'acknowledgement_duration_seconds',
      'From the arrival of an interaction to the first answer that Discord took.',
      ACKNOWLEDGEMENT,
    ),

    jobs: gauge('jobs', 'Jobs that are not done with, by state. Read from the store: each process says the same.', [
      'state',
    ]),
    jobsEnded: counter('jobs_ended_total', 'Jobs that ended in this process, and why those failed that did.', [
      'outcome',
      'failure',
    ]),
    requestsEnded: counter(
      'requests_ended_total',
      'Requests to RunComfy of those jobs: one of many can fail while the job brings pictures.',
      ['outcome', 'failure'],
    ),
    queued: histogram('job_queue_duration_seconds', 'From submitted to first seen generating.', LIFE),
    generating: histogram('job_generation_duration_seconds', 'From first seen generating to seen finished.', LIFE),
    delivering: histogram('job_delivery_duration_seconds', 'From seen finished to the last picture posted.', LIFE),
    lasting: histogram('job_duration_seconds', 'From the command to the end of the job, by outcome.', LIFE, [
      'outcome',
    ]),
    detectionLag: histogram(
      'job_detection_lag_seconds',
      "From RunComfy's finished_at to the bot's having the result; clocks that differ show here.",
      LAG,
    ),
    looks: histogram('job_polls', 'Status calls a job took, as far as the process that saw its end made them.', LOOKS),

    imagesReserved: counter('images_reserved_total', 'Images reserved against the limits.'),
    imagesSettled: counter('images_settled_total', 'Images of ended jobs that stay counted: paid, or perhaps paid.'),
    cost: counter(
      'cost_usd_total',
      'What they cost by the prices of their models, or by PRICE_PER_IMAGE_USD, in US dollars.',
    ),
    imagesThisMonth: gauge(
      'images_this_month',
      'Images counted over all servers in this UTC month, as the ledger has it.',
    ),
    imagesCeiling: gauge('images_month_ceiling', 'LIMIT_TOTAL_MONTHLY_IMAGES; absent where there is none.'),
    reservations: counter('reservations_total', 'Reservations asked for, by outcome.', ['outcome']),
    refusals: counter('refusals_total', 'Reservations refused, by the limit they would have passed.', ['limit']),

    modelOffered: gauge(
      'model_offered',
      '1 where new requests can be made with this model of RUNCOMFY_MODELS, else 0.',
      ['model'],
    ),
    runComfyCalls: counter('runcomfy_calls_total', "Calls of RunComfy's API by kind of outcome.", ['call', 'outcome']),
    runComfyDuration: histogram('runcomfy_call_duration_seconds', "Calls of RunComfy's API.", FAR, ['call']),

    discordCalls: counter('discord_calls_total', "Calls of Discord's API by route and status.", ['route', 'status']),
    discordDuration: histogram('discord_call_duration_seconds', "Calls of Discord's API.", FAR, ['route']),
    discordRateLimited: counter('discord_rate_limited_total', 'Answers 429 by scope.', ['scope']),
    discordHeldBack: counter(
      'discord_held_back_total',
      'Calls that waited in the bot so as not to pass a rate limit it knows.',
    ),

    storeDuration: histogram('store_call_duration_seconds', 'Calls of the store and the ledger.', NEAR, ['call']),
    storeFailures: counter('store_failures_total', 'Calls of the store and the ledger that failed.', ['call']),
  };

  for (const outcome of OUTCOMES) metrics.jobsEnded.inc({ outcome, failure: '' }, 0);
  for (const outcome of REQUEST_OUTCOMES) metrics.requestsEnded.inc({ outcome, failure: '' }, 0);
  for (const failure of FAILURES) {
    metrics.jobsEnded.inc({ outcome: 'failed', failure }, 0);
    metrics.requestsEnded.inc({ outcome: 'failed', failure }, 0);
  }
  for (const call of CALLS) {
    for (const outcome of CALL_OUTCOMES) metrics.runComfyCalls.inc({ call, outcome }, 0);
  }
  metrics.runComfyCalls.inc({ call: 'submit', outcome: 'outcome_unknown' }, 0);
  for (const call of STORE_CALLS) metrics.storeFailures.inc({ call }, 0);
  for (const outcome of ['reserved', 'repeated', 'refused']) metrics.reservations.inc({ outcome }, 0);
  for (const scope of SCOPES) metrics.discordRateLimited.inc({ scope }, 0);
  return metrics;
}
