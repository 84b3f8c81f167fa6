/** The door to interactions: what is read of their packets, who handles them, how they are responded to. */
export { createHasBegun } from '../start-job/begun.ts';
export { completeInteraction } from './complete-packet.ts';
export { createInteractions } from './dispatch.ts';
export { createPackets } from './packets.ts';
export { CommandIds, registerCommands } from './registration.ts';
export { createResponses } from './responses.ts';
