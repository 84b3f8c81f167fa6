/** What a person in the page can do in Discord: each action is read strictly, then done as Discord's client does it. */
import { z } from 'zod';
import { guildPermissions, has } from '../../discord/stand-in.ts';
import { guildsOf } from './views.ts';
import type { Uploads } from './uploads.ts';
import type { Channel, DiscordStandIn, Interaction, Member, Message, User } from '../../discord/stand-in.ts';

const id = z.string().regex(/^\d{1,20}$/);
/** A file, by the name that its upload was given. */
const upload = z.strictObject({ upload: z.uuid() });
const optionValue = z.union([z.string(), z.number(), z.boolean(), upload]);
const formValue = z.union([z.string(), z.array(z.string()), z.array(upload)]);
const command = { userId: id, channelId: id, name: z.string(), options: z.record(z.string(), optionValue) };
const component = { userId: id, messageId: id, customId: z.string() };

const actionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('command'), ...command }),
  z.strictObject({ action: z.literal('autocomplete'), ...command, focused: z.string() }),
  z.strictObject({ action: z.literal('press'), ...component }),
  z.strictObject({ action: z.literal('select'), ...component, values: z.array(z.string()) }),
  z.strictObject({
    action: z.literal('submitModal'),
    interactionId: id,
    values: z.record(z.string(), formValue),
  }),
  z.strictObject({ action: z.literal('messageCommand'), userId: id, messageId: id, name: z.string() }),
  z.strictObject({
    action: z.literal('say'),
    userId: id,
    channelId: id,
    content: z.string().max(2000),
    files: z.array(upload).max(10),
  }),
  z.strictObject({ action: z.literal('delete'), userId: id, messageId: id }),
  z.strictObject({
    action: z.literal('language'),
    userId: id,
    locale: z.string().regex(/^[a-z]{2}(?:-[A-Z0-9]{2,3})?$/),
  }),
]);

/** Until an autocomplete is given up, as Discord's client does (milliseconds). */
const CHOICES_WITHIN = 3000;

export interface UserActions {
  /**
   * Does what a request's body asks for; returns what the page needs to know of it.
   *
   * @throws Error with a sentence for the person, where Discord's client would not have let them
   */
  perform(body: unknown): Promise<Record<string, unknown>>;
}

/**
 * Builds the actions.
 *
 * @param sent - told of every interaction the page has sent
 * @param changed - told when people have changed
 */
export function createUserActions({
  discord,
  uploads,
  sent,
  changed,
}: {
  discord: DiscordStandIn;
  uploads: Uploads;
  sent: (interaction: Interaction) => void;
  changed: () => void;
}): UserActions {
  /** Interactions whose modal may still be submitted. */
  const withModal = new Map<string, Interaction>();

  function channelOf(channelId: string): Channel {
    const guildChannel = guildsOf(discord)
      .map(({ channels }) => channels.get(channelId))
      .find((channel) => channel !== undefined);
    if (guildChannel) return guildChannel;
    const dm = people()
      .map((user) => discord.directMessageWith(user))
      .find((channel) => channel.id === channelId);
    if (!dm) throw new Error('That channel is gone.');
    return dm;
  }

  const people = (): User[] =>
    guildsOf(discord).flatMap(({ members }) => [...members.values()].map(({ user }) => user).filter(({ bot }) => !bot));

  function personOf(userId: string): User {
    const user = people().find((person) => person.id === userId);
    if (!user) throw new Error('There is no such person.');
    return user;
  }

  /** Who does it: a member where the channel is a guild's, else a user. */
  function actorIn(channel: Channel, userId: string): Member | User {
    const user = personOf(userId);
    if (!channel.guild) return user;
    const member = channel.guild.members.get(userId);
    if (!member) throw new Error(`${user.username} is no member of ${channel.guild.name}.`);
    return member;
  }

  function messageOf(messageId: string): Message {
    const message = discord.message(messageId);
    if (!message || message.deleted) throw new Error('That message is gone.');
    return message;
  }

  /** The options of a command, each file in the place of its name. */
  const withFiles = (options: Readonly<Record<string, z.infer<typeof optionValue>>>) =>
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        typeof value === 'object' ? uploads.take(value.upload) : value,
      ]),
    );

  /** What was filled into a form, likewise. */
  const formWithFiles = (values: Readonly<Record<string, z.infer<typeof formValue>>>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string'
          ? value
          : value.map((one) => (typeof one === 'string' ? one : uploads.take(one.upload))),
      ]),
    );

  /** One's own messages, and everybody's with Manage Messages. */
  const mayDelete = (actor: Member | User, { author }: Message): boolean =>
    'user' in actor ? actor.user === author || has(guildPermissions(actor), 'ManageMessages') : actor === author;

  function opened(interaction: Interaction): { interactionId: string } {
    withModal.set(interaction.id, interaction);
    sent(interaction);
    return { interactionId: interaction.id };
  }

  async function perform(body: unknown): Promise<Record<string, unknown>> {
    const action = actionSchema.parse(body);
    switch (action.action) {
      case 'command': {
        const channel = channelOf(action.channelId);
        const member = actorIn(channel, action.userId);
        return opened(discord.command({ member, channel, name: action.name, options: withFiles(action.options) }));
      }
      case 'autocomplete': {
        const channel = channelOf(action.channelId);
        const member = actorIn(channel, action.userId);
        const { name, options, focused } = action;
        const asked = discord.autocomplete({ member, channel, name, options: withFiles(options), focused });
        const { choices } = await asked.until((interaction) => interaction.choices !== null, CHOICES_WITHIN);
        return { choices };
      }
      case 'press':
      case 'select': {
        const message = messageOf(action.messageId);
        const member = actorIn(message.channel, action.userId);
        const { customId } = action;
        return opened(
          action.action === 'press'
            ? discord.press({ member, message, customId })
            : discord.select({ member, message, customId, values: action.values }),
        );
      }
      case 'submitModal': {
        const interaction = withModal.get(action.interactionId);
        if (!interaction) throw new Error('That form is gone.');
        return opened(discord.submitModal({ interaction, values: formWithFiles(action.values) }));
      }
      case 'messageCommand': {
        const message = messageOf(action.messageId);
        const member = actorIn(message.channel, action.userId);
        return opened(discord.messageCommand({ member, message, name: action.name }));
      }
      case 'say': {
        const channel = channelOf(action.channelId);
        const files = action.files.map(({ upload: name }) => uploads.take(name));
        discord.say({ member: actorIn(channel, action.userId), channel, content: action.content, files });
        return {};
      }
      case 'delete': {
        const message = messageOf(action.messageId);
        if (!mayDelete(actorIn(message.channel, action.userId), message)) throw new Error('That message is not yours.');
        discord.deleteMessage(message);
        return {};
      }
      case 'language':
        discord.setLocale(personOf(action.userId), action.locale);
        changed();
        return {};
    }
  }

  return { perform };
}
