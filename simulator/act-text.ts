/** Acts of people in words: for the diary, and for a plan that is shown. */
import type { Act } from './plan.ts';

/** Longer values are cut (characters). */
const LONG = 60;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function typed(options: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(options)
    .map(([name, value]) => {
      const text = String(value);
      const shortened = text.length > LONG ? `${text.slice(0, LONG)} ...` : text;
      return name === 'subcommand' ? ` ${shortened}` : ` ${name}:${shortened}`;
    })
    .join('');
}

/** Who does what. */
export function describe(act: Act): { who: string; does: string } {
  switch (act.kind) {
    case 'command': {
      const late = act.late === undefined ? '' : `, which Discord brings ${seconds(act.late)} late`;
      const times = act.times === undefined || act.times === 1 ? '' : `, which it brings ${act.times} times`;
      const picks = 'picks' in act ? `, or what was offered to ${act.picks.of} (${act.picks.place})` : '';
      return { who: act.member, does: `/${act.command}${typed(act.options)} in ${act.channel}${picks}${late}${times}` };
    }
    case 'complete':
      return { who: act.member, does: `types /seedream${typed({ prompt: act.typed })} in ${act.channel}` };
    case 'press':
      return { who: act.member, does: `presses ${act.button} under what came of ${act.of}` };
    case 'choose':
      return { who: act.member, does: `chooses ${act.choice} of ${act.select} under what came of ${act.of}` };
    case 'post':
      return { who: act.member, does: `posts ${act.files.join(', ')} in ${act.channel}` };
    case 'message_command':
      return { who: act.member, does: `uses "${act.command}" on the message of ${act.of}` };
    case 'send_form':
      return { who: act.member, does: `sends the form of ${act.of}:${typed(act.fields)}` };
    case 'delete_message':
      return { who: act.member, does: `deletes the message of ${act.of}` };
    case 'delete_channel':
      return { who: 'an admin', does: `deletes the channel ${act.channel}` };
    case 'permissions': {
      const lacking = act.lacking.length === 0 ? 'nothing any more' : act.lacking.join(', ');
      return { who: 'an admin', does: `has the bot lack in ${act.channel}: ${lacking}` };
    }
    case 'archive_thread':
      return { who: 'an admin', does: `${act.archived ? 'locks and archives' : 'opens again'} ${act.channel}` };
    case 'roles':
      return {
        who: 'an admin',
        does: `gives ${act.member} in ${act.guild} the roles: ${act.roles.join(', ') || 'none'}`,
      };
    case 'time_out_bot':
      return { who: 'a moderator', does: `times the bot out in ${act.guild} for ${seconds(act.for)}` };
    case 'close_direct_messages':
      return { who: act.member, does: 'takes no direct messages any more' };
    case 'operator':
      return { who: 'the operator', does: `has bot ${act.process} do: ${act.does}, away for ${seconds(act.down)}` };
  }
}
