/** Draws a history's plan from a seed: who does what when, and what goes wrong. */
import { drawFaults, drawPictureFaults, type Faults } from '../faults/faults.ts';
import { createRandom, type Random } from '../kernel/random.ts';
import type { Act, Plan } from '../plan.ts';
import { drawBarred } from './barred.ts';
import { drawModels, makeSingles, type ModelChoice } from './models.ts';
import { drawAlike, drawFurther } from './further.ts';
import { createMoments } from './moments.ts';
import { drawOperations, drawSettings } from './operator.ts';
import { drawGuilds, type Guild } from './places.ts';
import { drawPictures } from './pictures.ts';
import { createMarkers } from './prompts.ts';
import { drawReactions } from './reactions.ts';
import { drawRequest, type Request } from './requests.ts';
import { drawRoleLimits } from './role-limits.ts';
import { drawUpheavals } from './upheavals.ts';
import { drawVisits } from './visits.ts';

export type { Faults } from '../faults/faults.ts';
export { MODEL_CHOICES, type ModelChoice } from './models.ts';

const HOUR = 60 * 60_000;

/** People act in this part of a history: what they began can end in the rest. */
const ACTIVE = 0.85;

/** The part of the jobs that commands begin; buttons and forms begin the others. */
const BY_COMMAND = 0.7;

/** Requests for pictures, and what follows on them. */
function drawRequests(
  random: Random,
  {
    guilds,
    models,
    jobs,
    span,
    calm,
    newMarker,
  }: {
    guilds: readonly Guild[];
    models: readonly string[];
    jobs: number;
    span: number;
    calm: boolean;
    newMarker: (random: Random) => string;
  },
): { request: Request; followed: Act[] }[] {
  const commands = Math.ceil(jobs * BY_COMMAND);
  const momentOf = createMoments(random.of('moments'), { span, number: commands });
  let left = jobs - commands;
  const mayBegin = () => {
    left -= 1;
    return left >= 0;
  };
  const usual = random.of('regular');
  const home = usual.pick(guilds);
  const regular = { guild: home, member: usual.pick(home.members) };
  const oneAsksMost = usual.chance(0.35) ? MOST_ASK : 0;
  return Array.from({ length: commands }, (_, index) => {
    const id = `job${index + 1}`;
    const drawn = random.of(id);
    const isRegular = drawn.of('regular').chance(oneAsksMost);
    const guild = isRegular ? regular.guild : drawn.pick(guilds);
    const member = isRegular ? regular.member : drawn.pick(guild.members);
    const request = drawRequest(drawn, { id, at: momentOf(id), guild, member, models, marker: newMarker(drawn), calm });
    const scene = { random: drawn.of('then'), request, member, guild, mayBegin, newMarker };
    const followed = [...drawReactions(scene), ...drawAlike(scene)];
    return { request, followed };
  });
}

/** The part of the requests that one person makes, where somebody asks more than all others. */
const MOST_ASK = 0.6;

/** Jobs that are begun by what people press beside the others. */
const FURTHER_JOBS = 2;

/** What else follows on the requests, and requests that start from pictures. */
function drawMore(
  random: Random,
  { asking, ...facts }: { asking: ReturnType<typeof drawRequests> } & Parameters<typeof drawPictures>[1],
): { further: Act[]; pictures: Act[] } {
  let left = Math.min(FURTHER_JOBS, facts.jobs);
  const mayBegin = () => {
    left -= 1;
    return left >= 0;
  };
  const { newMarker } = facts;
  const further = asking.flatMap(({ request, followed }) => {
    const guild = facts.guilds.find(({ name }) => name === request.guild);
    const scene = { random: random.of('further', request.id), request, followed, mayBegin, newMarker };
    return guild === undefined ? [] : drawFurther({ ...scene, guild });
  });
  return { further, pictures: drawPictures(random.of('pictures'), facts) };
}

/** Some of those who are offered their earlier prompts take one; not who asks for some privately, as all would read of that then. */
function withPicks(random: Random, acts: readonly Act[]): Act[] {
  const ids = new Set(acts.map(({ id }) => id));
  const asks = (act: Act) => act.kind === 'command' && act.command === 'seedream';
  const secretive = new Set(
    acts.flatMap((act) => (asks(act) && 'options' in act && act.options['private'] === true ? [act.member] : [])),
  );
  return acts.map((act) => {
    const of = `${act.id}.typing`;
    const drawn = random.of(act.id);
    const picks = act.kind === 'command' && act.command === 'seedream' && ids.has(of) && !secretive.has(act.member);
    if (!picks || !drawn.chance(0.5)) return act;
    return { ...act, picks: { of, place: drawn.integer(1, 3), byName: drawn.chance(0.3) } };
  });
}

/**
 * @param hours - of virtual time.
 * @param jobs - how many jobs are asked for at most, refused ones among them.
 * @param models - with which pictures are made.
 * @param faults - whether and how much goes wrong.
 */
export function drawPlan({
  seed,
  hours,
  jobs = 20,
  models: choice = 'any',
  processes,
  faults,
}: {
  seed: number;
  hours: number;
  jobs?: number;
  models?: ModelChoice;
  processes: number;
  faults: Faults;
}): Plan {
  const random = createRandom(seed).of('plan');
  const length = hours * HOUR;
  const span = ACTIVE * length;
  const guilds = drawGuilds(random.of('guilds'));
  const models = drawModels(random.of('models'), choice);
  const newMarker = createMarkers();
  const calm = faults === 'none';
  const asking = drawRequests(random.of('requests'), { guilds, models, jobs, span, calm, newMarker });
  const requests = asking.map(({ request }) => request);
  const people = [
    ...asking.flatMap(({ request, followed }) => [request, ...followed]),
    ...drawRoleLimits(random.of('roles'), { guilds, requests, span }),
    ...drawVisits(random.of('visits'), { guilds, requests, span, number: Math.ceil(jobs / 4) }),
    ...drawBarred(random.of('barred'), { guilds, requests }),
    ...drawUpheavals(random.of('upheavals'), { guilds, requests, span }),
  ].filter(({ at }) => at < length);
  const singles = makeSingles(models);
  const operations = drawOperations(random.of('operator'), { acts: people, span, faults, processes });
  const acts = [...people, ...operations].sort((one, other) => one.at - other.at);
  // These are drawn last, and nothing else is drawn from them: a seed's other acts and faults stay as they are.
  const more = drawMore(random.of('more'), { asking, guilds, models, jobs, span, newMarker });
  const isWithin = ({ at }: Act) => at < length;
  const settings = drawSettings(random.of('settings'), models);
  const deadline = Number(settings['JOB_DEADLINE_MINUTES'] ?? 60) * 60_000;
  const pictures = more.pictures.filter(isWithin);
  const later = [...more.further.filter(isWithin), ...pictures];
  const all = withPicks(random.of('picks'), [...acts, ...later]);
  return {
    seed,
    length,
    processes,
    settings,
    people: guilds.flatMap(({ members }) => members.map(({ name, guild, role }) => ({ name, guild, role }))),
    acts: all.sort((one, other) => one.at - other.at),
    faults: [
      ...drawFaults({ random: random.of('faults'), faults, length, processes, acts, singles, deadline }),
      ...drawPictureFaults({
        random: random.of('more', 'faults'),
        faults,
        length,
        processes,
        acts: pictures,
        singles,
        deadline,
      }),
    ],
  };
}
