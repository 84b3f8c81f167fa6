import { CreatePrivateChannelRequestSchema } from 'discord-api-spec/zod';
import { apiApplication, apiChannel, apiGuild, apiMember, apiRole, apiUser } from '../world/api-objects.ts';
import { apiError } from '../api-error.ts';
import { parseForm } from '../form.ts';
import { param, type Answer, type Call, type Route } from '../http/router.ts';
import type { Commands, RegisteredCommand } from '../commands/commands.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { applicationIdOf, guildPermissions, type Guild, type World } from '../world/world.ts';

const often = { limit: 30, windowMs: 10_000 };

/** Gateway addresses, the bot's user and application, guilds, direct message channels, and commands. */
export function applicationRoutes({
  world,
  commands,
  gateway,
}: {
  world: World;
  commands: Commands;
  gateway: Gateway;
}): Route[] {
  function guildOf(call: Call): Guild {
    const guild = world.guilds.get(param(call, 'guild'));
    if (!guild) throw apiError('unknownGuild');
    if (!guild.members.has(world.bot.id)) throw apiError('missingAccess');
    return guild;
  }

  const application = (): Answer => ({
    status: 200,
    body: apiApplication({ bot: world.bot, host: world.host, guildCount: world.guilds.size }),
  });

  const bot = (method: string, pattern: string, run: Route['run'], major: readonly string[] = []): Route => ({
    method,
    pattern,
    auth: 'bot',
    limit: often,
    major,
    run,
  });

  return [
    {
      method: 'GET',
      pattern: '/gateway',
      auth: 'none',
      limit: often,
      run: () => ({ status: 200, body: { url: gateway.url() } }),
    },
    bot('GET', '/gateway/bot', () => ({ status: 200, body: gateway.startInformation() })),
    bot('GET', '/users/@me', () => ({ status: 200, body: apiUser(world.bot) })),
    bot('GET', '/users/@me/guilds', ({ query }) => ({
      status: 200,
      body: ownGuilds(world, query),
    })),
    bot('GET', '/users/:user', (call) => {
      const user = world.users.get(param(call, 'user'));
      if (!user) throw apiError('unknownUser');
      return { status: 200, body: apiUser(user) };
    }),
    bot('POST', '/users/@me/channels', ({ body }) => {
      const { recipient_id: recipient } = parseForm(CreatePrivateChannelRequestSchema, body);
      const user = world.users.get(recipient ?? '');
      if (!user) throw apiError('unknownUser');
      if (user.bot) throw apiError('closedToUs');
      return { status: 200, body: apiChannel(world.directMessageWith(user)) };
    }),
    bot('GET', '/applications/@me', application),
    bot('GET', '/oauth2/applications/@me', application),
    bot('GET', '/guilds/:guild', (call) => ({ status: 200, body: apiGuild(guildOf(call)) }), ['guild']),
    bot(
      'GET',
      '/guilds/:guild/roles',
      (call) => ({ status: 200, body: [...guildOf(call).roles.values()].map(apiRole) }),
      ['guild'],
    ),
    bot(
      'GET',
      '/guilds/:guild/channels',
      (call) => {
        const channels = [...guildOf(call).channels.values()].filter(({ parent }) => !parent);
        return { status: 200, body: channels.map(apiChannel) };
      },
      ['guild'],
    ),
    bot(
      'GET',
      '/guilds/:guild/members/:user',
      (call) => {
        const guild = guildOf(call);
        const user = world.users.get(param(call, 'user'));
        if (!user) throw apiError('unknownUser');
        const member = guild.members.get(user.id);
        if (!member) throw apiError('unknownMember');
        return { status: 200, body: apiMember(member) };
      },
      ['guild'],
    ),
    ...commandRoutes({ commands, bot, applicationId: applicationIdOf(world.bot), guildOf }),
  ];
}

/** A page of the bot's guilds by id, each with what the bot may do in it as a whole. Source: user, "Get Current User Guilds". */
function ownGuilds(world: World, query: URLSearchParams) {
  const after = BigInt(query.get('after') ?? 0);
  const limit = Number(query.get('limit') ?? 200);
  return [...world.guilds.values()]
    .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
    .filter((guild) => BigInt(guild.id) > after)
    .flatMap((guild) => {
      const member = guild.members.get(world.bot.id);
      if (!member) return [];
      const permissions = guildPermissions(member).toString();
      return [{ id: guild.id, name: guild.name, icon: null, banner: null, owner: false, permissions, features: [] }];
    })
    .slice(0, limit);
}

function commandRoutes({
  commands,
  bot,
  applicationId,
  guildOf,
}: {
  commands: Commands;
  bot: (method: string, pattern: string, run: Route['run'], major?: readonly string[]) => Route;
  applicationId: string;
  guildOf: (call: Call) => Guild;
}): Route[] {
  const scopes = [
    { prefix: '/applications/:application', guildId: () => null, major: [] },
    { prefix: '/applications/:application/guilds/:guild', guildId: (call: Call) => guildOf(call).id, major: ['guild'] },
  ];
  return scopes.flatMap(({ prefix, guildId: scopeGuild, major }) => {
    const guildId = (call: Call): string | null => {
      if (param(call, 'application') !== applicationId) throw apiError('unknownApplication');
      return scopeGuild(call);
    };
    return [
      bot(
        'GET',
        `${prefix}/commands`,
        (call) => {
          const full = call.query.get('with_localizations') === 'true';
          return {
            status: 200,
            body: commands.list(guildId(call)).map(full ? (command) => command : withoutLocalizations),
          };
        },
        major,
      ),
      bot(
        'POST',
        `${prefix}/commands`,
        (call) => {
          const { command, created } = commands.upsert(guildId(call), call.body);
          return { status: created ? 201 : 200, body: command };
        },
        major,
      ),
      bot(
        'PUT',
        `${prefix}/commands`,
        (call) => ({ status: 200, body: commands.overwrite(guildId(call), call.body) }),
        major,
      ),
      bot(
        'GET',
        `${prefix}/commands/:command`,
        (call) => ({ status: 200, body: commands.get(guildId(call), param(call, 'command')) }),
        major,
      ),
      bot(
        'PATCH',
        `${prefix}/commands/:command`,
        (call) => ({
          status: 200,
          body: commands.edit(guildId(call), param(call, 'command'), call.body),
        }),
        major,
      ),
      bot(
        'DELETE',
        `${prefix}/commands/:command`,
        (call) => {
          commands.remove(guildId(call), param(call, 'command'));
          return { status: 204 };
        },
        major,
      ),
    ];
  });
}

/** Without `with_localizations=true` a list of commands leaves the dictionaries out, at every depth. */
function withoutLocalizations(command: RegisteredCommand): unknown {
  return JSON.parse(
    JSON.stringify(command, (key, value: unknown) => (key.endsWith('_localizations') ? undefined : value)),
  );
}
