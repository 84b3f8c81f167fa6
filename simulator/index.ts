/** The simulator's command: `npm run simulate`, see `options.ts`. Its exit code is 1 where a promise was broken. */
import { randomInt } from 'node:crypto';
import { runCampaign } from './campaign.ts';
import { runHistory } from './history.ts';
import { OptionsError, readOptions, USAGE, type Options } from './options.ts';
import { drawPlan } from './people/people.ts';
import { planText } from './plan-text.ts';
import { diaryText, failureText, summaryText } from './report.ts';
import { only } from './shrink.ts';
import { tellTeeth } from './teeth/teeth.ts';
import { findBroken } from './until-broken.ts';

/** New seeds are small enough to be typed. */
const NEW_SEEDS = 1_000_000_000;

/** The last lines of a history's diary that are printed where not all of them are. */
const LINES = 40;

/** So many histories have at least one picture in one of them. */
const SHOWN_BY = 5;

/** How often the line of progress is written anew (milliseconds). */
const PROGRESS_EVERY = 500;

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2), () => randomInt(NEW_SEEDS));
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    console.error(`${error.message}.\n\n${USAGE}`);
    process.exit(1);
  }
}

/** One history, told from its begin to its end. */
async function tellHistory({ seed, only: ids, ...drawing }: Options): Promise<boolean> {
  const drawn = drawPlan({ seed, ...drawing });
  const plan = ids === undefined ? drawn : only(drawn, ids);
  console.log(`Seed ${seed}: ${plan.acts.length} acts, ${plan.faults.length} faults\n${planText(plan)}\n`);
  const { violations, lines, digest } = await runHistory({ plan, trace: true });
  console.log(`${diaryText(drawing.trace ? lines : lines.slice(-LINES))}\n`);
  for (const { invariant, message } of violations) console.log(`Breaks "${invariant}": ${message}`);
  if (violations.length === 0) console.log('Every promise was kept.');
  console.log(`Its digest: ${digest}`);
  return violations.length === 0;
}

/** Many histories, told in numbers; those that break something as stories. */
async function tellCampaign({ seed, histories, ...drawing }: Options): Promise<boolean> {
  const seeds = Array.from({ length: histories }, (_, index) => seed + index);
  console.log(`Seeds ${seed} to ${seed + histories - 1}, ${drawing.faults === 'none' ? 'no' : drawing.faults} faults`);
  let written = 0;
  const progress = (done: number, failed: number) => {
    const now = performance.now();
    if (!process.stdout.isTTY || (now - written < PROGRESS_EVERY && done < histories)) return;
    written = now;
    process.stdout.write(`\r${done} of ${histories} histories, ${failed} broken`);
    if (done === histories) process.stdout.write('\n');
  };
  const campaign = await runCampaign({ drawing, seeds, progress });
  for (const failure of campaign.failures) console.log(`\n${failureText(failure)}\n`);
  console.log(summaryText(campaign));
  // Where no bot comes up every promise is kept. One history may end before its first picture.
  const isShown = histories < SHOWN_BY || campaign.totals.pictures > 0;
  if (!isShown) console.log('No picture was made in any of them: nothing is shown by that.');
  return campaign.failed === 0 && isShown;
}

function tell(options: Options): Promise<boolean> {
  if (options.teeth) return tellTeeth({ only: options.only, findBroken });
  return options.trace || options.only !== undefined ? tellHistory(options) : tellCampaign(options);
}

const options = optionsOrExit();
const kept = await tell(options);
process.exitCode = kept ? 0 : 1;
