/** Pictures that a model is given to start from. The door. */
export { createIsDiscords, holds, isSameFile, type IsDiscords } from './addresses.ts';
export { checkReferences, type ReferenceProblem } from './check.ts';
export { referenceSchema, type Reference } from './reference.ts';
