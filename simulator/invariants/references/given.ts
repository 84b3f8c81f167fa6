/** Which pictures somebody gave to start from, by what they did alone. */
import type { GivenPicture, InteractionTruth, Truth } from '../../world/truth.ts';
import type { Jobs } from '../jobs.ts';

/** How far a picture is followed back from one Again to the next. */
const STEPS_MOST = 50;

/** @returns the pictures that an interaction asks to start from, in order; `undefined` where nobody can say. */
export type GivenWith = (interaction: string) => readonly GivenPicture[] | undefined;

/** The id that a custom id names: a job's, or that of what was refused. */
const namedBy = ({ name }: InteractionTruth) => name.split(':')[1] ?? '';

export function createGivenWith(
  truth: Pick<Truth, 'interactions' | 'reservations'>,
  jobs: Pick<Jobs, 'byId'>,
): GivenWith {
  const isJob = (id: string) => jobs.byId.has(id) || truth.reservations().some(({ jobId }) => jobId === id);

  function givenWith(id: string, steps: number): readonly GivenPicture[] | undefined {
    const interaction = truth.interactions.get(id);
    if (interaction === undefined || steps === 0) return undefined;
    const { gives, same, shown } = interaction;
    if (!same) return gives;
    const named = namedBy(interaction);
    const before = givenWith(named, steps - 1);
    if (before === undefined) return undefined;
    // A refusal gives back those that can be had. Where it does not show all of them, nobody can say which are meant.
    if (!isJob(named) && before.some(({ picture }) => !shown.includes(picture))) return undefined;
    return [...before, ...gives];
  }

  return (interaction) => givenWith(interaction, STEPS_MOST);
}
