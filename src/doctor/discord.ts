/** Whether Discord takes the token, lets the bot do its work, and tells the time that this machine has. */
import { z } from 'zod';
import type { Config } from '../config.ts';
import { readApplication } from './application.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { getWithToken, type HttpAnswer } from './get-with-token.ts';
import { ADMINISTRATOR, inviteAddress, NEEDED, WANTED } from './permissions.ts';

/** Guilds a page, and the most pages that are read. */
const PAGE = 200;
const PAGES = 10;

/** Each guild that lacks something gets a line of its own, so many at most. */
const GUILDS_NAMED = 5;

/** How far this machine's clock may be off (milliseconds): beyond that it shows wrong times and counts days wrong. */
const CLOCK_MAY_DIFFER = 10_000;

const guildsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), permissions: z.string().regex(/^\d+$/).transform(BigInt) }),
);
const commandsSchema = z.array(z.object({ name: z.string() }));
const gatewaySchema = z.object({ shards: z.int(), session_start_limit: z.object({ remaining: z.int() }) });

type Guilds = z.infer<typeof guildsSchema>;

export async function checkDiscord({ discord, shards }: Pick<Config, 'discord' | 'shards'>): Promise<Finding[]> {
  const get = (path: string) => getWithToken(`${discord.apiUrl}/v10${path}`, `Bot ${discord.token}`);

  const { finding, application, answer } = await readApplication(discord);
  const clock = answer === undefined ? [] : checkClock(answer);
  if (application === undefined) return [finding, ...clock];
  const { id, interactions_endpoint_url: endpoint } = application;
  const elsewhere =
    'sends interactions to an Interactions Endpoint URL instead of the bot: empty that field of the application.';
  return [
    finding,
    ...(endpoint ? [wrong('Discord', elsewhere)] : []),
    ...(await checkGuilds(get, id)),
    await checkCommands(get, id),
    await checkGateway(get, shards),
    ...clock,
  ];
}

type Get = (path: string) => Promise<HttpAnswer | string>;

async function checkGuilds(get: Get, applicationId: string): Promise<Finding[]> {
  const guilds: Guilds = [];
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await get(`/users/@me/guilds?limit=${PAGE}&after=${guilds.at(-1)?.id ?? '0'}`);
    const read = typeof answer === 'string' ? undefined : guildsSchema.safeParse(answer.body).data;
    if (read === undefined) return [note('permissions', 'Discord did not list the servers the bot is in: try again.')];
    guilds.push(...read);
    if (read.length < PAGE) break;
  }
  if (guilds.length === 0) {
    return [note('permissions', `The bot is in no server yet: invite it with ${inviteAddress(applicationId)}`)];
  }
  const lacking = guilds.flatMap((guild) => {
    const missing = [...NEEDED, ...WANTED].filter(([, bit]) => !(guild.permissions & (ADMINISTRATOR | bit)));
    return missing.length === 0 ? [] : [{ ...guild, missing }];
  });
  if (lacking.length === 0) {
    return [
      ok('permissions', `The bot may do what it needs in ${guilds.length} server(s); channels may still forbid it.`),
    ];
  }
  const named = lacking.slice(0, GUILDS_NAMED).map(({ id, name, missing }) => {
    const verdict = missing.some((permission) => NEEDED.includes(permission)) ? wrong : note;
    const what = `In "${name}" (${id}) the bot's roles lack ${missing.map(([permission]) => permission).join(', ')}`;
    return verdict('permissions', `${what}: Server Settings > Roles > the bot's role.`);
  });
  const more = lacking.length - named.length;
  return more > 0 ? [...named, note('permissions', `${more} more server(s) lack something.`)] : named;
}

async function checkCommands(get: Get, applicationId: string): Promise<Finding> {
  const answer = await get(`/applications/${applicationId}/commands`);
  const commands = typeof answer === 'string' ? undefined : commandsSchema.safeParse(answer.body).data;
  if (commands === undefined) return note('commands', 'Discord did not list the commands: try again.');
  const names = commands.map(({ name }) => `/${name}`);
  if (names.includes('/seedream')) return ok('commands', `Registered: ${names.join(', ')}.`);
  return note('commands', '/seedream is not registered yet: the bot does it when it starts.');
}

async function checkGateway(get: Get, { count }: Config['shards']): Promise<Finding> {
  const answer = await get('/gateway/bot');
  const gateway = typeof answer === 'string' ? undefined : gatewaySchema.safeParse(answer.body).data;
  if (gateway === undefined) return wrong('gateway', "Discord did not tell the gateway's address: try again.");
  const { shards, session_start_limit: limit } = gateway;
  if (limit.remaining === 0) {
    return wrong(
      'gateway',
      'No session starts are left today: find out what restarts the bot over and over, and wait.',
    );
  }
  if (count !== 'auto' && count < shards) {
    return note(
      'gateway',
      `Discord recommends ${shards} shards, SHARD_COUNT is ${count}: raise it before servers grow.`,
    );
  }
  return ok('gateway', `${limit.remaining} session starts left today; ${shards} shard(s) recommended.`);
}

/** Discord's clock is exact to the second. */
export function checkClock({ date, at }: Pick<HttpAnswer, 'date' | 'at'>): Finding[] {
  if (date === undefined) return [note('clock', 'Discord did not tell the time, so this clock could not be checked.')];
  const off = Math.round((at - date - 500) / 1000);
  if (Math.abs(at - date - 500) <= CLOCK_MAY_DIFFER) return [ok('clock', "agrees with Discord's to a few seconds.")];
  const way = off > 0 ? 'ahead' : 'behind';
  return [wrong('clock', `is ${Math.abs(off)} s ${way} of Discord's: turn on time synchronisation (NTP).`)];
}
