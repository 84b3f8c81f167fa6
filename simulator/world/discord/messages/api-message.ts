/** A message as the API gives it. Source: Discord, message resource, "Message Structure". */
import { APPLICATION_ID, apiUser, BOT } from '../api-users.ts';
import type { Message } from '../records.ts';
import type { Embed } from './message-rules.ts';

const moment = (at: number): string => new Date(at).toISOString().replace('Z', '000+00:00');

/** An embed whose pictures are files of Discord's is shown with addresses that hold. */
function withSigned(embed: Embed, refresh: (address: string) => string): Embed {
  const { image, thumbnail } = embed;
  return {
    ...embed,
    ...(image && { image: { ...image, url: refresh(image.url) } }),
    ...(thumbnail && { thumbnail: { ...thumbnail, url: refresh(thumbnail.url) } }),
  };
}

/**
 * @param nameOf - a person's name by their id.
 * @param refresh - an address that holds from now on, of a file of Discord's.
 */
export function apiMessage(
  { truth, channel, interaction, flags, attachments, nonce }: Message,
  { nameOf, refresh }: { nameOf: (id: string) => string; refresh: (address: string) => string },
): object {
  return {
    id: truth.id,
    channel_id: channel.id,
    type: interaction === undefined ? 0 : 20,
    author: BOT,
    content: truth.content,
    timestamp: moment(truth.createdAt),
    edited_timestamp: truth.editedAt === undefined ? null : moment(truth.editedAt),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    // A file that an embed shows by attachment:// is not listed (discord-api-docs #1340).
    attachments: attachments
      .filter(({ inEmbed }) => !inEmbed)
      .map(({ id, filename, size, url: bare, description, picture }) => {
        const url = refresh(bare);
        const seen = picture === undefined ? {} : { content_type: 'image/png', width: 8, height: 8 };
        return { id, filename, size, url, proxy_url: url, description, ...seen };
      }),
    embeds: (truth.embeds as readonly Embed[]).map((embed) => ({ type: 'rich', ...withSigned(embed, refresh) })),
    components: truth.components,
    pinned: false,
    flags,
    ...(nonce === undefined ? {} : { nonce }),
    ...(interaction === undefined
      ? {}
      : {
          application_id: APPLICATION_ID,
          webhook_id: APPLICATION_ID,
          interaction_metadata: {
            id: interaction.id,
            type: interaction.type,
            user: apiUser(interaction.user, nameOf(interaction.user)),
            authorizing_integration_owners: { '0': channel.guild ?? '0' },
            ...(interaction.original !== undefined &&
              interaction.original.truth !== truth && {
                original_response_message_id: interaction.original.truth.id,
              }),
          },
        }),
  };
}
