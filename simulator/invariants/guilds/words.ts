/** A word that an admin has barred is in nothing that is sent from then on. */
import type { Truth } from '../../world/truth.ts';
import type { Jobs } from '../jobs.ts';
import type { Judge } from '../judge.ts';
import { plainly } from './spelling.ts';

/** What is told once it holds. */
const ADDED = 'from now on a prompt that holds it is refused';

export function judgeWords({ truth, jobs, judge }: { truth: Truth; jobs: Jobs; judge: Judge }) {
  const commands = () => [...truth.interactions.values()].filter(({ name }) => name === 'words');

  return {
    atEnd() {
      for (const { interaction = '', at, text } of truth.told) {
        const { guild, options = {} } = truth.interactions.get(interaction) ?? {};
        const word = plainly(String(options['word']));
        if (guild === undefined || options['subcommand'] !== 'add' || !text.includes(ADDED)) continue;
        // Somebody may have taken it off the list again, by whatever spelling.
        if (commands().some((each) => each.guild === guild && each.options['subcommand'] === 'remove')) continue;
        for (const job of jobs.byId.values()) {
          const sent = job.requests.find(({ body }) => plainly(String(body['text'] ?? body['prompt'])).includes(word));
          if (job.guild !== guild || job.askedAt <= at || sent === undefined) continue;
          judge.broken(
            'what an admin sets holds',
            `${job.id} ${word}`,
            `Request ${sent.id} of job ${job.id} holds the word "${word}", which had been barred before.`,
          );
        }
      }
    },
  };
}
