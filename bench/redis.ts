/** What the jobs cost where several processes share them over Redis, beside the embedded store, and what they cost Redis. */
import { createRedisServer } from '../test/redis/redis-server.ts';
import { spread, table } from './format-numbers.ts';
import { redisCost } from './redis-cost.ts';
import { KINDS, measureKind, type Throughput } from './throughput.ts';

/** @returns the tables, the first over `runs` runs. */
export async function redis({ runs, small }: { runs: number; small: boolean }): Promise<string> {
  const jobs = small ? 50 : 300;
  const [embedded, shared]: [Throughput[], Throughput[]] = [[], []];
  for (let i = 0; i < runs; i += 1) {
    embedded.push(await measureKind(KINDS[0], jobs));
    await using server = await createRedisServer();
    shared.push(await measureKind(KINDS[0], jobs, { STORE_URL: server.url }));
  }
  const columns = (all: Throughput[]) =>
    (['perSecond', 'cpuMs', 'polls'] as const).map((key) =>
      spread(
        all.map((one) => one[key]),
        1,
      ),
    );
  const ratio = spread(
    shared.map(({ cpuMs }, i) => cpuMs / (embedded[i]?.cpuMs ?? Number.NaN)),
    2,
  );
  const cost = table([
    ['jobs without picture bytes', 'a second', 'CPU ms a job', 'looks a job'],
    ['SQLite', ...columns(embedded)],
    ['Redis, every write on its disk', ...columns(shared)],
    ['ratio', '', ratio, ''],
  ]);
  return `${cost}\n\n${await redisCost({ small })}`;
}
