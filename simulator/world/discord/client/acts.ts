/** What people do in Discord's client and in the settings of a guild. */
import { describe } from '../../../act-text.ts';
import type { Act } from '../../../plan.ts';
import type { Ground } from '../../world.ts';
import { idOf } from '../../names.ts';
import type { Gateway } from '../gateway.ts';
import type { Interactions } from '../interactions.ts';
import { flatten } from '../messages/message-rules.ts';
import type { Messages } from '../messages/messages.ts';
import { packetOf } from '../packet.ts';
import type { Places } from '../places.ts';
import type { Channel, Interaction, Message } from '../records.ts';
import type { Commands } from '../routes/application.ts';
import { MANAGE_MESSAGES } from '../places.ts';
import { commandData, NotSent } from './command-input.ts';
import { formData } from './form-input.ts';

/** How long somebody may still press a button that has just been replaced (milliseconds). */
const STALE = 1500;

type ActOf<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** @returns what does an act. An act that nobody could do in that moment does nothing, which the diary says. */
export function createActs({
  ground: { time, diary },
  places,
  messages,
  interactions,
  commands,
  gateway,
  api,
}: {
  ground: Ground;
  places: Places;
  messages: Messages;
  interactions: Interactions;
  commands: Commands;
  gateway: Gateway;
  api: (message: Message) => object;
}): (act: Act) => void {
  function send(
    act: Act,
    facts: Omit<Parameters<Interactions['open']>[0], 'act'>,
    { data, late, times }: { data: object; late?: number | undefined; times?: number | undefined },
  ): void {
    const interaction = interactions.open({ act: act.id, ...facts });
    gateway.deliver(interaction, packetOf(interaction, data, { places, api }), { late, times });
  }

  function channelOf({ channel: name, guild }: { channel: string; guild: string }): Channel {
    const channel = places.channelNamed(name, guild);
    if (channel.deleted) throw new NotSent(`${name} is gone`);
    return channel;
  }

  function invoke(act: ActOf<'command'>): void {
    const { command: name, options, member, guild, late, times } = act;
    const channel = channelOf(act);
    const command = commands.find(name);
    if (command === undefined) throw new NotSent(`there is no /${name} yet`);
    const user = places.join(member, idOf(guild));
    const data = commandData(command, options);
    send(act, { type: 2, name, user, channel, options }, { data, late, times });
  }

  function complete(act: ActOf<'complete'>): void {
    const channel = channelOf(act);
    const command = commands.find('seedream');
    if (command === undefined) throw new NotSent('there is no /seedream yet');
    const user = places.join(act.member, idOf(act.guild));
    const options = { prompt: act.typed };
    const data = commandData(command, options, 'prompt');
    send(act, { type: 4, name: 'seedream', user, channel, options }, { data });
  }

  /** The messages that an act has led to and a person sees, the newest first. */
  function seenOf(of: string, user: string): Message[] {
    const interaction = interactions.ofAct(of);
    if (interaction === undefined) throw new NotSent(`nothing has come of ${of}`);
    const { original } = interaction;
    const made = messages.of(interaction.id);
    const all = original === undefined || made.includes(original) ? [...made] : [original, ...made];
    return all.filter(({ truth }) => truth.deletedAt === undefined && (truth.onlyFor ?? user) === user).reverse();
  }

  /** The custom id of a button that somebody has before their eyes, though it may just have been replaced. */
  function buttonOf({ truth, replaced }: Message, button: string): string | undefined {
    const shows = (components: Parameters<typeof flatten>[0]) =>
      flatten(components)
        .flatMap(({ custom_id: customId, disabled }) => (customId === undefined || disabled === true ? [] : [customId]))
        .find((customId) => customId === button || customId.startsWith(`${button}:`));
    const now = shows(truth.components as Parameters<typeof flatten>[0]);
    const isStale = replaced !== undefined && time.now() - replaced.at < STALE;
    return now ?? (isStale ? shows(replaced.components) : undefined);
  }

  function press(act: ActOf<'press'>): void {
    const user = idOf(act.member);
    for (const source of seenOf(act.of, user)) {
      const customId = buttonOf(source, act.button);
      if (customId === undefined) continue;
      const { channel } = source;
      places.join(act.member, channel.guild);
      const data = { component_type: 2, custom_id: customId };
      send(act, { type: 3, name: customId, user, channel, source }, { data });
      return;
    }
    throw new NotSent(`no message of ${act.of} has the button`);
  }

  function sendForm(act: ActOf<'send_form'>): void {
    const pressed = interactions.ofAct(act.of);
    const { modal, user, channel, source } = pressed ?? ({} as Partial<Interaction>);
    if (modal === undefined || user !== idOf(act.member) || channel === undefined || channel.deleted) {
      throw new NotSent(`${act.of} has shown no form`);
    }
    const data = formData(modal, act.fields);
    send(act, { type: 5, name: modal.custom_id, user, channel, source, options: act.fields }, { data });
  }

  function deleteMessage({ member, of }: ActOf<'delete_message'>): void {
    const user = idOf(member);
    const message = seenOf(of, user).find(({ ephemeral, channel }) => !ephemeral && channel.guild !== undefined);
    if (message === undefined) throw new NotSent(`no message of ${of} stands`);
    const may = (places.permissionsOf(message.channel.guild ?? '', user) & MANAGE_MESSAGES) !== 0n;
    if (!may) throw new NotSent('only a moderator may');
    messages.remove(message);
  }

  function deleteChannel(name: string): void {
    places.change(name, { deleted: true });
    messages.removeAll(idOf(name));
  }

  function perform(act: Act): void {
    switch (act.kind) {
      case 'command':
        invoke(act);
        break;
      case 'complete':
        complete(act);
        break;
      case 'press':
        press(act);
        break;
      case 'send_form':
        sendForm(act);
        break;
      case 'delete_message':
        deleteMessage(act);
        break;
      case 'delete_channel':
        deleteChannel(act.channel);
        break;
      case 'permissions':
        places.change(act.channel, { lacking: new Set(act.lacking) });
        break;
      case 'archive_thread':
        places.change(act.channel, { archived: act.archived });
        break;
      case 'roles':
        places.setRoles(idOf(act.guild), idOf(act.member), act.roles);
        break;
      case 'time_out_bot':
        places.timeOut(idOf(act.guild), time.now() + act.for);
        break;
      case 'close_direct_messages':
        places.closeDirectMessages(idOf(act.member));
        break;
      case 'operator':
        break;
    }
  }

  return (act) => {
    const { who, does } = describe(act);
    diary.write(who, `${does} (${act.id})`);
    try {
      perform(act);
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      diary.write(who, `  in vain: ${error.message}`);
    }
  };
}
