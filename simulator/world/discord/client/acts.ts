/** What people do in Discord's client and in the settings of a guild. */
import { describe } from '../../../act-text.ts';
import type { Act } from '../../../plan.ts';
import { idOf } from '../../names.ts';
import type { Ground } from '../../world.ts';
import { MANAGE_MESSAGES } from '../places.ts';
import { NotSent } from './command-input.ts';
import { createUses, type ActOf, type UsesParts } from './uses.ts';

/** @returns what does an act. An act that nobody could do in that moment does nothing, which the diary says. */
export function createActs({ ground, ...parts }: UsesParts & { ground: Ground }): (act: Act) => void {
  const { time, diary } = ground;
  const { places, messages, posts } = parts;
  const uses = createUses({ ground, ...parts });

  function post(act: ActOf<'post'>): void {
    const channel = uses.channelOf(act);
    const member = places.join(act.member, idOf(act.guild));
    posts.create(act.id, { channel, member, files: act.files });
  }

  function deleteMessage({ member, of }: ActOf<'delete_message'>): void {
    const user = idOf(member);
    const own = posts.ofAct(of);
    if (own !== undefined) {
      if (own.member !== user) throw new NotSent('only its author may');
      posts.remove(own);
      return;
    }
    const message = uses.seenOf(of, user).find(({ ephemeral, channel }) => !ephemeral && channel.guild !== undefined);
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
        uses.invoke(act);
        break;
      case 'complete':
        uses.complete(act);
        break;
      case 'press':
        uses.use(act, { name: act.button, oldest: act.oldest });
        break;
      case 'choose':
        uses.choose(act);
        break;
      case 'message_command':
        uses.useOnMessage(act);
        break;
      case 'post':
        post(act);
        break;
      case 'send_form':
        uses.sendForm(act);
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
