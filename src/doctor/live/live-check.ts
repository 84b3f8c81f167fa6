/**
 * The live check: one picture and a few messages, by the bot's own ways to RunComfy and to Discord, to see whether they answer
 * as it takes for granted. What it has posted it takes away again, whatever happens in between.
 */
import type { Config } from '../../config.ts';
import { systemClock as clock } from '../../services/clock.ts';
import { CHANNEL_FILE_LIMIT } from '../../services/discord/reply.ts';
import { PictureError } from '../../services/pictures/download.ts';
import { fitPicture, type Picture } from '../../services/pictures/picture.ts';
import { readApplication } from '../application.ts';
import { createDiscordCalls } from './discord/calls.ts';
import { checkGallery } from './discord/gallery.ts';
import { checkNonce } from './discord/nonce.ts';
import { findPlace } from './discord/find-place.ts';
import type { Place } from './discord/place.ts';
import { checkDiscordRefusals } from './discord/refusals.ts';
import { createFound, differs, type Found } from './outcome.ts';
import { shorten } from './shown.ts';
import { checkPicture } from './picture.ts';
import { plainPicture } from './plain-picture.ts';
import { checkBalance, compareBalances } from './runcomfy/balance.ts';
import { createRunComfyCalls, type RunComfyCalls } from './runcomfy/calls.ts';
import { checkCatalogue, type LiveModel } from './runcomfy/catalogue.ts';
import { checkRefusals } from './runcomfy/refusals.ts';
import { followOne, submitOne, type Requested } from './runcomfy/request.ts';
import { checkCost } from './runcomfy/result.ts';

export interface LiveCheckOptions {
  config: Config;
  /** The id of the model that makes the picture. */
  model: string;
  channelId: string;
  /** Ends the check early; what is there is still taken away. */
  signal: AbortSignal;
  /** Says in a line what is being done. */
  tell: (line: string) => void;
  /** Between two looks at the request (milliseconds). */
  lookEvery?: number;
}

export interface LiveCheck {
  found: Found;
  model: string;
  requestId: string | undefined;
  /** US dollars that the request cost, as its result told. */
  cost: number | undefined;
  /** What kept the check from seeing more, and what it could not put back: a sentence each. */
  obstacles: string[];
}

/** @returns what was found, whatever they answer. */
export async function checkLive(options: LiveCheckOptions): Promise<LiveCheck> {
  const { config, model, channelId, tell } = options;
  const check: LiveCheck = { found: createFound(), model, requestId: undefined, cost: undefined, obstacles: [] };
  const call = createDiscordCalls(config.discord);
  tell('Looking for the channel');
  const { application, finding } = await readApplication(config.discord);
  const place = application && (await findPlace(channelId, { application, call, apiUrl: config.discord.apiUrl }));
  if (place === undefined || 'obstacle' in place) {
    // Nothing is paid for where half of the check is known to fail.
    check.obstacles.push(place === undefined ? `Discord ${finding.sentence}` : place.obstacle);
    return check;
  }
  const calls = createRunComfyCalls(config.runcomfy);
  try {
    await checkAll(check, { ...options, place, calls });
  } catch (error) {
    // What was found until then, and perhaps paid for, is still told.
    check.obstacles.push(
      options.signal.aborted ? 'The check was ended early' : `The check broke off: ${shorten(String(error))}`,
    );
  } finally {
    await calls.close();
    tell('Taking the messages away');
    const left = await place.clear();
    if (left.length > 0) check.obstacles.push(`Not taken away, remove by hand: messages ${left.join(', ')}`);
  }
  return check;
}

interface Work extends LiveCheckOptions {
  place: Place;
  calls: RunComfyCalls;
}

async function checkAll(check: LiveCheck, work: Work): Promise<void> {
  const { config, place, signal, tell } = work;
  const { found } = check;
  tell("Reading RunComfy's catalogue, and asking for what is not there");
  const live = await checkCatalogue(check.model, { calls: work.calls, found });
  await checkRefusals(config.runcomfy, { calls: work.calls, found });
  signal.throwIfAborted();
  const made = live === undefined ? undefined : await makePicture(check, { ...work, live });
  if (live === undefined) check.obstacles.push(`${check.model} cannot be asked: see npm run doctor -- --model`);
  signal.throwIfAborted();

  tell('Posting, editing and removing messages');
  // What Discord makes of messages is seen with any picture.
  const obstacle = await checkGallery(place, made ?? plainPicture(), { found, now: () => clock.now() });
  if (obstacle !== undefined) check.obstacles.push(obstacle);
  signal.throwIfAborted();
  if (obstacle === undefined) await checkNonce(place, found);
  await checkDiscordRefusals(place, { apiUrl: config.discord.apiUrl, found });
}

/** Has the picture made, and fetches it; `undefined` where there is none. */
async function makePicture(check: LiveCheck, work: Work & { live: LiveModel }) {
  const { config, live, calls, signal, tell, lookEvery = 2000 } = work;
  const { found, obstacles } = check;
  if ((live.profile.references?.min ?? 0) > 0) {
    obstacles.push(`${check.model} starts from pictures: name a model that does not, by --model`);
    return undefined;
  }
  const before = await checkBalance(config.runcomfy, found);
  signal.throwIfAborted();
  tell(`Asking ${live.profile.name} for one picture`);
  const requestCheck = { calls, found, lookEvery, signal, tell };
  const submitted = await submitOne(live, config.runcomfy, requestCheck);
  const { requestId, submittedAt } = submitted;
  if (requestId === undefined || submittedAt === undefined) {
    obstacles.push(submitted.stopped ?? 'The submit came to nothing');
    return undefined;
  }
  check.requestId = requestId;
  const request = await orCancel(followOne(requestId, submittedAt, requestCheck), { requestId, check, calls });
  check.cost = await checkCost(requestId, { page: live.page, result: request.result }, { calls, found });
  compareBalances({ before, after: await checkBalance(config.runcomfy, found), cost: check.cost }, found);
  if (request.stopped !== undefined) obstacles.push(request.stopped);
  const [address] = request.result?.status === 'succeeded' ? request.result.images : [];
  if (address === undefined) return undefined;
  tell('Fetching the picture');
  const { assetHosts } = config.runcomfy;
  const picture = await checkPicture(address, { assetHosts, size: live.profile.size?.default ?? '', found, signal });
  return picture && (await makeFit(picture, found));
}

/** As the bot posts it; `undefined` where it cannot be made lighter. */
async function makeFit(picture: Picture, found: Found): Promise<Picture | undefined> {
  try {
    return (await fitPicture(picture, CHANNEL_FILE_LIMIT)).picture;
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    found.note('picture-weight', differs(`${picture.size} bytes, and ${error.message}`));
    return undefined;
  }
}

/** A request that nobody waits for any more is cancelled, if it still can be. */
async function orCancel(
  following: Promise<Requested>,
  { requestId, check, calls }: { requestId: string; check: LiveCheck; calls: RunComfyCalls },
): Promise<Requested> {
  try {
    const request = await following;
    if (request.result !== undefined || request.stopped === undefined) return request;
    await cancel();
    return request;
  } catch (error) {
    await cancel();
    throw error;
  }

  async function cancel(): Promise<void> {
    const read = await calls.read((api) => api.cancel(requestId));
    const isCancelled = 'value' in read && read.value === 'cancelled';
    check.obstacles.push(
      isCancelled
        ? `Request ${requestId} was cancelled`
        : `Request ${requestId} was left as it is, and may be paid for`,
    );
  }
}
