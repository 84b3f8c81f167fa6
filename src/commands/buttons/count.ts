/** The buttons under a refusal that mend it: the job once more with another number of pictures, or without unknown flags. */
import type { JobRecords } from '../../services/job/records.ts';
import { COUNT_MAX } from '../../services/models/seedream.ts';
import { promptFor, readFlags } from '../../services/prompt/prompt.ts';
import type { Button } from '../interactions/command.ts';
import type { UncheckedOptions } from '../start-job/options.ts';
import type { StartJob } from '../start-job/start-job.ts';
import { askedAgain } from './job-options.ts';

/** One action a number, so that the number stands in the custom id: `count8:<interaction id>`. */
export function createCountButtons({
  records,
  startJob,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Button[] {
  return Array.from({ length: COUNT_MAX }, (_, index): Button => ({
    action: `count${index + 1}`,
    async press(interaction, id) {
      const count = index + 1;
      const asked = askedAgain(interaction, id, { records, change: { count } });
      await startJob(interaction, 'read' in asked ? asked : withCount(asked, count));
    },
  }));
}

/** Under a refusal of flags that nobody knows: the job once more without them. */
export function createWithoutButton({
  records,
  startJob,
}: {
  records: Pick<JobRecords, 'findReadable'>;
  startJob: StartJob;
}): Button {
  return {
    action: 'without',
    async press(interaction, id) {
      const asked = askedAgain(interaction, id, { records });
      const plain = (options: UncheckedOptions) => ({ ...options, ...withoutUnknown(options) });
      await startJob(interaction, 'read' in asked ? asked : plain(asked));
    },
  };
}

/** The prompt with the flags that are understood, as they were typed, and without the others. */
function withoutUnknown({ prompt }: UncheckedOptions): Pick<UncheckedOptions, 'prompt'> {
  const { without, options } = readFlags(prompt);
  const known = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return { prompt: [without, ...known].join(' ') };
}

/** The options with a prompt that asks for so many pictures, where its own number can be made that one. */
function withCount(options: UncheckedOptions, count: number): UncheckedOptions {
  return { ...options, prompt: promptFor(options.prompt, { count, imagesPerJob: COUNT_MAX }) };
}
