import { allPermissions, permission, type PermissionName } from './permission-bits.ts';
import type { Channel, Member } from './entities.ts';

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
