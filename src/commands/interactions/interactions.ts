/** The door to interactions: what is read of their packets, who handles them, how they are responded to. */
export { completeInteraction } from './complete-packet.ts';
export { createInteractions, type Interactions } from './dispatch.ts';
export { registerCommands } from './registration.ts';
export { createResponses, type Responses } from './responses.ts';
export { createThreadChannels, type ThreadChannels } from './thread-channels.ts';
