/** A job: what a member asked for with one command or press, from reservation to delivery. The door to its record. Pure. */
export { jobSchema, newJob, type Job, type NewJob } from './read-job.ts';
export { FAILURES, type JobRequest, type PostedMessage } from './schema.ts';
export { isFree, isOver, type JobState } from './state-of-job.ts';
export {
  countedImages,
  deliveryDeadline,
  idsOf,
  isAtRunComfy,
  isCancellable,
  isFinal,
  isLost,
  isMissed,
  isUnderWay,
  messagesOf,
  modelOf,
  openRequests,
  requestIdOf,
  requestOf,
  runComfyIdOf,
  settlement,
  untilDeadline,
} from './states.ts';
export {
  hasJustCome,
  isDeliverable,
  isForgettable,
  missingPictures,
  picturesOf,
  pictureUrl,
  videosOf,
} from './pictures.ts';
export { advance, TransitionError, type JobEvent } from './transitions.ts';
