/** What changes under the bot: channels that go, permissions that are taken, time-outs, closed direct messages. */
import type { Random } from '../kernel/random.ts';
import type { Act } from '../plan.ts';
import type { Guild } from './places.ts';
import type { Request } from './requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Permissions without which the bot can't do its work, by the field's names. */
const PERMISSIONS = ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'EmbedLinks', 'AttachFiles'];

/** Often it is taken right before somebody asks for pictures there. */
function lackingFor(
  random: Random,
  { guild, at: sometime, requests }: { guild: Guild; at: number; requests: readonly Request[] },
): Act[] {
  const before =
    requests.length > 0 && random.of('before').chance(0.7) ? random.of('request').pick(requests) : undefined;
  const channel = before?.channel ?? random.pick(guild.channels);
  const at = before === undefined ? sometime : Math.max(0, before.at - 20 * SECOND);
  const lacking = [random.pick(PERMISSIONS)];
  const back = at + Math.round(random.around(10 * MINUTE, 1));
  return [
    { id: 'permissions', at, kind: 'permissions', channel, lacking },
    { id: 'permissions.back', at: back, kind: 'permissions', channel, lacking: [] },
  ];
}

/** @param span - milliseconds from the begin within which they begin. */
export function drawUpheavals(
  random: Random,
  { guilds, requests, span }: { guilds: readonly Guild[]; requests: readonly Request[]; span: number },
): Act[] {
  const acts: Act[] = [];
  const happens = (name: string, probability: number, act: (drawn: Random, at: number, guild: Guild) => Act[]) => {
    const drawn = random.of(name);
    if (!drawn.chance(probability)) return;
    acts.push(...act(drawn, Math.round(drawn.next() * span), drawn.pick(guilds)));
  };
  happens('channel', 0.12, (drawn, at, guild) => [
    { id: 'channel', at, kind: 'delete_channel', channel: drawn.pick(guild.channels) },
  ]);
  happens('permissions', 0.25, (drawn, at, guild) => lackingFor(drawn, { guild, at, requests }));
  happens('archive', 0.15, (drawn, at, guild) => {
    const channel = `thread of ${guild.name}`;
    const back = at + Math.round(drawn.around(15 * MINUTE, 1));
    return [
      { id: 'archive', at, kind: 'archive_thread', channel, archived: true },
      { id: 'archive.back', at: back, kind: 'archive_thread', channel, archived: false },
    ];
  });
  happens('timeout', 0.08, (drawn, at, guild) => [
    { id: 'timeout', at, kind: 'time_out_bot', guild: guild.name, for: Math.round(drawn.around(8 * MINUTE, 1)) },
  ]);
  happens('closed', 0.15, (drawn, at, guild) => [
    { id: 'closed', at, kind: 'close_direct_messages', member: drawn.pick(guild.members).name },
  ]);
  return acts;
}
