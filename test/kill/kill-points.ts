/** Where the bot is killed from outside: while one of its calls is on the way. */
import type { StandInEvent as DiscordEvent } from '../../playground/discord/stand-in.ts';
import type { ApiCall, StandInEvent as RunComfyEvent } from '../../playground/runcomfy/stand-in.ts';
import type { Stage } from '../support/bot.ts';

/** Whether what the call asks for happens though the bot is gone. */
export type Effect = 'acted' | 'not acted';

/** Where the bot is killed: `arm` has it killed there, once. */
export interface KillPoint {
  name: string;
  arm(stage: Stage): void;
}

/** An upload of pictures is larger than this, in bytes; every other body is smaller. */
const UPLOAD_BYTES = 5000;

function kill({ bot }: Stage): void {
  bot.process.kill('SIGKILL');
}

/** Two kill points of one name are told apart by how the bot ends. */
function suffix(end: (stage: Stage) => void): string {
  return end === kill ? '' : ', while stopping';
}

/** The first request to Discord that fits. */
function onDiscord(
  name: string,
  fits: (request: Extract<DiscordEvent, { type: 'request' }>) => boolean,
  effect: Effect,
  end = kill,
): KillPoint {
  return {
    name: `${name}, ${effect}${suffix(end)}`,
    arm(stage) {
      const stop = stage.discord.on((event) => {
        if (event.type !== 'request' || !fits(event)) return;
        stop();
        // The fault is looked for after this, so it is this request's.
        if (effect === 'not acted') stage.discord.failNext({ path: /^/, destroy: 'before' });
        end(stage);
      });
    },
  };
}

/** The edit of the reply that brings pictures. */
export const galleryEdit = (effect: Effect, end = kill): KillPoint =>
  onDiscord(
    'the edit that brings the pictures',
    ({ method, path, bytes }) => method === 'PATCH' && /original$/.test(path) && bytes > UPLOAD_BYTES,
    effect,
    end,
  );

/** The new message in the channel (or a direct one) that brings pictures. */
export const furtherMessage = (effect: Effect): KillPoint =>
  onDiscord(
    'the further message',
    ({ method, path, bytes }) => method === 'POST' && path.startsWith('/channels/') && bytes > UPLOAD_BYTES,
    effect,
  );

/** The private follow-up, which is made without pictures. */
export const privateMessage = (effect: Effect): KillPoint =>
  onDiscord('the private message', ({ method, path }) => method === 'POST' && path.startsWith('/webhooks/'), effect);

/** The edit that fills it. */
export const privateFill = (effect: Effect): KillPoint =>
  onDiscord(
    'the edit that fills the private message',
    ({ method, path, bytes }) => method === 'PATCH' && /\/messages\/\d+$/.test(path) && bytes > UPLOAD_BYTES,
    effect,
  );

/** The acknowledgement of a command. */
export const acknowledgement = (effect: Effect): KillPoint =>
  onDiscord('the acknowledgement', ({ path }) => path.startsWith('/interactions/'), effect);

function onRunComfy(name: string, fits: (event: RunComfyEvent) => boolean, end: (stage: Stage) => void): KillPoint {
  return {
    name,
    arm(stage) {
      const stop = stage.runcomfy.on((event) => {
        if (!fits(event)) return;
        stop();
        end(stage);
      });
    },
  };
}

/** A call of the Model API that is never answered. */
export function modelCall(call: ApiCall, effect: Effect, end = kill): KillPoint {
  return onRunComfy(
    `${call}, ${effect}${suffix(end)}`,
    (event) => event.type === 'request' && event.call === call,
    (stage) => {
      stage.runcomfy.failNext({ call, kind: 'hang', taken: effect === 'acted' });
      if (effect === 'not acted') end(stage);
      // Its effect comes once its body has been read.
      else setImmediate(end, stage);
    },
  );
}

/** The submit has made its job, and the answer is not out yet. */
export const submitTaken: KillPoint = onRunComfy(
  'a submit that was taken',
  (event) => event.type === 'job' && event.state === 'in_queue',
  kill,
);

/** The second picture has been fetched. */
export const pictureFetched: KillPoint = onRunComfy(
  'the fetch of the pictures',
  (event) => event.type === 'asset' && event.number === 2,
  kill,
);

/** The operator stops the bot, and loses patience at once. */
export function stopAndKill(stage: Stage): void {
  const { bot } = stage;
  bot.process.kill('SIGTERM');
  void bot.wrote('"msg":"stopping"').then(() => bot.process.kill('SIGKILL'));
}
