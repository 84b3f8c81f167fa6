/**
 * Suggestions for the option `prompt`: a member's own earlier prompts. One that is too long for a choice has a name that is cut
 * and a value that stands for it, and Discord's client may send either. Neither is what a person typed, so neither is a prompt.
 */
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import type { EarlierPrompt, PromptHistory } from '../../services/history/earlier-prompts.ts';
import type { JobRecords } from '../../services/job/records.ts';
import type { Log } from '../../services/log.ts';
import { altText } from '../../services/messages/display.ts';
import { plainText } from '../../services/plain-text.ts';

/** Discord takes at most 25 choices, with names and values of at most 100 characters. */
const CHOICES_MAX = 25;
const CHOICE_MAX_LENGTH = 100;

/** How long the store may take where choices are to be offered within 3 seconds (milliseconds). */
const READ_WITHIN = 1500;

const ELLIPSIS = '…';

/** What the value of a choice begins with that stands for a prompt; the id of the job that it was typed for follows. */
const VALUE = /^earlier:(\d{17,20})(?!\w)/;

interface Choice {
  name: string;
  value: string;
}

/** Whose suggestions they are. */
interface Owner {
  guildId: string;
  userId: string;
}

/** Why nobody can say which prompt is meant; the key of the sentence. */
type Unresolved = 'suggestion.gone' | 'suggestion.cut' | 'suggestion.several';

/** Asks the store for the prompt that is meant. @throws StoreError */
type Find = () => Promise<{ prompt: string } | { unresolved: Unresolved }>;

export interface Suggestions {
  /** The choices for what is being typed, newest first; none where they cannot be read in time. */
  offer(owner: Owner, typed: string): Promise<Choice[]>;
  /** The prompt that is meant by what came as one: as it was typed now or once, or how the store is asked for it. */
  meant(owner: Owner, sent: string): string | Find;
}

/** Whether a text is the value of a choice, perhaps with something after it; such a text is never sent as a prompt. */
export function standsForPrompt(text: string): boolean {
  return VALUE.test(plainText(text));
}

/**
 * The choice for an earlier prompt. A name that is cut is always exactly as long as a name can be and ends with "…", so that it
 * is known for one when it comes back.
 */
function choiceOf({ jobId, prompt }: EarlierPrompt): Choice {
  if (prompt.length <= CHOICE_MAX_LENGTH) return { name: prompt, value: prompt };
  const name = altText(prompt, CHOICE_MAX_LENGTH).padEnd(CHOICE_MAX_LENGTH, ELLIPSIS);
  return { name, value: valueOf(jobId) };
}

function valueOf(jobId: string): string {
  return `earlier:${jobId}`;
}

/** Whether a text is the name of a choice whose end is cut off, or may be one. */
export function isCutName(text: string): boolean {
  return text.length === CHOICE_MAX_LENGTH && text.endsWith(ELLIPSIS);
}

/** The earlier prompts whose choice has this name or value. */
function standingFor(text: string, prompts: readonly EarlierPrompt[]): EarlierPrompt[] {
  return prompts.filter((earlier) => {
    const { name, value } = choiceOf(earlier);
    return (name === text || value === text) && !standsForPrompt(earlier.prompt);
  });
}

export function createSuggestions({
  promptHistory,
  records,
  clock,
  log,
}: {
  promptHistory: Pick<PromptHistory, 'find' | 'remembered'>;
  records: Pick<JobRecords, 'findReadable'>;
  clock: Pick<Clock, 'setTimeout'>;
  log: Log;
}): Suggestions {
  /** By a value: the prompt of the job that it names, if that is the member's own. */
  async function findByJob({ guildId, userId }: Owner, jobId: string): ReturnType<Find> {
    const job = await records.findReadable(jobId);
    const isOwn = job?.userId === userId && job.guildId === guildId;
    return isOwn ? { prompt: job.prompt } : { unresolved: 'suggestion.gone' };
  }

  /** By a name that is cut: the only prompt that has it. */
  async function findByName(owner: Owner, name: string): ReturnType<Find> {
    const [earlier, ...others] = standingFor(name, await promptHistory.find(owner, ''));
    if (others.length > 0) return { unresolved: 'suggestion.several' };
    return earlier === undefined ? { unresolved: 'suggestion.cut' } : { prompt: earlier.prompt };
  }

  return {
    async offer(owner, typed) {
      try {
        const found = await withDeadline(clock, READ_WITHIN, () => promptHistory.find(owner, typed));
        const prompts = found.filter(({ prompt }) => !standsForPrompt(prompt));
        return prompts.slice(0, CHOICES_MAX).map(choiceOf);
      } catch (error) {
        log.warn({ err: error }, 'earlier prompts could not be read');
        return [];
      }
    },

    meant(owner, sent) {
      const text = plainText(sent);
      const jobId = VALUE.exec(text)?.[1];
      // A value with something after it stands for nothing.
      if (jobId === undefined ? !isCutName(text) : text !== valueOf(jobId)) return sent;
      const [known, ...others] = standingFor(text, promptHistory.remembered(owner));
      if (known !== undefined && others.length === 0) return known.prompt;
      return () => (jobId === undefined ? findByName(owner, text) : findByJob(owner, jobId));
    },
  };
}
