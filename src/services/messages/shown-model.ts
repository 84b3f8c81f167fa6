/** What is shown of a job's model. Pure. */
import { showList } from '../../languages/formats.ts';
import type { Translate } from '../../languages/languages.ts';
import { modelOf, type Job } from '../job/job.ts';
import type { Models, Profile } from '../models/models.ts';

/** The longest list of names that a title or a description has room for (characters). */
const NAMES_MAX = 60;

/** What a message says of a job's model. */
export interface ShownModel {
  /** `undefined` where the bot is set to one model, and it is that. */
  name: string | undefined;
  /** Whether it has a seed and a quality: what a model does not have is not shown. */
  seed: boolean;
  quality: boolean;
  /** Whether one of the models that the bot is set to can start from pictures. */
  editing: boolean;
}

/** What is known of models, and which the bot is set to. */
export type KnownModels = Pick<Models, 'find' | 'standing'>;

/** What is shown of a job's model, whether it is still offered or not. */
export function shownModel(job: Pick<Job, 'model'>, models: KnownModels): ShownModel {
  const id = modelOf(job);
  const profile = models.find(id);
  const set = models.standing();
  const isOnly = set.length === 1 && (set[0]?.id === id || set[0]?.editing === id);
  return {
    name: isOnly ? undefined : (profile?.name ?? id),
    // Of a model that nobody knows any more, all is shown that its job has.
    seed: profile === undefined || profile.seed !== undefined,
    quality: profile === undefined || profile.quality !== undefined,
    editing: set.some(({ editing }) => editing !== undefined),
  };
}

/** The names of models, as a list; the first one alone where they are too many. */
export function showModels(profiles: readonly Pick<Profile, 'name'>[], t: Translate): string {
  const names = [...new Set(profiles.map(({ name }) => name))];
  const list = showList(names, t);
  return list.length <= NAMES_MAX ? list : (names[0] ?? '');
}
