import type { AllowedMentions } from '../request-bodies.ts';
import { permission, type Guild, type User } from '../world/world.ts';

/** Who a message notifies. */
export interface Pings {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

export const noPings: Pings = { users: [], roles: [], everyone: false };

/**
 * Whom a content notifies, given the `allowed_mentions` that came with it. Absent, everything in the content may ping.
 * Embeds never ping. Roles ping when they are mentionable, and everyone, only with Mention Everyone.
 * Source: message resource, "Allowed Mentions Object".
 */
export function pingsOf({
  content,
  allowed,
  guild,
  permissions,
  repliedTo,
}: {
  content: string;
  allowed: AllowedMentions | null | undefined;
  guild: Guild | null;
  /** What the sender may do in the channel. */
  permissions: bigint;
  repliedTo: User | null;
}): Pings {
  const parse = allowed ? (allowed.parse ?? []) : ['users', 'roles', 'everyone'];
  const mayPing = (kind: 'users' | 'roles', id: string): boolean =>
    parse.includes(kind) || (allowed?.[kind]?.includes(id) ?? false);
  const everyoneAllowed = (permissions & permission.MentionEveryone) !== 0n;
  const users = idsIn(content, /<@!?(\d{17,20})>/g).filter((id) => mayPing('users', id));
  const replied = repliedTo && (allowed ? allowed.replied_user === true : true) ? [repliedTo.id] : [];
  const roles = idsIn(content, /<@&(\d{17,20})>/g).filter((id) => {
    const role = guild?.roles.get(id);
    return role !== undefined && (role.mentionable || everyoneAllowed) && mayPing('roles', id);
  });
  const everyone = everyoneAllowed && parse.includes('everyone') && /@(?:everyone|here)\b/.test(content);
  return { users: [...new Set([...users, ...replied])], roles, everyone };
}

function idsIn(content: string, pattern: RegExp): string[] {
  return [...new Set([...content.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}
