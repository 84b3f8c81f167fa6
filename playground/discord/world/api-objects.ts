import { applicationIdOf, type Channel, type Guild, type Member, type Role, type User } from './entities.ts';
import { permissionsIn } from './permissions.ts';

/** A user as Discord describes it to an application. */
export function apiUser(user: User) {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.globalName,
    avatar: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    ...(user.bot && { bot: true }),
  };
}

/** A member as the API gives it; an interaction's also says what the member may do in the channel. */
export function apiMember(member: Member, channel?: Channel) {
  return {
    user: apiUser(member.user),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles.map((role) => role.id),
    joined_at: member.joinedAt,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    ...(channel && { permissions: permissionsIn(member, channel).toString() }),
  };
}

export function apiRole(role: Role) {
  return {
    id: role.id,
    name: role.name,
    description: null,
    permissions: role.permissions.toString(),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

export function apiChannel(channel: Channel) {
  const shared = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 };
  if (channel.recipient) return { ...shared, recipients: [apiUser(channel.recipient)] };
  const guildChannel = {
    ...shared,
    guild_id: channel.guild?.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (channel.parent) {
    return {
      ...guildChannel,
      owner_id: channel.guild?.ownerId,
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      thread_metadata: {
        archived: false,
        archive_timestamp: '2026-01-01T00:00:00.000000+00:00',
        auto_archive_duration: 10_080,
        locked: false,
        create_timestamp: '2026-01-01T00:00:00.000000+00:00',
      },
    };
  }
  return {
    ...guildChannel,
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
  };
}

export function apiGuild(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    icon_hash: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: [...guild.roles.values()].map(apiRole),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    max_presences: null,
    max_members: 25_000_000,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    nsfw_level: 0,
    nsfw: false,
    widget_enabled: false,
    widget_channel_id: null,
    incidents_data: null,
  };
}

/** What GUILD_CREATE carries besides the guild itself. Source: gateway events, "Guild Create Extra Fields". */
export function apiGuildCreate(guild: Guild, bot: User) {
  const channels = [...guild.channels.values()];
  const own = guild.members.get(bot.id);
  return {
    ...apiGuild(guild),
    joined_at: own?.joinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    // Without the privileged intents only the bot's own member and no presences are sent.
    members: own ? [apiMember(own)] : [],
    channels: channels.filter((channel) => !channel.parent).map(apiChannel),
    threads: channels.filter((channel) => channel.parent).map(apiChannel),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The application, as `GET /applications/@me` and `GET /oauth2/applications/@me` give it to the bot. */
export function apiApplication({ bot, host, guildCount }: { bot: User; host: User; guildCount: number }) {
  return {
    id: applicationIdOf(bot),
    name: bot.username,
    icon: null,
    description: 'Makes pictures.',
    summary: '',
    type: null,
    bot: apiUser(bot),
    bot_public: true,
    bot_require_code_grant: false,
    is_monetized: false,
    is_verified: false,
    discoverability_state: 1,
    hook: true,
    verify_key: '0'.repeat(64),
    flags: 0,
    owner: apiUser(host),
    team: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: guildCount,
    approximate_user_install_count: 0,
    integration_types_config: {
      '0': { oauth2_install_params: { scopes: ['applications.commands', 'bot'], permissions: '0' } },
    },
  };
}
