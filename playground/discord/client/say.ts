import { actorIn, type Actor } from './actor.ts';
import { checkUpload, type Upload } from '../files/uploads.ts';
import { has, permissionsIn, type Channel, type PermissionName, type World } from '../world/world.ts';
import type { Embed } from '../request-bodies.ts';
import type { Message, Messages } from '../messages/messages.ts';

/** A plain message of a person. */
export interface PlainMessage {
  readonly member: Actor;
  readonly channel: Channel;
  readonly content?: string;
  readonly files?: readonly Upload[];
  /** What Discord shows of the links in it. */
  readonly embeds?: readonly Embed[];
}

/**
 * Posts a message of a person, with the files that they may send.
 *
 * @throws Error when Discord's client would not send it
 */
export function say(
  { world, messages, maxFileBytes }: { world: World; messages: Messages; maxFileBytes: number },
  { member: actor, channel, content = '', files = [], embeds = [] }: PlainMessage,
): Message {
  const { user, member } = actorIn(world, actor, channel);
  for (const file of files) checkUpload(file, maxFileBytes);
  const bits = member ? permissionsIn(member, channel) : null;
  const needed: PermissionName[] = [
    channel.parent ? 'SendMessagesInThreads' : 'SendMessages',
    ...(files.length > 0 ? (['AttachFiles'] as const) : []),
  ];
  const lacking = bits === null ? undefined : needed.find((name) => !has(bits, name));
  if (lacking) throw new Error(`${user.username} lacks ${lacking} there`);
  const parts = files.map(({ name, bytes }, index) => ({
    name: `files[${index}]`,
    filename: name,
    contentType: null,
    bytes: Buffer.from(bytes),
  }));
  return messages.create({
    form: { body: { content, ...(embeds.length > 0 && { embeds }) }, parts },
    channel,
    author: user,
    maxFileBytes,
    permissions: bits ?? 0n,
  });
}
