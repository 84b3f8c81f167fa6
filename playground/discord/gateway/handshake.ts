import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import { apiUser } from '../world/api-objects.ts';
import { isRecord } from '../form.ts';
import type { Session } from './session.ts';
import { applicationIdOf, type Guild, type User } from '../world/world.ts';

/** Gateway intents that the stand-in acts upon. Source: gateway, "List of Intents". */
export const intent = { guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

/** All intents there are, and those that an application must be granted first (this one has none of them). */
const everyIntent = 0x0371ffff & ~((1 << 17) | (1 << 18) | (1 << 19));
const privileged = (1 << 1) | (1 << 8) | (1 << 15);

/** Close codes by name. Source: opcodes and status codes, "Gateway Close Event Codes". */
export const closeCode = {
  unknownOpcode: [4001, 'Unknown opcode.'],
  decode: [4002, 'Error while decoding payload.'],
  notAuthenticated: [4003, 'Not authenticated.'],
  authentication: [4004, 'Authentication failed.'],
  alreadyAuthenticated: [4005, 'Already authenticated.'],
  sequence: [4007, 'Invalid seq.'],
  rateLimited: [4008, 'Rate limited.'],
  timedOut: [4009, 'Session timed out.'],
  invalidShard: [4010, 'Invalid shard.'],
  version: [4012, 'Invalid API version.'],
  intents: [4013, 'Invalid intent(s).'],
  disallowedIntents: [4014, 'Disallowed intent(s).'],
} as const;

export type CloseReason = keyof typeof closeCode;

/** Reads an IDENTIFY: what it asks for, or why the connection must be closed. */
export function readIdentify(data: unknown, token: string): { intents: number; shard: [number, number] } | CloseReason {
  if (!isRecord(data) || typeof data['intents'] !== 'number' || !isRecord(data['properties'])) return 'decode';
  const { intents, shard = [0, 1] } = data;
  if (data['token'] !== token) return 'authentication';
  if (!Number.isInteger(intents) || (intents & ~everyIntent) !== 0) return 'intents';
  if (intents & privileged) return 'disallowedIntents';
  const [id, count] = Array.isArray(shard) ? shard.map(Number) : [];
  if (id === undefined || count === undefined || !Number.isInteger(id) || !Number.isInteger(count))
    return 'invalidShard';
  return id < 0 || id >= count ? 'invalidShard' : { intents, shard: [id, count] };
}

/** What READY says. Source: gateway events, "Ready". */
export function readyData({
  session,
  guilds,
  bot,
  origin,
}: {
  session: Session;
  guilds: readonly Guild[];
  bot: User;
  origin: string;
}) {
  const { id, shard, shardCount } = session;
  return {
    v: 10,
    user: { ...apiUser(bot), bot: true, mfa_enabled: false, verified: true, email: null, flags: 0 },
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: id,
    resume_gateway_url: `ws://${origin}/resume`,
    shard: [shard, shardCount],
    application: { id: applicationIdOf(bot), flags: 0 },
    session_type: 'normal',
    private_channels: [],
    presences: [],
    relationships: [],
    guild_join_requests: [],
    user_settings: {},
    geo_ordered_rtc_regions: [],
    _trace: [],
  };
}

/** Reads a payload, null when it is no JSON object. */
export function readPayload(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** How payloads go out: plain, or through one deflate stream for the whole connection (`compress=zlib-stream`). */
export function senderFor(socket: WebSocket, compress: string | null): (text: string) => void {
  if (compress !== 'zlib-stream') {
    return (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text);
    };
  }
  const stream = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    // Each message ends with the marks of a sync flush.
    if (chunk.length < 4 || chunk.readUInt32BE(chunk.length - 4) !== 0x0000ffff) return;
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat(chunks.splice(0)), { binary: true });
  });
  return (text) => void stream.write(text);
}
