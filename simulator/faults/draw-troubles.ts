/** Draws spans of time in which calls go wrong. */
import type { Random } from '../kernel/random.ts';
import type { Fault } from '../plan.ts';
import { DISCORD_TROUBLES, GATEWAY_TROUBLES } from '../world/discord/discord.ts';
import { ASSET_TROUBLES, RUNCOMFY_TROUBLES } from '../world/runcomfy/runcomfy.ts';
import { STORE_TROUBLES } from '../world/store/store.ts';
import { busyMoment, type Scene } from './scene.ts';

type Trouble = Extract<Fault, { kind: 'trouble' }>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A job's time that is up so soon is met often enough (milliseconds). */
const SOON = 20 * MINUTE;

/** How long after it was asked for a job is mostly submitted (milliseconds). */
const STRIKE = 4 * SECOND;

const TROUBLES: Readonly<Record<Trouble['with'], readonly string[]>> = {
  discord: DISCORD_TROUBLES,
  runcomfy: Object.keys(RUNCOMFY_TROUBLES),
  store: STORE_TROUBLES,
  assets: Object.keys(ASSET_TROUBLES),
  gateway: GATEWAY_TROUBLES,
};
/** Those that can befall one call alone: a model is there or is not. */
const FLEETING = { ...TROUBLES, runcomfy: TROUBLES.runcomfy.filter((trouble) => trouble !== 'model_gone') };
const WORLDS = Object.keys(TROUBLES) as Trouble['with'][];

/** Who is met more often by trouble. */
const STRUCK: readonly Trouble['with'][] = ['discord', 'discord', 'runcomfy', 'runcomfy', 'store', 'assets', 'gateway'];

/** Now and then a single call goes wrong, all the time. */
function background({ random, hell, span }: Scene): Trouble[] {
  return WORLDS.flatMap((world) => {
    const drawn = random.of('background', world);
    if (!hell && !drawn.chance(0.4)) return [];
    return [
      {
        ...{ id: `${world}.now-and-then`, kind: 'trouble', with: world, trouble: drawn.pick(FLEETING[world]) },
        ...{ from: 0, until: Math.round(span), probability: (hell ? 0.06 : 0.02) * drawn.next() },
      },
    ];
  });
}

/** Calls of Discord's that are taken while nobody hears of it: what is posted after them may be posted twice. */
const UNHEARD = ['reset_after', 'http_504_taken', 'slow_answer'];

/** Trouble while pictures are likely to be posted; more often where there are too many for one message. */
function deliveryStrikes({ random, hell, span, acts }: Scene): Trouble[] {
  return acts.flatMap((act): Trouble[] => {
    const drawn = random.of('delivery', act.id);
    const from = act.at + 15 * SECOND;
    if (act.kind !== 'command' || act.command !== 'seedream' || from > span) return [];
    const isLarge = Number(act.options['count']) > 10;
    if (!drawn.chance((isLarge ? 0.35 : 0.05) * (hell ? 2 : 1))) return [];
    const until = Math.round(Math.min(from + 10 * MINUTE, span));
    const trouble = drawn.pick(UNHEARD);
    return [{ id: `delivery.${act.id}`, kind: 'trouble', with: 'discord', trouble, from, until, probability: 0.3 }];
  });
}

/** How long an outage lasts: mostly some seconds or minutes, in hell up to an hour. */
function outage(random: Random, hell: boolean): number {
  const median = hell ? 4 * MINUTE : 40 * SECOND;
  return Math.min(random.around(median, 1.2), hell ? 60 * MINUTE : 12 * MINUTE);
}

/** A submit is over so soon that few outages meet one: some are struck on purpose. */
function strikes({ random, hell, span, acts }: Scene): Trouble[] {
  return acts.flatMap(({ id: act, at, ...rest }): Trouble[] => {
    const drawn = random.of('strike', act);
    if (!('marker' in rest) || at + STRIKE > span || !drawn.chance(hell ? 0.3 : 0.12)) return [];
    const trouble = drawn.pick(TROUBLES.runcomfy);
    const when = { from: at, until: at + STRIKE };
    return [{ id: `strike.${act}`, kind: 'trouble', with: 'runcomfy', trouble, ...when, probability: 1 }];
  });
}

/** What RunComfy refuses for a while: the host's account mostly, what is asked for, the model. */
const REFUSALS = [
  ...['unauthorized', 'forbidden', 'no_balance', 'no_balance_in_200'],
  ...['bad_request', 'model_gone', 'model_gone'],
];

/** RunComfy refuses for a while, often where a job of many requests is begun. */
function refusedAll({ random, hell, span, acts }: Scene): Trouble[] {
  const drawn = random.of('account');
  const moments = acts.flatMap((act) =>
    'marker' in act && act.kind === 'command' && Number(act.options['count']) > 4 ? [act.at] : [],
  );
  if (moments.length === 0 || !drawn.chance(hell ? 0.5 : 0.3)) return [];
  const from = Math.round(Math.min(drawn.pick(moments), 0.9 * span));
  const trouble = drawn.pick(REFUSALS);
  const until = Math.round(Math.min(from + drawn.integer(1, 5) * MINUTE, span));
  // Now and then some are taken in between.
  const probability = drawn.of('between').chance(0.3) ? 0.5 : 1;
  return [{ id: 'account', kind: 'trouble', with: 'runcomfy', trouble, from, until, probability }];
}

/** Looks that mostly fail until a job's time is up: what has become of it is told by the last ones. */
function silences({ random, hell, span, acts, deadline }: Scene): Trouble[] {
  if (deadline > SOON) return [];
  return acts.flatMap((act): Trouble[] => {
    const drawn = random.of('silence', act.id);
    const from = act.at + 20 * SECOND;
    if (!('marker' in act) || from > span || !drawn.chance(hell ? 0.1 : 0.05)) return [];
    const until = Math.round(Math.min(act.at + deadline + 5 * SECOND, span));
    const trouble = drawn.pick(['http_502_page', 'not_found_page', 'reset_before']);
    return [{ id: `silence.${act.id}`, kind: 'trouble', with: 'runcomfy', trouble, from, until, probability: 0.85 }];
  });
}

/** Ways in which a picture cannot be had for a moment. */
const FETCHED_LATER = ['http_500', 'refused', 'cut_short'];

/** Pictures that cannot be had at first when somebody asks for them once more. */
function fetchStrikes({ random, span, acts }: Scene): Trouble[] {
  return acts.flatMap((act): Trouble[] => {
    const drawn = random.of('fetch', act.id);
    const isAsked = act.kind === 'press' && act.button === 'deliver';
    if (!isAsked || act.at > 0.95 * span || !drawn.chance(0.4)) return [];
    const when = { from: act.at - SECOND, until: act.at + drawn.integer(4, 30) * SECOND };
    const trouble = drawn.pick(FETCHED_LATER);
    return [{ id: `fetch.${act.id}`, kind: 'trouble', with: 'assets', trouble, ...when, probability: 1 }];
  });
}

/** Discord takes little of a job until its time is up, or few of its pictures are there: what is tried last may end otherwise than the rest. */
function lastTries({ random, hell, span, acts, deadline }: Scene): Trouble[] {
  if (deadline > SOON / 2) return [];
  return acts.flatMap((act): Trouble[] => {
    const drawn = random.of('last tries', act.id);
    const from = act.at + 12 * SECOND;
    if (act.kind !== 'command' || act.command !== 'seedream' || from > span || !drawn.chance(hell ? 0.12 : 0.1))
      return [];
    const until = Math.round(Math.min(act.at + 3 * deadline, span));
    const [world, probability] = drawn.pick([
      ['discord', 0.75],
      ['assets', 0.85],
    ] as const);
    return [{ id: `last.${act.id}`, kind: 'trouble', with: world, trouble: 'http_500', from, until, probability }];
  });
}

export function drawTroubles(scene: Scene): Trouble[] {
  const { random, hell, span } = scene;
  const number = random.of('troubles').integer(hell ? 8 : 2, hell ? 22 : 7);
  const outages = Array.from({ length: number }, (_, index): Trouble => {
    const id = `trouble${index + 1}`;
    const drawn = random.of(id);
    const world = drawn.pick(STRUCK);
    const from = busyMoment(drawn.of('from'), scene);
    const until = Math.round(Math.min(from + outage(drawn, hell), span));
    const trouble = drawn.pick(TROUBLES[world]);
    const probability = FLEETING[world].includes(trouble) ? drawn.pick([0.15, 0.4, 0.7, 1]) : 1;
    return { id, kind: 'trouble', with: world, trouble, from, until, probability };
  });
  return [
    ...background(scene),
    ...strikes(scene),
    ...deliveryStrikes(scene),
    ...refusedAll(scene),
    ...silences(scene),
    ...fetchStrikes(scene),
    ...lastTries(scene),
    ...outages,
  ];
}
