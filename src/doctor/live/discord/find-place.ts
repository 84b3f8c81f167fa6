/** The channel that is named on the command line, as the bot finds it. */
import { z } from 'zod';
import type { Application } from '../../application.ts';
import { createIsDiscords } from '../../../services/references/references.ts';
import { systemClock as clock } from '../../../services/clock.ts';
import type { CallDiscord } from './calls.ts';
import { createPlace, type Place } from './place.ts';

/** How far back the mark lies (milliseconds): this machine's clock may be so far ahead of Discord's. */
const CLOCK_SKEW = 10 * 60_000;

/** Discord's first moment (milliseconds since the epoch). Source: its documentation, reference, "Snowflakes". */
const DISCORD_EPOCH = 1_420_070_400_000;

const userSchema = z.object({ id: z.string() });

/** Unknown channel, missing access, lacks permission. */
const CLOSED = [10003, 50001, 50013];

/** @returns the place, or the sentence why there is none. */
export async function findPlace(
  channelId: string,
  { application, apiUrl, call }: { application: Application; apiUrl: string; call: CallDiscord },
): Promise<Place | { obstacle: string }> {
  const channel = await call({ method: 'get', route: `/channels/${channelId}` });
  // Any other answer is none about the channel: whether messages can be posted there is seen then.
  if (channel.status === 0 || channel.status === 401 || CLOSED.includes(channel.code ?? 0)) {
    const where =
      'invite the bot there, or copy the id of another channel (Discord > Settings > Advanced > Developer Mode)';
    return { obstacle: `The bot cannot see channel ${channelId} (${channel.shown}): ${where}` };
  }
  const user = await call({ method: 'get', route: '/users/@me' });
  // Most applications have their bot's id.
  const botUserId = userSchema.safeParse(user.body).data?.id ?? application.id;
  // The low bits of an id count within a millisecond: here they tell two checks apart.
  const moment = BigInt(clock.now() - CLOCK_SKEW - DISCORD_EPOCH);
  const mark = String((moment << 22n) + BigInt(process.pid % 4096));
  return createPlace({
    channelId,
    botUserId,
    applicationId: application.id,
    mark,
    call,
    isDiscords: createIsDiscords(apiUrl),
  });
}
