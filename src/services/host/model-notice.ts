/** Tells the host, once, that a model is gone, or that it takes something else than the bot sends. */
import { createHash } from 'node:crypto';
import type { REST } from 'discord.js';
import { translate } from '../../languages/languages.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { describeProblem, type ModelTrouble } from '../models/models.ts';
import type { Store } from '../storage/storage.ts';
import type { Host } from './host.ts';
import { createNotices } from './notices.ts';

/** How long a notice is remembered (milliseconds): then it may be told again, if it still holds. */
const KEPT = 30 * 24 * 60 * 60_000;

/** Models that are named as examples of what can be set: the newest that the bot has profiles of. */
const EXAMPLES = ['bytedance/seedream-5.0-pro/text-to-image', 'bytedance/seedream-5/lite/text-to-image'];

/** Hears what is wrong with a model, perhaps more than once. Never throws. */
export type ModelNotice = (trouble: ModelTrouble) => void;

/** @param rest - for calls by the bot's token. */
export function createModelNotice({
  store,
  rest,
  host,
  clock,
  log,
}: {
  store: Store;
  rest: Pick<REST, 'post'>;
  host: Pick<Host, 'users'>;
  clock: Pick<Clock, 'now' | 'setTimeout' | 'sleep'>;
  log: Log;
}): ModelNotice {
  const name = { namespace: 'model-notices', nonce: 'model' };
  const notices = createNotices({ name, kept: KEPT, store, rest, host, clock, log });
  const heard = new Set<string>();

  return (trouble) => {
    const subject = subjectOf(trouble);
    if (heard.has(subject)) return;
    heard.add(subject);
    const sentence = sentenceOf(trouble);
    log.error({ model: trouble.id }, sentence);
    // A nonce has at most 25 characters.
    const id = createHash('sha256').update(subject).digest('base64url').slice(0, 16);
    notices.tell(id, sentence).catch((error: unknown) => {
      log.warn({ err: error }, 'whether the host knows of a model could not be found out');
    });
  };
}

/** What is told once: a model that goes on a day, a field of a model. */
function subjectOf(trouble: ModelTrouble): string {
  const { kind, id } = trouble;
  const which = trouble.kind === 'gone' ? new Date(trouble.since).toISOString().slice(0, 10) : trouble.problem.field;
  return `${kind} ${id} ${which}`;
}

function sentenceOf(trouble: ModelTrouble): string {
  const t = translate('en');
  const { id, name } = trouble;
  const example = EXAMPLES.find((each) => each !== id);
  if (trouble.kind === 'unmet') {
    const { problem } = trouble;
    return t('host.modelUnmet', { name, id, field: problem.field, problem: describeProblem(problem), example });
  }
  const { next } = trouble;
  return next === undefined ? t('host.modelGone', { name, id, example }) : t('host.modelNext', { name, id, next });
}
