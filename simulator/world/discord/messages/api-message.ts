/** A message as the API gives it. Source: Discord, message resource, "Message Structure". */
import { APPLICATION_ID, apiUser, BOT } from '../api-users.ts';
import type { Message } from '../records.ts';

const moment = (at: number): string => new Date(at).toISOString().replace('Z', '000+00:00');

/** @param nameOf - a person's name by their id. */
export function apiMessage(
  { truth, channel, interaction, flags, attachments, nonce }: Message,
  nameOf: (id: string) => string,
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
      .map(({ id, filename, size, url, description }) => ({ id, filename, size, url, proxy_url: url, description })),
    embeds: truth.embeds.map((embed) => ({ type: 'rich', ...embed })),
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
