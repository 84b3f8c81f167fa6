import { apiAttachment } from '../files/files.ts';
import { apiUser } from '../world/api-objects.ts';
import { applicationIdOf } from '../world/world.ts';
import type { Embed, EmbedMedia } from '../request-bodies.ts';
import type { Message } from './records.ts';

/**
 * A message as the API gives it, the addresses of its files good from now on. Source: message resource, "Message Structure".
 *
 * @param open false for an application that may not see what is in it
 */
export function apiMessage(
  message: Message,
  { sign, open }: { sign: (address: string) => string; open: boolean },
): Record<string, unknown> {
  const { interaction, repliesTo, channel, pings } = message;
  const mentioned = pings.users.flatMap((id) => {
    const user = channel.guild?.members.get(id)?.user ?? (channel.recipient?.id === id ? channel.recipient : undefined);
    return user ? [apiUser(user)] : [];
  });
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: apiUser(message.author),
    content: open ? message.content : '',
    timestamp: timestamp(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : timestamp(message.editedAt),
    tts: false,
    mention_everyone: pings.everyone,
    mentions: mentioned,
    mention_roles: pings.roles,
    // A file that an embed shows by attachment:// is not listed (discord-api-docs #1340).
    attachments: open
      ? message.attachments.filter(({ inEmbed }) => !inEmbed).map((file) => apiAttachment(file, sign))
      : [],
    embeds: open ? message.embeds.map((embed) => withSigned(embed, sign)) : [],
    components: open ? message.components : [],
    pinned: false,
    flags: message.flags,
    ...(message.nonce !== null && { nonce: message.nonce }),
    ...(interaction && {
      application_id: applicationIdOf(message.author),
      webhook_id: applicationIdOf(message.author),
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type,
        user: apiUser(interaction.user),
        ...(interaction.target && { target_message_id: interaction.target.id }),
        authorizing_integration_owners: { '0': channel.guild?.id ?? '0' },
        ...(message !== interaction.original &&
          interaction.original && {
            original_response_message_id: interaction.original.id,
          }),
      },
    }),
    ...(repliesTo && {
      message_reference: { type: 0, message_id: repliesTo.id, channel_id: channel.id, guild_id: channel.guild?.id },
    }),
  };
}

/** An embed whose pictures are files of Discord's is shown with addresses that are good. */
function withSigned(embed: Embed, sign: (address: string) => string): Embed {
  const media = (part: EmbedMedia): EmbedMedia => ({
    ...part,
    ...(part.url && { url: sign(part.url) }),
    ...(part.proxy_url && { proxy_url: sign(part.proxy_url) }),
  });
  const icon = <Part extends { readonly icon_url?: string | null; readonly proxy_icon_url?: string }>(part: Part) => ({
    ...part,
    ...(part.icon_url && { icon_url: sign(part.icon_url) }),
    ...(part.proxy_icon_url && { proxy_icon_url: sign(part.proxy_icon_url) }),
  });
  const { image, thumbnail, author, footer } = embed;
  return {
    ...embed,
    ...(image && { image: media(image) }),
    ...(thumbnail && { thumbnail: media(thumbnail) }),
    ...(author && { author: icon(author) }),
    ...(footer && { footer: icon(footer) }),
  };
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000+00:00');
}
