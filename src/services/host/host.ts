/** Who hosts the bot: the owner of the application, or the team that owns it. */
import type { REST } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';

/** How long an answer of Discord is fresh, and how long one may take (milliseconds). */
const FRESH_FOR = 10 * 60_000;
const ANSWER_WITHIN = 4000;

/** A team member who has accepted the invitation. Source: Discord, Teams, "Membership State". */
const ACCEPTED = 2;

const user = z.object({ id: z.string() });
const applicationSchema = z.object({
  owner: user.optional(),
  team: z
    .object({ owner_user_id: z.string(), members: z.array(z.object({ user, membership_state: z.number() })) })
    .nullish(),
});

export interface Host {
  /** The users who host the bot, the owner first. None as long as Discord has never told. Never throws. */
  users(): Promise<readonly string[]>;
  /** Whether a user is one of them. Never throws. */
  has(userId: string): Promise<boolean>;
}

export function createHost({
  rest,
  clock,
  log,
}: {
  rest: Pick<REST, 'get'>;
  clock: Pick<Clock, 'now' | 'setTimeout'>;
  log: Log;
}): Host {
  let known: readonly string[] = [];
  let knownSince = -Infinity;
  const asking = new SingleFlight<'application', void>();

  async function ask(): Promise<void> {
    try {
      const answer = await withDeadline(clock, ANSWER_WITHIN, (signal) => rest.get('/applications/@me', { signal }));
      const { owner, team } = applicationSchema.parse(answer);
      // Where a team owns the application, the owner that Discord names is not a person.
      const members = team?.members.filter(({ membership_state: state }) => state === ACCEPTED) ?? [];
      const people = team ? [team.owner_user_id, ...members.map((member) => member.user.id)] : owner ? [owner.id] : [];
      known = [...new Set(people)];
      knownSince = clock.now();
    } catch (error) {
      log.warn({ err: error }, 'Discord did not tell who owns the application');
    }
  }

  async function users(): Promise<readonly string[]> {
    if (clock.now() - knownSince >= FRESH_FOR) await asking.run('application', ask);
    return known;
  }

  return { users, has: async (userId) => (await users()).includes(userId) };
}
