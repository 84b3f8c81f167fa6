/** What the bot holds in memory while many galleries finish at once. */
import { formatNumber, mebibytes } from './format-numbers.ts';
import { isDelivered } from './load-generator.ts';
import { createSystemUnderTest, until } from './system-under-test.ts';

/** @param galleries - of 4 pictures of 4 MB, which finish in the same moment. @returns a line about it. */
export async function deliveryMemory(galleries: number): Promise<string> {
  await using system = await createSystemUnderTest({
    runcomfy: {
      pictures: 'grainy',
      pictureBytes: 4_000_000,
      durations: { baseMs: 3000, perImageMs: 0, standardFactor: 1, spread: 0 },
    },
  });
  const first = system.load.burst(1, { count: 1 });
  await until('a first picture is delivered', () => first.every(isDelivered), 60_000);
  const idle = await system.bot.measure({ collect: true });
  const began = performance.now();
  const sent = system.load.burst(galleries, { count: 4 });
  await until('all galleries are delivered', () => sent.every(isDelivered), 180_000);
  const seconds = (performance.now() - began) / 1000;
  const { peakRss } = await system.bot.measure();
  const { rss } = await system.bot.measure({ collect: true });
  return (
    `${galleries} galleries of 4 x 4 MB at once: ${formatNumber(seconds, 1)} s; ` +
    `MiB idle ${formatNumber(mebibytes(idle.rss))}, peak ${formatNumber(mebibytes(peakRss))} ` +
    `(+${formatNumber(mebibytes(peakRss - idle.rss))}), afterwards ${formatNumber(mebibytes(rss))}`
  );
}
