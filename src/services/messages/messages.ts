/** The door to what messages show: their type, the gallery, the status embed, a job's options in a gallery, the colours. */
export { COLOURS } from './colours.ts';
export { showText } from './display.ts';
export { requesterIn, withRequester } from './facts.ts';
export { sizeLabel, sizeName } from './size-name.ts';
export {
  BYTES_PER_MESSAGE,
  galleryMessage,
  messageShare,
  picturesIn,
  PICTURES_PER_MESSAGE,
  type GalleryPicture,
  type KeptPicture,
} from './gallery.ts';
export { plainLine, writeLines, type Line } from './lines.ts';
export { bodyOf, type ReplyMessage } from './message.ts';
export {
  readAsked,
  readOptions,
  REFERENCES_MAX,
  seedOrText,
  type AskedOptions,
  type JobPictures,
} from './options-in-url.ts';
export { showReferences, USE_PICTURE } from './references.ts';
export { refusalMessage } from './refusal.ts';
export type { Mending } from './buttons.ts';
export { shownModel, showModels, type KnownModels } from './shown-model.ts';
export { ending, replyMessage } from './status-embed.ts';
export { withoutJobButtons } from './buttons.ts';
