/** What applications send, once Discord's own schemas have passed it. */
export type {
  AllowedMentions,
  AttachmentRequest,
  Choice,
  CommandBody,
  CommandOption,
  Component,
  Embed,
  EmbedMedia,
  MessageBody,
  ModalBody,
} from 'discord-api-spec/zod';
