/** A job: what a member asked for with one command or press, from reservation to delivery. The door to its record. Pure. */
export {
  FAILURES,
  jobSchema,
  type CompletedJob,
  type CompletedState,
  type Job,
  type JobState,
  type PostedMessage,
} from './schema.ts';
export {
  deliveryDeadline,
  idsOf,
  isAtRunComfy,
  isCompleted,
  isDeliverable,
  isFinal,
  isLost,
  isMissed,
  messagesOf,
  missingPictures,
  modelOf,
  requestIdOf,
  settlement,
  untilDeadline,
} from './states.ts';
export { advance, TransitionError, type JobEvent } from './transitions.ts';
