import { actorIn, userOf, type Actor } from './actor.ts';
import { checkOffered, readOptions, resolvedOf, type GivenOptions } from './command-input.ts';
import { checkChosen, componentOf } from './component-input.ts';
import { interactionPayload } from './interaction-payload.ts';
import { readModal, type ModalValues } from './modal-input.ts';
import { componentType, type Interaction, type Message, type Messages } from '../messages/messages.ts';
import type { Attachment } from '../files/files.ts';
import type { Upload, Uploads } from '../files/uploads.ts';
import type { Commands } from '../commands/commands.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Channel, World } from '../world/world.ts';

/** A slash command as typed. */
export interface CommandInput {
  readonly member: Actor;
  readonly channel: Channel;
  /** The name, with group and subcommand after it where there are: `limits set`. */
  readonly name: string;
  readonly options?: GivenOptions;
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
  messages,
  uploads,
  fileLimit,
}: {
  world: World;
  commands: Commands;
  interactions: Interactions;
  gateway: Gateway;
  messages: Messages;
  uploads: Uploads;
  fileLimit: number;
}) {
  const resolveActor = (actor: Actor, channel: Channel) => actorIn(world, actor, channel);

  function send({
    actor,
    channel,
    type,
    data,
    source = null,
    target = null,
    overrides = {},
  }: {
    actor: Actor;
    channel: Channel;
    type: number;
    data: unknown;
    source?: Message | null;
    target?: Message | null;
    overrides?: Readonly<Record<string, unknown>>;
  }): Interaction {
    const { user, member } = resolveActor(actor, channel);
    const interaction = interactions.open({
      type,
      user,
      member,
      channel,
      source,
      target,
      describe: (opened) => ({
        ...interactionPayload({ ...opened, type, user, member, channel, bot: world.bot, fileLimit, data }),
        ...(source && { message: messages.describe(source) }),
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

  /** Takes files as they are named, and keeps them to be resolved. */
  function fileTaker() {
    const attachments: Attachment[] = [];
    const takeFile = (upload: Upload): string => {
      const taken = uploads.take(upload);
      attachments.push(taken);
      return taken.id;
    };
    return { takeFile, resolved: () => uploads.resolved(attachments) };
  }

  function invoke(input: CommandInput, focused: string | null): Interaction {
    const { member: actor, channel, name, options = {}, named } = input;
    const { user, member } = resolveActor(actor, channel);
    const [first = '', ...words] = name.split(' ');
    const command = commands.find(channel.guild?.id ?? null, first, 1);
    if (!command) throw new Error(`No command /${first} is registered`);
    checkOffered({ command, member, channel });
    const { takeFile, resolved: attachments } = fileTaker();
    const read = readOptions({ command, words, given: options, named, locale: user.locale, focused, takeFile });
    const resolved = resolvedOf(read, channel.guild, attachments());
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

  return {
    command: (input: CommandInput): Interaction => invoke(input, null),

    autocomplete: ({ focused, ...input }: CommandInput & { readonly focused: string }): Interaction =>
      invoke(input, focused),

    /**
     * Uses a command on a message: "Apps" in the message's menu. The application sees the whole message, whoever's it is; the
     * client has no such menu on a message that one person alone sees. Source: application commands, "Message Commands".
     */
    messageCommand({ member: actor, message, name }: { member: Actor; message: Message; name: string }): Interaction {
      const { channel } = message;
      const { member } = resolveActor(actor, channel);
      const command = commands.find(channel.guild?.id ?? null, name, 3);
      if (!command) throw new Error(`No command "${name}" for messages is registered`);
      checkOffered({ command, member, channel });
      if (message.deleted || message.visibleTo) throw new Error('That message has no menu with apps');
      const data = {
        id: command.id,
        name: command.name,
        type: 3,
        ...(command.guild_id && { guild_id: command.guild_id }),
        target_id: message.id,
        resolved: { messages: { [message.id]: messages.describe(message, { whole: true }) } },
      };
      return send({ actor, channel, type: 2, data, target: message });
    },

    press({ member, message, customId }: { member: Actor; message: Message; customId: string }): Interaction {
      const component = componentOf(message, customId, userOf(member));
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
      const component = componentOf(message, customId, userOf(member));
      checkChosen(component, values);
      const data = { component_type: component.type, custom_id: customId, id: component.id, values };
      return send({ actor: member, channel: message.channel, type: 3, data, source: message });
    },

    /** Sends a modal that the interaction opened. Whatever is not given stays as the modal showed it. */
    submitModal({ interaction, values }: { interaction: Interaction; values: ModalValues }): Interaction {
      const { modal, source } = interaction;
      if (!modal) throw new Error('That interaction showed no modal');
      const { takeFile, resolved } = fileTaker();
      const components = readModal(modal, values, takeFile);
      const attachments = resolved();
      const data = {
        custom_id: modal.custom_id,
        components,
        ...(Object.keys(attachments).length > 0 && { resolved: { attachments } }),
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
