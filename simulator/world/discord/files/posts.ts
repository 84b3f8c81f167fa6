/** Messages of people's own, with pictures. The bot sees them where somebody uses its command on one, and reads nothing of them. */
import { apiUser } from '../api-users.ts';
import type { Channel } from '../records.ts';
import type { Snowflakes } from '../snowflakes.ts';
import type { Files } from './addresses.ts';
import { toldOf } from './given.ts';

export interface Post {
  readonly id: string;
  readonly channel: Channel;
  readonly member: string;
  readonly createdAt: number;
  readonly files: readonly { id: string; name: string; url: string }[];
  deleted: boolean;
}

export interface Posts {
  create(act: string, facts: { channel: Channel; member: string; files: readonly string[] }): Post;
  /** What an act of the plan has posted, as long as it stands. */
  ofAct(act: string): Post | undefined;
  get(id: string): Post | undefined;
  remove(post: Post): void;
  /** A file that comes with a command or a form. @returns as the API has it. */
  upload(act: string, name: string): object & { id: string; url: string };
  /** As the API gives it. @param open - whether its content is shown: only where the bot's command was used on it. */
  api(post: Post, options: { open: boolean }): object;
}

const attachment = (id: string, name: string, url: string) => ({ id, ...toldOf(name), url, proxy_url: url });

/** @param nameOf - a person's name by their id. */
export function createPosts({
  now,
  snowflakes,
  files,
  nameOf,
}: {
  now: () => number;
  snowflakes: Snowflakes;
  files: Files;
  nameOf: (id: string) => string;
}): Posts {
  const byAct = new Map<string, Post>();
  const byId = new Map<string, Post>();

  return {
    create(act, { channel, member, files: names }) {
      const own = names.map((name) => {
        const id = snowflakes(`file ${name} of ${act}`);
        return { id, name, url: files.keep(`attachments/${channel.id}/${id}/${name}`, name) };
      });
      const id = snowflakes(`post ${act}`);
      const post: Post = { id, channel, member, createdAt: now(), files: own, deleted: false };
      byAct.set(act, post);
      byId.set(id, post);
      return post;
    },
    ofAct(act) {
      const post = byAct.get(act);
      return post === undefined || post.deleted || post.channel.deleted ? undefined : post;
    },
    get: (id) => byId.get(id),
    remove(post) {
      post.deleted = true;
      for (const { url } of post.files) files.drop(url);
    },
    upload(act, name) {
      const id = snowflakes(`file ${name} of ${act}`);
      const url = files.keep(`ephemeral-attachments/${snowflakes(`folder of ${act}`)}/${id}/${name}`, name, {
        upload: true,
      });
      return { ...attachment(id, name, files.sign(url)), ephemeral: true };
    },
    api: ({ id, channel, member, createdAt, files: own }, { open }) => ({
      id,
      channel_id: channel.id,
      type: 0,
      author: apiUser(member, nameOf(member)),
      content: '',
      timestamp: new Date(createdAt).toISOString().replace('Z', '000+00:00'),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: open ? own.map((file) => attachment(file.id, file.name, files.sign(file.url))) : [],
      embeds: [],
      components: [],
      pinned: false,
      flags: 0,
    }),
  };
}
