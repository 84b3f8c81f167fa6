import { checkOffered, readOptions, resolvedOf, type OptionValue } from './command-input.ts';
import { apiMessage, componentType, flatten, type Interaction, type Message } from '../messages/messages.ts';
import { interactionPayload } from './interaction-payload.ts';
import type { Component } from '../request-bodies.ts';
import type { Commands } from '../commands/commands.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Channel, Member, User, World } from '../world/world.ts';

/** Who does something: a member of a guild, or a user in a direct message. */
export type Actor = Member | User;

/** A slash command as typed. */
export interface CommandInput {
  readonly member: Actor;
  readonly channel: Channel;
  /** The name, with group and subcommand after it where there are: `limits set`. */
  readonly name: string;
  readonly options?: Readonly<Record<string, OptionValue | undefined>>;
  /**
   * Options that have choices and are sent by the choice's name in the member's language, as Discord's client does after a
   * channel switch or a pasted command. Source: discord-api-docs #7206, #7916.
   */
  readonly named?: readonly string[];
}

/** What people do in Discord's client: each action is checked as the client checks it, then sent to the application. */
export function createClientActions({
  world,
  commands,
  interactions,
  gateway,
  fileLimit,
}: {
  world: World;
  commands: Commands;
  interactions: Interactions;
  gateway: Gateway;
  fileLimit: number;
}) {
  /** Who does it: a member in a channel of their guild, or a user in a direct message with the bot. */
  function resolveActor(actor: Actor, channel: Channel): { user: User; member: Member | null } {
    const user = 'user' in actor ? actor.user : actor;
    if (!channel.guild) {
      if (channel.recipient !== user) throw new Error(`${user.username} is not in that direct message`);
      return { user, member: null };
    }
    const member = channel.guild.members.get(user.id);
    if (!member) throw new Error(`${user.username} is no member of ${channel.guild.name}`);
    if (!world.channels.has(channel.id)) throw new Error('That channel is gone');
    return { user, member };
  }

  function send({
    actor,
    channel,
    type,
    data,
    source = null,
    overrides = {},
  }: {
    actor: Actor;
    channel: Channel;
    type: number;
    data: unknown;
    source?: Message | null;
    overrides?: Readonly<Record<string, unknown>>;
  }): Interaction {
    const { user, member } = resolveActor(actor, channel);
    const interaction = interactions.open({
      type,
      user,
      member,
      channel,
      source,
      describe: (opened) => ({
        ...interactionPayload({ ...opened, type, user, member, channel, bot: world.bot, fileLimit, data }),
        ...(source && { message: apiMessage(source) }),
        ...overrides,
      }),
    });
    deliver(interaction);
    return interaction;
  }

  function deliver(interaction: Interaction): void {
    const { guild, payload } = interaction;
    const sessions = gateway.broadcast({ name: 'INTERACTION_CREATE', guildId: guild?.id ?? null, data: () => payload });
    interactions.sent(interaction, sessions);
  }

  function invoke(input: CommandInput, focused: string | null): Interaction {
    const { member: actor, channel, name, options = {}, named } = input;
    const { user, member } = resolveActor(actor, channel);
    const [first = '', ...words] = name.split(' ');
    const command = commands.find(channel.guild?.id ?? null, first);
    if (!command) throw new Error(`No command /${first} is registered`);
    checkOffered({ command, member, channel });
    const read = readOptions({ command, words, given: options, named, locale: user.locale, focused });
    const resolved = resolvedOf(read, channel.guild);
    const data = {
      id: command.id,
      name: command.name,
      type: 1,
      ...(command.guild_id && { guild_id: command.guild_id }),
      ...(read.length > 0 && { options: read }),
      ...(resolved && { resolved }),
    };
    return send({ actor, channel, type: focused === null ? 2 : 4, data });
  }

  /** The component a person sees under a message. */
  function componentOf(message: Message, customId: string, actor: Actor): Component {
    const user = 'user' in actor ? actor.user : actor;
    if (message.deleted) throw new Error('That message is deleted');
    if (message.visibleTo && message.visibleTo !== user) throw new Error(`${user.username} does not see that message`);
    const found = flatten(message.components, []).find(({ component }) => component.custom_id === customId);
    if (!found) throw new Error(`The message has no component "${customId}"`);
    if (found.component.disabled) throw new Error(`The component "${customId}" is disabled`);
    return found.component;
  }

  return {
    command: (input: CommandInput): Interaction => invoke(input, null),

    autocomplete: ({ focused, ...input }: CommandInput & { readonly focused: string }): Interaction =>
      invoke(input, focused),

    press({ member, message, customId }: { member: Actor; message: Message; customId: string }): Interaction {
      const component = componentOf(message, customId, member);
      if (component.type !== componentType.button) throw new Error(`"${customId}" is no button`);
      const data = { component_type: component.type, custom_id: customId, id: component.id };
      return send({ actor: member, channel: message.channel, type: 3, data, source: message });
    },

    select({
      member,
      message,
      customId,
      values,
    }: {
      member: Actor;
      message: Message;
      customId: string;
      values: readonly string[];
    }): Interaction {
      const component = componentOf(message, customId, member);
      if (component.type !== componentType.select) throw new Error(`"${customId}" is no string select`);
      const known = (component.options ?? []).map(({ value }) => value);
      if (values.some((value) => !known.includes(value))) throw new Error(`"${customId}" has no such option`);
      const least = component.min_values ?? 1;
      const most = component.max_values ?? 1;
      if (values.length < least || values.length > most)
        throw new Error(`"${customId}" wants ${least} to ${most} values`);
      const data = { component_type: component.type, custom_id: customId, id: component.id, values };
      return send({ actor: member, channel: message.channel, type: 3, data, source: message });
    },

    submitModal({
      interaction,
      values,
    }: {
      interaction: Interaction;
      values: Readonly<Record<string, string | readonly string[]>>;
    }): Interaction {
      const { modal, source } = interaction;
      if (!modal) throw new Error('That interaction showed no modal');
      const inputs = flatten(modal.components, []).flatMap(({ component }) => component.custom_id ?? []);
      const unknown = Object.keys(values).find((customId) => !inputs.includes(customId));
      if (unknown !== undefined) throw new Error(`The modal has no input "${unknown}"`);
      const data = {
        custom_id: modal.custom_id,
        components: modal.components.map((component, index) => filled(component, values, index + 1)),
      };
      return send({ actor: interaction.user, channel: interaction.channel, type: 5, data, source });
    },

    dispatchInteraction(forged: {
      member: Actor;
      channel: Channel;
      type: number;
      data: unknown;
      message?: Message;
      overrides?: Readonly<Record<string, unknown>>;
    }): Interaction {
      const { member: actor, message: source = null, ...rest } = forged;
      return send({ actor, source, ...rest });
    },

    replay: (interaction: Interaction): void => {
      deliver(interaction);
    },
  };
}

function filled(
  component: Component,
  values: Readonly<Record<string, string | readonly string[]>>,
  id: number,
): Record<string, unknown> {
  const { type, custom_id: customId } = component;
  const base = { type, id: component.id ?? id };
  if (component.components)
    return { ...base, components: component.components.map((inner, index) => filled(inner, values, id * 10 + index)) };
  if (component.component) return { ...base, component: filled(component.component, values, id * 10) };
  if (!customId) return base;
  const given = values[customId];
  // A select sends what is preselected in it where nobody touched it.
  const preselected = () =>
    component.options?.flatMap((option) => (option.default === true ? [option.value] : [])) ?? [];
  if (type !== componentType.textInput)
    return { ...base, custom_id: customId, values: typeof given === 'string' ? [given] : (given ?? preselected()) };
  const value = typeof given === 'string' ? given : (component.value ?? '');
  const least = component.required === false ? 0 : Math.max(1, component.min_length ?? 0);
  if (value.length < least) throw new Error(`The input "${customId}" wants at least ${least} characters`);
  if (value.length > (component.max_length ?? 4000))
    throw new Error(`The input "${customId}" takes at most ${component.max_length ?? 4000} characters`);
  return { ...base, custom_id: customId, value };
}
