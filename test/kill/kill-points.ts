/** Where the bot is killed from outside: while one of its calls is on the way. */
import type { StandInEvent as DiscordEvent } from '../../playground/discord/stand-in.ts';
import type { ApiCall, StandInEvent as RunComfyEvent } from '../../playground/runcomfy/stand-in.ts';
import type { ProcessStage } from '../support/bot.ts';

/** Where the bot is killed: `arm` has it killed there, once. */
export interface KillPoint {
  name: string;
  arm(stage: ProcessStage): void;
}

/** An upload of pictures is larger than this, in bytes; every other body is smaller. */
const UPLOAD_BYTES = 5000;

function kill({ bot }: ProcessStage): void {
  bot.process.kill('SIGKILL');
}

/** The first request to Discord that fits: it is acted on, and its answer reaches nobody. */
function onDiscord(name: string, fits: (request: Extract<DiscordEvent, { type: 'request' }>) => boolean): KillPoint {
  return {
    name,
    arm(stage) {
      const stop = stage.discord.on((event) => {
        if (event.type !== 'request' || !fits(event)) return;
        stop();
        kill(stage);
      });
    },
  };
}

/** The edit of the reply that brings pictures. */
export const galleryEdit = onDiscord(
  'the edit that brings the pictures',
  ({ method, path, bytes }) => method === 'PATCH' && /original$/.test(path) && bytes > UPLOAD_BYTES,
);

/** The new message in the channel (or a direct one) that brings pictures. */
export const furtherMessage = onDiscord(
  'the further message',
  ({ method, path, bytes }) => method === 'POST' && path.startsWith('/channels/') && bytes > UPLOAD_BYTES,
);

/** The private follow-up, which is made without pictures. */
export const privateMessage = onDiscord(
  'the private message',
  ({ method, path }) => method === 'POST' && path.startsWith('/webhooks/'),
);

/** The edit that fills it. */
export const privateFill = onDiscord(
  'the edit that fills the private message',
  ({ method, path, bytes }) => method === 'PATCH' && /\/messages\/\d+$/.test(path) && bytes > UPLOAD_BYTES,
);

/** The acknowledgement of a command. */
export const acknowledgement = onDiscord('the acknowledgement', ({ path }) => path.startsWith('/interactions/'));

function onRunComfy(
  name: string,
  fits: (event: RunComfyEvent) => boolean,
  end: (stage: ProcessStage) => void,
): KillPoint {
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

/** A call of the Model API that is acted on and never answered. */
export function modelCall(call: ApiCall): KillPoint {
  return onRunComfy(
    call,
    (event) => event.type === 'request' && event.call === call,
    (stage) => {
      stage.runcomfy.failNext({ call, kind: 'hang', taken: true });
      // Its effect comes once its body has been read.
      setImmediate(kill, stage);
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

/** A submit hangs and is not taken; the operator stops the bot, and loses patience at once. */
export const submitWhileStopping: KillPoint = onRunComfy(
  'a submit, while stopping',
  (event) => event.type === 'request' && event.call === 'submit',
  ({ bot, runcomfy }) => {
    runcomfy.failNext({ call: 'submit', kind: 'hang', taken: false });
    bot.process.kill('SIGTERM');
    void bot.wrote('"msg":"stopping"').then(() => bot.process.kill('SIGKILL'));
  },
);
