import { apiChannel, apiMember, apiUser } from '../world/api-objects.ts';
import {
  allPermissions,
  applicationIdOf,
  permissionsIn,
  type Channel,
  type Member,
  type User,
} from '../world/world.ts';

/**
 * The fields that every interaction has, whatever was done. Source: receiving and responding, "Interaction Structure".
 *
 * @param member null in a direct message
 */
export function interactionPayload({
  id,
  token,
  type,
  user,
  member,
  channel,
  bot,
  fileLimit,
  data,
}: {
  id: string;
  token: string;
  type: number;
  user: User;
  member: Member | null;
  channel: Channel;
  bot: User;
  fileLimit: number;
  data: unknown;
}): Record<string, unknown> {
  const { guild } = channel;
  const own = guild?.members.get(bot.id);
  const here = own ? permissionsIn(own, channel) : 0n;
  const shared = {
    id,
    application_id: applicationIdOf(bot),
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    app_permissions: (guild ? here : allPermissions).toString(),
    attachment_size_limit: fileLimit,
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    context: guild ? 0 : 1,
    authorizing_integration_owners: { '0': guild?.id ?? '0' },
  };
  if (!guild || !member) return { ...shared, user: apiUser(user), channel: apiChannel(channel) };
  return {
    ...shared,
    guild_id: guild.id,
    guild_locale: guild.locale,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    channel: { ...apiChannel(channel), permissions: permissionsIn(member, channel).toString() },
    member: { ...apiMember(member, channel), unusual_dm_activity_until: null },
  };
}
