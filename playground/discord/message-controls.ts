import { userOf } from './client/actor.ts';
import { say, type PlainMessage } from './client/say.ts';
import type { Files } from './files/files.ts';
import type { Message, Messages } from './messages/messages.ts';
import type { Channel, Member, User, World } from './world/world.ts';

/** What stands in the channels, what people write there, and the files of it. */
export function createMessageControls({
  world,
  messages,
  files,
  maxFileBytes,
}: {
  world: World;
  messages: Messages;
  files: Files;
  /** Bytes of one file that a person may send. */
  maxFileBytes: number;
}) {
  return {
    /** A channel's messages in order; ephemeral ones only for the one who sees them. Deleted ones on request. */
    messages(channel: Channel, { as, deleted = false }: { as?: Member | User; deleted?: boolean } = {}): Message[] {
      const user = as && userOf(as);
      const all = deleted ? messages.history(channel.id) : messages.list(channel.id);
      return all.filter(({ visibleTo }) => visibleTo === null || visibleTo === user);
    },
    message: messages.get,
    directMessages: (person: Member | User): Message[] => messages.list(world.directMessageWith(userOf(person)).id),

    /** The direct message channel between the bot and a person, opened on first use. */
    directMessageWith: (person: Member | User): Channel => world.directMessageWith(userOf(person)),

    /** A person writes a plain message, with files if they like. */
    say: (message: PlainMessage): Message => say({ world, messages, maxFileBytes }, message),
    deleteMessage: messages.remove,

    /** A file by its place on the host of files, as Discord's own client reaches it: `attachments/<channel>/<id>/<name>`. */
    file: files.at,
    /** A signed address, good from now on, of a file whose address this is or was. */
    sign: files.sign,
    /** Ends every address of a file that was given so far. */
    expireAddresses: files.expireAddresses,
  };
}
