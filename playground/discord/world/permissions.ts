import type { Channel, Member } from './world.ts';

/** The permission bits that the stand-in knows by name. Source: permissions, "Bitwise Permission Flags". */
export const permission = {
  CreateInstantInvite: 1n << 0n,
  KickMembers: 1n << 1n,
  BanMembers: 1n << 2n,
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  SendTtsMessages: 1n << 12n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  UseExternalEmojis: 1n << 18n,
  ManageRoles: 1n << 28n,
  ManageWebhooks: 1n << 29n,
  UseApplicationCommands: 1n << 31n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;

export type PermissionName = keyof typeof permission;

/** Every permission that exists, as an administrator has them. */
export const allPermissions = (1n << 53n) - 1n;

/** What a role of ordinary members may do. */
export const ordinaryPermissions = bitsOf([
  'AddReactions',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'SendMessagesInThreads',
]);

export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | permission[name], 0n);
}

/**
 * What a member may do in a channel: roles first, then the channel's overwrites for everyone, for the roles, for the
 * member. A thread has its parent's. Source: permissions, "Permission Overwrites".
 */
export function permissionsIn(member: Member, channel: Channel): bigint {
  const base = guildPermissions(member);
  if (base & permission.Administrator) return allPermissions;
  const { overwrites } = channel.parent ?? channel;
  const roleIds = new Set(member.roles.map((role) => role.id));
  let bits = base;
  for (const { id, allow, deny } of overwrites) if (id === member.guild.id) bits = (bits & ~deny) | allow;
  let allowed = 0n;
  let denied = 0n;
  for (const { id, allow, deny } of overwrites) {
    if (!roleIds.has(id) || id === member.guild.id) continue;
    allowed |= allow;
    denied |= deny;
  }
  bits = (bits & ~denied) | allowed;
  for (const { id, allow, deny } of overwrites) if (id === member.user.id) bits = (bits & ~deny) | allow;
  // Without View Channel nothing else is left. Source: permissions, "Implicit Permissions".
  return bits & permission.ViewChannel ? bits : 0n;
}

/** What a member's roles allow in the guild as a whole. */
export function guildPermissions(member: Member): bigint {
  if (member.user.id === member.guild.ownerId) return allPermissions;
  const everyone = member.guild.roles.get(member.guild.id)?.permissions ?? 0n;
  const bits = member.roles.reduce((sum, role) => sum | role.permissions, everyone);
  return bits & permission.Administrator ? allPermissions : bits;
}

/** True when the bits hold the permission. */
export function has(bits: bigint, name: PermissionName): boolean {
  return bits === allPermissions || (bits & permission[name]) !== 0n;
}
