/** Tells the host, once, that a model is gone, or that it takes something else than the bot sends. */
import { translate } from '../../languages/languages.ts';
import { describeProblem, type ModelTrouble } from '../models/models.ts';
import { createSubjectNotices, NOTICES, type NoticeParts } from './notices.ts';

/** Models that are named as examples of what can be set: the newest that the bot has profiles of. */
const EXAMPLES = ['bytedance/seedream-5.0-pro/text-to-image', 'bytedance/seedream-5/lite/text-to-image'];

/** Hears what is wrong with a model, perhaps more than once. Never throws. */
export type ModelNotice = (trouble: ModelTrouble) => void;

export function createModelNotice(parts: NoticeParts): ModelNotice {
  const tell = createSubjectNotices({ ...parts, kind: NOTICES.model });
  return (trouble) => {
    tell(subjectOf(trouble), () => {
      const sentence = sentenceOf(trouble);
      parts.log.error({ model: trouble.id }, sentence);
      return sentence;
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
    return t(trouble.editsOnly ? 'host.editingUnmet' : 'host.modelUnmet', {
      name,
      id,
      field: problem.field,
      problem: describeProblem(problem),
      example,
    });
  }
  if (trouble.editsOnly) return t('host.editingGone', { name, id });
  const { next } = trouble;
  return next === undefined ? t('host.modelGone', { name, id, example }) : t('host.modelNext', { name, id, next });
}
