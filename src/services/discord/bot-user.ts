/** The bot's own user, by which its messages are told from others'. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';

const userSchema = z.object({ id: z.string() });

/**
 * Gives the bot's user. The gateway tells it; a delivery that begins before that, or while the gateway is away, asks for it: an
 * application older than 2016 has another id than its bot, and a message that is not known as the bot's own would be made again.
 *
 * @param told - what the gateway has told.
 * @returns what gives its id, and rejects where Discord does not answer.
 */
export function createBotUser({
  told,
  botRest,
}: {
  told: () => string | undefined;
  botRest: Pick<REST, 'get'>;
}): () => Promise<string> {
  let asked: string | undefined;
  return async () => told() ?? (asked ??= userSchema.parse(await botRest.get(Routes.user())).id);
}
