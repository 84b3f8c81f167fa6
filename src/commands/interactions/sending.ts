/** How often a response is sent, and for how long. */
import { DiscordAPIError, Routes, type AutocompleteInteraction, type REST } from 'discord.js';
import type { Clock } from '../../services/clock.ts';
import { withDeadline } from '../../services/deadline.ts';
import { faultOf } from '../../services/discord/reply.ts';
import type { Repliable } from './command.ts';

/** Discord takes the first response to an interaction within 3 seconds of sending it (milliseconds). */
const ACKNOWLEDGE_WITHIN = 3000;

/** How often a response is sent at most, and how long the second try waits (milliseconds). */
const TRIES = 4;
const RETRY_DELAY = 250;

/** Discord's error code for an interaction that has its first response. */
const ALREADY_ACKNOWLEDGED = 40060;

/**
 * Whether Discord refused a call: any other failure may pass, as a 403 of what stands before Discord does, and may have come
 * after the call was taken.
 */
export function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && faultOf(error) !== 'trouble';
}

/** @param acknowledgements - for the first response to an interaction. */
export function createSending({
  acknowledgements,
  clock,
}: {
  acknowledgements: Pick<REST, 'post'>;
  clock: Pick<Clock, 'setTimeout' | 'sleep'>;
}) {
  /** The first response to an interaction, sent again while there is time for it. Gives Discord's refusal where it has one already. */
  function callback(interaction: Repliable | AutocompleteInteraction, body: object): Promise<unknown> {
    const route = Routes.interactionCallback(interaction.id, interaction.token);
    const query = new URLSearchParams({ with_response: 'true' });
    return withDeadline(clock, ACKNOWLEDGE_WITHIN, async (signal) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await acknowledgements.post(route, { body, query, auth: false, signal });
        } catch (error) {
          // The try before this one was taken, and only Discord's word of it was lost; or another process's was.
          if (tries > 1 && isRefusal(error) && error.code === ALREADY_ACKNOWLEDGED) return error;
          if (isRefusal(error) || signal.aborted || tries === TRIES) throw error;
        }
      }
    });
  }

  /** A call after the first response, where nobody counts the seconds. */
  async function retried<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (error) {
        if (isRefusal(error) || tries === TRIES) throw error;
        await clock.sleep(RETRY_DELAY * tries);
      }
    }
  }

  return { callback, retried };
}
