/** The door to the faults: which bear on something now, and those that are drawn for a history. */
export { createFaults } from './active.ts';
export { drawFaults, drawPictureFaults, type Faults } from './draw.ts';
