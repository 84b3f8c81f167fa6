/** Draws a history's plan from a seed: who does what when, and what goes wrong. */
import { drawFaults, type Faults } from '../faults/faults.ts';
import { createRandom, type Random } from '../kernel/random.ts';
import type { Act, Plan } from '../plan.ts';
import { drawModels, makeSingles, type ModelChoice } from './models.ts';
import { createMoments } from './moments.ts';
import { drawOperations, drawSettings } from './operator.ts';
import { drawGuilds, type Guild } from './places.ts';
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
  }: { guilds: readonly Guild[]; models: readonly string[]; jobs: number; span: number; calm: boolean },
): Act[] {
  const commands = Math.ceil(jobs * BY_COMMAND);
  const momentOf = createMoments(random.of('moments'), { span, number: commands });
  const newMarker = createMarkers();
  let left = jobs - commands;
  const mayBegin = () => {
    left -= 1;
    return left >= 0;
  };
  return Array.from({ length: commands }, (_, index) => {
    const id = `job${index + 1}`;
    const drawn = random.of(id);
    const guild = drawn.pick(guilds);
    const request = drawRequest(drawn, { id, at: momentOf(id), guild, models, marker: newMarker(drawn), calm });
    const member = guild.members.find(({ name }) => name === request.member);
    if (member === undefined) return [request];
    return [request, ...drawReactions({ random: drawn.of('then'), request, member, guild, mayBegin, newMarker })];
  }).flat();
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
  const asking = drawRequests(random.of('requests'), { guilds, models, jobs, span, calm: faults === 'none' });
  const requests = asking.filter((act): act is Request => act.kind === 'command' && act.command === 'seedream');
  const people = [
    ...asking,
    ...drawRoleLimits(random.of('roles'), { guilds, requests, span }),
    ...drawVisits(random.of('visits'), { guilds, span, number: Math.ceil(jobs / 4) }),
    ...drawUpheavals(random.of('upheavals'), { guilds, span }),
  ].filter(({ at }) => at < length);
  const operations = drawOperations(random.of('operator'), { acts: people, span, faults, processes });
  const acts = [...people, ...operations].sort((one, other) => one.at - other.at);
  return {
    seed,
    length,
    processes,
    settings: drawSettings(random.of('settings'), models),
    people: guilds.flatMap(({ members }) => members.map(({ name, guild, role }) => ({ name, guild, role }))),
    acts,
    faults: drawFaults({ random: random.of('faults'), faults, length, processes, acts, singles: makeSingles(models) }),
  };
}
