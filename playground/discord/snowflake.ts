/** The first millisecond of 2015, from which Discord counts. Source: reference, "Snowflakes". */
const discordEpoch = 1_420_070_400_000n;

/**
 * Makes Discord ids: the milliseconds since 2015 above 22 further bits, always greater than the id before.
 * Ids of the present have 19 digits, as discord.js needs for its rate-limit buckets.
 */
export function createSnowflakes({ now }: { now: () => number }) {
  let last = 0n;
  return {
    /** The next id, of the present moment. */
    next: (): string => {
      const first = snowflakeAt(now());
      last = first > last ? first : last + 1n;
      return last.toString();
    },
  };
}

export type Snowflakes = ReturnType<typeof createSnowflakes>;

/** The lowest id of a moment given in milliseconds. */
export function snowflakeAt(milliseconds: number): bigint {
  return (BigInt(Math.floor(milliseconds)) - discordEpoch) << 22n;
}

/** Which of `count` shards gets the events of a guild. Source: gateway, "Sharding Formula". */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
