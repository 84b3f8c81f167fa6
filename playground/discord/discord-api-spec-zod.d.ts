/**
 * What the schemas of `discord-api-spec/zod` give that the stand-in uses: the package ships them as plain JavaScript.
 * Only the fields that the stand-in looks at.
 */
declare module 'discord-api-spec/zod' {
  import type { ZodMiniType } from 'zod/mini';

  export const MessageCreateRequestSchema: ZodMiniType<MessageBody>;
  export const MessageEditRequestPartialSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookRequestPartialSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookUpdateRequestPartialSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookInteractionRequestSchema: ZodMiniType<MessageBody>;
  export const IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema: ZodMiniType<MessageBody>;
  export const CreateMessageInteractionCallbackRequestSchema: ZodMiniType<CallbackBody>;
  export const UpdateMessageInteractionCallbackRequestSchema: ZodMiniType<CallbackBody>;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: ZodMiniType<CallbackBody>;
  export const ModalInteractionCallbackRequestSchema: ZodMiniType<CallbackBody>;
  export const ModalInteractionCallbackRequestDataSchema: ZodMiniType<ModalBody>;
  export const ApplicationCommandCreateRequestSchema: ZodMiniType<CommandBody>;
  export const ApplicationCommandUpdateRequestSchema: ZodMiniType<CommandBody>;
  export const ApplicationCommandPatchRequestPartialSchema: ZodMiniType<Partial<CommandBody>>;
  export const CreatePrivateChannelRequestSchema: ZodMiniType<DirectMessageBody>;

  export interface Embed {
    readonly type?: string | null;
    readonly title?: string | null;
    readonly description?: string | null;
    readonly url?: string | null;
    readonly timestamp?: string | null;
    readonly color?: number | null;
    readonly author?: EmbedAuthor | null;
    readonly footer?: EmbedFooter | null;
    readonly image?: EmbedMedia | null;
    readonly thumbnail?: EmbedMedia | null;
    readonly fields?: readonly EmbedField[] | null;
  }

  export interface EmbedAuthor {
    readonly name?: string | null;
    readonly url?: string | null;
    readonly icon_url?: string | null;
    readonly proxy_icon_url?: string;
  }

  export interface EmbedFooter {
    readonly text?: string | null;
    readonly icon_url?: string | null;
    readonly proxy_icon_url?: string;
  }

  export interface EmbedMedia {
    readonly url?: string | null;
    readonly proxy_url?: string;
    readonly width?: number | null;
    readonly height?: number | null;
    readonly content_type?: string | null;
    readonly description?: string | null;
  }

  export interface EmbedField {
    readonly name: string;
    readonly value: string;
    readonly inline?: boolean | null;
  }

  export interface SelectOption {
    readonly label: string;
    readonly value: string;
    readonly description?: string | null;
    readonly default?: boolean | null;
  }

  export interface Media {
    readonly url: string;
  }

  export interface Component {
    readonly type: number;
    readonly id?: number | null;
    readonly custom_id?: string | null;
    readonly label?: string | null;
    readonly style?: number;
    readonly disabled?: boolean | null;
    readonly url?: string | null;
    readonly emoji?: { readonly id?: string | null; readonly name: string } | null;
    readonly content?: string;
    readonly value?: string | null;
    readonly required?: boolean | null;
    readonly min_length?: number | null;
    readonly max_length?: number | null;
    readonly min_values?: number | null;
    readonly max_values?: number | null;
    readonly file_types?: readonly string[] | null;
    readonly options?: readonly SelectOption[];
    readonly components?: readonly Component[];
    readonly component?: Component;
    readonly accessory?: Component;
    readonly items?: readonly { readonly media: Media; readonly description?: string | null }[];
    readonly media?: Media;
    readonly file?: Media;
  }

  export interface AllowedMentions {
    readonly parse?: readonly (string | null)[] | null;
    readonly users?: readonly (string | null)[] | null;
    readonly roles?: readonly (string | null)[] | null;
    readonly replied_user?: boolean | null;
  }

  export interface AttachmentRequest {
    readonly id: string;
    readonly filename?: string | null;
    readonly description?: string | null;
    readonly title?: string | null;
    readonly is_spoiler?: boolean | null;
  }

  export interface MessageBody {
    readonly content?: string | null;
    readonly embeds?: readonly Embed[] | null;
    readonly components?: readonly Component[] | null;
    readonly attachments?: readonly AttachmentRequest[] | null;
    readonly allowed_mentions?: AllowedMentions | null;
    readonly flags?: number | null;
    readonly nonce?: string | number | null;
    readonly enforce_nonce?: boolean | null;
    readonly tts?: boolean | null;
    readonly poll?: object | null;
    readonly sticker_ids?: readonly string[] | null;
    readonly message_reference?: {
      readonly message_id: string;
      readonly fail_if_not_exists?: boolean | null;
    } | null;
  }

  export interface ModalBody {
    readonly custom_id: string;
    readonly title: string;
    readonly components: readonly Component[];
  }

  export interface Choice {
    readonly name: string;
    readonly name_localizations?: Readonly<Record<string, string>> | null;
    readonly value: string | number;
  }

  export interface CallbackBody {
    readonly type: number;
    readonly data?: unknown;
  }

  export interface CommandOption {
    readonly type: number;
    readonly name: string;
    readonly name_localizations?: Readonly<Record<string, string>> | null;
    readonly description: string;
    readonly description_localizations?: Readonly<Record<string, string>> | null;
    readonly required?: boolean | null;
    readonly autocomplete?: boolean | null;
    readonly choices?: readonly Choice[] | null;
    readonly options?: readonly CommandOption[] | null;
    readonly channel_types?: readonly number[] | null;
    readonly min_value?: number | null;
    readonly max_value?: number | null;
    readonly min_length?: number | null;
    readonly max_length?: number | null;
    readonly file_types?: readonly string[] | null;
  }

  export interface CommandBody {
    readonly id?: string | null;
    readonly type?: number | null;
    readonly name: string;
    readonly name_localizations?: Readonly<Record<string, string>> | null;
    readonly description?: string | null;
    readonly description_localizations?: Readonly<Record<string, string>> | null;
    readonly options?: readonly CommandOption[] | null;
    readonly default_member_permissions?: string | number | null;
    readonly dm_permission?: boolean | null;
    readonly contexts?: readonly number[] | null;
    readonly integration_types?: readonly number[] | null;
    readonly nsfw?: boolean | null;
  }

  export interface DirectMessageBody {
    readonly recipient_id?: string | null;
  }
}
