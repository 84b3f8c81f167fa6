/** Acts of people in words, for the diary. */
import type { Act } from '../../../plan.ts';

const typed = (options: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(options)
    .map(([name, value]) => (name === 'subcommand' ? String(value) : `${name}:${JSON.stringify(value)}`))
    .join(' ');

/** Who does what. */
export function describe(act: Act): { who: string; does: string } {
  switch (act.kind) {
    case 'command':
      return { who: act.member, does: `/${act.command} ${typed(act.options)} in ${act.channel}` };
    case 'complete':
      return { who: act.member, does: `types /seedream prompt:${act.typed} in ${act.channel}` };
    case 'press':
      return { who: act.member, does: `presses ${act.button} under ${act.of}` };
    case 'send_form':
      return { who: act.member, does: `sends the form of ${act.of}: ${typed(act.fields)}` };
    case 'delete_message':
      return { who: act.member, does: `deletes a message of ${act.of}` };
    case 'delete_channel':
      return { who: 'an admin', does: `deletes the channel ${act.channel}` };
    case 'permissions':
      return {
        who: 'an admin',
        does: `takes from the bot in ${act.channel}: ${act.lacking.join(', ') || 'nothing any more'}`,
      };
    case 'archive_thread':
      return { who: 'an admin', does: `${act.archived ? 'locks' : 'opens'} the thread ${act.channel}` };
    case 'roles':
      return { who: 'an admin', does: `gives ${act.member} the roles: ${act.roles.join(', ') || 'none'}` };
    case 'time_out_bot':
      return { who: 'a moderator', does: `times the bot out in ${act.guild} for ${act.for / 1000} s` };
    case 'close_direct_messages':
      return { who: act.member, does: 'takes no direct messages any more' };
    case 'operator':
      return { who: 'the host', does: `${act.does} of bot ${act.process}` };
  }
}
