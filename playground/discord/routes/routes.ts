import { applicationRoutes } from './application.ts';
import { channelRoutes } from './channel.ts';
import { callbackRoute } from './interaction-callback.ts';
import { createInteractionMessages } from './interaction-messages.ts';
import { webhookRoutes } from './interaction-webhook.ts';
import type { Commands } from '../commands/commands.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Route } from '../http/router.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Messages } from '../messages/messages.ts';
import type { World } from '../world/world.ts';

/** Every route of the REST API that the stand-in has. */
export function createRoutes({
  world,
  commands,
  gateway,
  messages,
  interactions,
  maxFileBytes,
  now,
}: {
  world: World;
  commands: Commands;
  gateway: Gateway;
  messages: Messages;
  interactions: Interactions;
  /** The `attachment_size_limit` that interactions carry. */
  maxFileBytes: number;
  now: () => number;
}): Route[] {
  const interactionMessages = createInteractionMessages({ world, messages, maxFileBytes });
  return [
    ...applicationRoutes({ world, commands, gateway }),
    ...channelRoutes({ world, messages, now }),
    callbackRoute({ messages, interactions, interactionMessages }),
    ...webhookRoutes({ messages, interactions, interactionMessages }),
  ];
}
