import { apiAttachment } from './attachments.ts';
import { apiUser } from '../world/api-objects.ts';
import { applicationIdOf } from '../world/world.ts';
import type { Message } from './records.ts';

/** A message as the API gives it. Source: message resource, "Message Structure". */
export function apiMessage(message: Message): Record<string, unknown> {
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
    content: message.content,
    timestamp: timestamp(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : timestamp(message.editedAt),
    tts: false,
    mention_everyone: pings.everyone,
    mentions: mentioned,
    mention_roles: pings.roles,
    // A file that an embed shows by attachment:// is not listed (discord-api-docs #1340).
    attachments: message.attachments.filter(({ inEmbed }) => !inEmbed).map(apiAttachment),
    embeds: message.embeds,
    components: message.components,
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

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000+00:00');
}
