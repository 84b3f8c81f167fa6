/** An interaction as the gateway brings it. Source: Discord, receiving and responding, "Interaction Structure". */
import { APPLICATION_ID, apiUser } from './api-users.ts';
import { FILE_LIMIT } from './messages/messages.ts';
import type { Places } from './places.ts';
import type { Interaction, Message } from './records.ts';

const TEXT_CHANNEL = 0;
const DIRECT_MESSAGES = 1;
const PUBLIC_THREAD = 11;

/** Everything a bot may do in direct messages. */
const ALL = String((1n << 53n) - 1n);

/** @param api - a message as the API gives it. */
export function packetOf(
  { id, token, type, user, channel, source }: Interaction,
  data: object,
  { places, api }: { places: Places; api: (message: Message) => object },
): object {
  const { guild } = channel;
  const person = apiUser(user, places.nameOf(user));
  const shared = {
    id,
    application_id: APPLICATION_ID,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    attachment_size_limit: FILE_LIMIT,
    locale: 'en-US',
    entitlements: [],
    context: guild === undefined ? DIRECT_MESSAGES : 0,
    authorizing_integration_owners: { '0': guild ?? '0' },
    ...(source && { message: api(source) }),
  };
  if (guild === undefined) {
    return { ...shared, app_permissions: ALL, user: person, channel: { id: channel.id, type: DIRECT_MESSAGES } };
  }
  return {
    ...shared,
    app_permissions: places.botPermissions(channel),
    guild_id: guild,
    guild_locale: 'en-US',
    guild: { id: guild, locale: 'en-US', features: [] },
    channel: { id: channel.id, type: channel.thread ? PUBLIC_THREAD : TEXT_CHANNEL, guild_id: guild },
    member: {
      user: person,
      nick: null,
      roles: places.roleIdsOf(guild, user),
      permissions: String(places.permissionsOf(guild, user)),
      joined_at: '2025-01-01T00:00:00.000000+00:00',
      deaf: false,
      mute: false,
      flags: 0,
    },
  };
}
