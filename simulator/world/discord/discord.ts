/** The door to Discord as a history has it: REST, the gateway, people at their clients, by the documented rules. */
import type { FailedCall, InteractionTruth, MessageTruth, Told } from '../truth.ts';
import type { DiscordWorld, Ground } from '../world.ts';
import { createActs } from './client/acts.ts';
import { createGateway } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { apiMessage } from './messages/api-message.ts';
import type { MessageBody } from './messages/message-rules.ts';
import { createMessages } from './messages/messages.ts';
import { gist, linesOf } from './messages/text.ts';
import { createFiles } from './files/addresses.ts';
import { createPosts } from './files/posts.ts';
import { createPlaces } from './places.ts';
import type { Message } from './records.ts';
import { createRateLimits } from './rest/rate-limits.ts';
import { createRest } from './rest/rest.ts';
import { createServe } from './rest/serve.ts';
import { applicationRoutes, createCommands } from './routes/application.ts';
import { callbackRoute } from './routes/callback.ts';
import { channelRoutes } from './routes/channel.ts';
import { createRoutes, type Call } from './routes/route.ts';
import { webhookRoutes } from './routes/webhook.ts';
import { createSnowflakes } from './snowflakes.ts';

export { HOST, idOf } from '../names.ts';
export { APPLICATION_ID } from './api-users.ts';
export { AUTOMOD_WORD } from './messages/messages.ts';
export { faultOf } from './files/given.ts';
export { DISCORD_TROUBLES, GATEWAY_TROUBLES } from './troubles.ts';

/** How often discord.js sends a call by the bot's token again by itself, as the bot sets it. */
const BOT_RETRIES = 3;

/** What a call shows, for the diary. */
function shown({ body, parts }: Call): string {
  const { content, embeds, components } = (body ?? {}) as MessageBody;
  const lines = linesOf({
    content: content ?? '',
    embeds: embeds ?? [],
    components: components ?? [],
    attachments: [],
  });
  return `"${gist(lines)}"${parts.length > 0 ? ` with ${parts.length} files` : ''}`;
}

export function createDiscordWorld(ground: Ground): DiscordWorld {
  const { time, random, plan } = ground;
  const now = () => time.now();
  const interactionTruths = new Map<string, InteractionTruth>();
  const messageTruths = new Map<string, MessageTruth>();
  const told: Told[] = [];
  const failures: FailedCall[] = [];
  const snowflakes = createSnowflakes({ now, random: random.of('discord', 'ids') });
  const places = createPlaces({ now, people: plan.people ?? [] });
  const rateLimits = createRateLimits({ now });
  const life = plan.faults.find((fault) => fault.kind === 'addresses')?.life;
  const files = createFiles({ now, life });
  const nameOf = (id: string) => places.nameOf(id);
  const posts = createPosts({ now, snowflakes, files, nameOf });
  const messages = createMessages({ now, snowflakes, files, messages: messageTruths, told });
  const interactions = createInteractions({ now, snowflakes, interactions: interactionTruths });
  const commands = createCommands();
  const gateway = createGateway(ground);
  const api = (message: Message) => apiMessage(message, { nameOf, refresh: (address) => files.refresh(address) });
  const routes = createRoutes([
    callbackRoute({ now, messages, interactions, api, shown }),
    webhookRoutes({ messages, interactions, api, shown }),
    channelRoutes({ now, places, messages, posts, rateLimits, api, shown }),
    applicationRoutes({ places, commands }),
  ]);
  const serve = createServe(ground, { rateLimits, told, failures });
  const rest = (kind: Parameters<typeof createRest>[0]) => createRest(kind, { routes, serve });

  return {
    connect: (process) => ({
      acknowledgements: rest({ process, hasToken: false, retries: 0 }),
      rest: rest({ process, hasToken: false, retries: 0 }),
      botRest: rest({ process, hasToken: true, retries: BOT_RETRIES }),
    }),
    login: (process) => gateway.login(process),
    act: createActs({ ground, places, messages, posts, files, interactions, commands, gateway, api }),
    files,
    interactions: interactionTruths,
    messages: messageTruths,
    told,
    failures,
  };
}
