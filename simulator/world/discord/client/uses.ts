/** What people use of the bot: commands, buttons, selects, forms; and which pictures they give with it. */
import type { Act } from '../../../plan.ts';
import { idOf } from '../../names.ts';
import type { Ground } from '../../world.ts';
import type { Files } from '../files/addresses.ts';
import type { Posts } from '../files/posts.ts';
import type { Gateway } from '../gateway.ts';
import type { Interactions } from '../interactions.ts';
import { flatten } from '../messages/message-rules.ts';
import type { Messages } from '../messages/messages.ts';
import { packetOf } from '../packet.ts';
import type { Places } from '../places.ts';
import type { Channel, Message } from '../records.ts';
import type { Commands } from '../routes/application.ts';
import { commandData, messageCommandData, NotSent, offeredIn, withChoices, type Upload } from './command-input.ts';
import { formData } from './form-input.ts';
import { createStartingPictures } from './starting-pictures.ts';

/** How long somebody may still press a button that has just been replaced (milliseconds). */
const STALE = 1500;

export type ActOf<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** What uses of the bot need of the world. */
export interface UsesParts {
  ground: Pick<Ground, 'time'>;
  places: Places;
  messages: Messages;
  posts: Posts;
  files: Files;
  interactions: Interactions;
  commands: Commands;
  gateway: Gateway;
  /** A message as the API gives it. */
  api: (message: Message) => object;
}

/** Each throws NotSent where nobody could do that in this moment. */
export function createUses({
  ground: { time },
  places,
  messages,
  posts,
  files,
  interactions,
  commands,
  gateway,
  api,
}: UsesParts) {
  const starting = createStartingPictures({ files, messages });

  /** Gives files, and tells afterwards by which address each can be had. */
  function uploads(act: Act): { upload: Upload; addressOf: (file: string) => string } {
    const addresses = new Map<string, string>();
    return {
      upload(file) {
        const attachment = posts.upload(act.id, file);
        addresses.set(file, attachment.url);
        return attachment;
      },
      addressOf: (file) => addresses.get(file) ?? '',
    };
  }

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

  /** The choice that is taken in place of what is typed. */
  function pickedBy(act: ActOf<'command'>): { prompt?: string } {
    const { of = '', place = 1, byName = false } = ('picks' in act ? act.picks : undefined) ?? {};
    const choices = interactions.ofAct(of)?.choices ?? [];
    // What is long is picked rather than typed once more.
    const choice = choices.find(({ name }) => name.endsWith('…')) ?? choices[place - 1];
    return choice === undefined ? {} : { prompt: byName ? choice.name : String(choice.value) };
  }

  function invoke(act: ActOf<'command'>): void {
    const { command: name, member, guild, late, times } = act;
    const channel = channelOf(act);
    const command = commands.find(name);
    if (command === undefined) throw new NotSent(`there is no /${name} yet`);
    const options = { ...withChoices(command, act.options), ...pickedBy(act) };
    const user = places.join(member, idOf(guild));
    const { upload, addressOf } = uploads(act);
    const data = commandData(command, options, { upload });
    const starts = starting.ofCommand(options, addressOf);
    const offered = offeredIn(command, options);
    send(act, { type: 2, name, user, channel, options, offered, starts }, { data, late, times });
  }

  function complete(act: ActOf<'complete'>): void {
    const channel = channelOf(act);
    const command = commands.find('seedream');
    if (command === undefined) throw new NotSent('there is no /seedream yet');
    const user = places.join(act.member, idOf(act.guild));
    const options = { prompt: act.typed };
    const data = commandData(command, options, { focused: 'prompt', upload: uploads(act).upload });
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
    const [isAny, name] = [button.endsWith('*'), button.replace('*', '')];
    const shows = (components: Parameters<typeof flatten>[0]) =>
      flatten(components)
        .flatMap(({ custom_id: customId, disabled }) => (customId === undefined || disabled === true ? [] : [customId]))
        .find((customId) => (isAny ? customId.startsWith(name) : customId === name || customId.startsWith(`${name}:`)));
    const now = shows(truth.components as Parameters<typeof flatten>[0]);
    const isStale = replaced !== undefined && time.now() - replaced.at < STALE;
    return now ?? (isStale ? shows(replaced.components) : undefined);
  }

  function use(
    act: ActOf<'press' | 'choose'>,
    { name, oldest, values }: { name: string; oldest?: boolean | undefined; values?: (source: Message) => string[] },
  ): void {
    const user = idOf(act.member);
    const seen = seenOf(act.of, user);
    for (const source of oldest ? seen.reverse() : seen) {
      const customId = buttonOf(source, name);
      if (customId === undefined) continue;
      const { channel } = source;
      places.join(act.member, channel.guild);
      const data = {
        component_type: 2,
        custom_id: customId,
        ...(values && { component_type: 3, values: values(source) }),
      };
      const starts = starting.ofPress(customId, source);
      const offers = starting.seenIn(source);
      send(act, { type: 3, name: customId, user, channel, source, offers, starts }, { data });
      return;
    }
    throw new NotSent(`no message of ${act.of} has ${values === undefined ? 'the button' : 'this select'}`);
  }

  function choose(act: ActOf<'choose'>): void {
    use(act, {
      name: act.select,
      values({ truth }) {
        const all = flatten(truth.components as Parameters<typeof flatten>[0]);
        const select = all.find(({ custom_id: customId = '' }) => customId.startsWith(`${act.select}:`));
        const option = select?.options?.[act.choice - 1];
        if (option === undefined) throw new NotSent(`there is no choice ${act.choice}`);
        return [option.value];
      },
    });
  }

  function useOnMessage(act: ActOf<'message_command'>): void {
    const { command: name, of } = act;
    if (commands.find(name) === undefined) throw new NotSent(`there is no ${name} yet`);
    const user = idOf(act.member);
    const post = posts.ofAct(of);
    const seen = post === undefined ? seenOf(of, user) : [];
    const message = seen.find(({ truth }) => truth.pictures.length > 0) ?? seen[0];
    const target = post ?? message;
    if (target?.channel.guild === undefined) throw new NotSent(`no message of ${of} stands`);
    places.join(act.member, target.channel.guild);
    const offers = post ? starting.postedIn(post) : message ? starting.seenIn(message) : [];
    const shown = post ? posts.api(post, { open: true }) : message ? api(message) : {};
    const data = messageCommandData(name, shown as { id: string });
    send(act, { type: 2, name, user, channel: target.channel, offers }, { data });
  }

  function sendForm(act: ActOf<'send_form'>): void {
    const pressed = interactions.ofAct(act.of);
    if (pressed?.modal === undefined || pressed.user !== idOf(act.member) || pressed.channel.deleted) {
      throw new NotSent(`${act.of} has shown no form`);
    }
    const { modal, user, channel, source } = pressed;
    const { upload, addressOf } = uploads(act);
    const { data, pictures } = formData(modal, act.fields, upload);
    const starts = starting.ofForm(pressed, pictures, addressOf);
    send(act, { type: 5, name: modal.custom_id, user, channel, source, options: act.fields, starts }, { data });
  }

  return { channelOf, seenOf, invoke, complete, use, choose, useOnMessage, sendForm };
}
