/** The jobs that ways of looking are compared on. */
/** A job as it really goes, in milliseconds. */
export interface SimulatedJob {
  queueMs: number;
  generationMs: number;
}

/** Numbers from 0 to 1. */
export type Numbers = () => number;

export interface Scenario {
  name: string;
  /** Median of generating, in milliseconds: the promised lag goes by it. */
  medianMs: number;
  /** Standard deviation of the logarithm of it, where that is all there is to know. */
  spread?: number;
  /** The promised share of the 2 s loop's polls at its lag. */
  shareAtMost: number;
  draw: (numbers: Numbers) => SimulatedJob;
}

/** The promised mean lag (milliseconds): a second, or 1.5 % of the median where that is more. */
export function promisedLagMs(medianMs: number): number {
  return Math.max(1000, 0.015 * medianMs);
}

/** Random numbers (mulberry32). */
export function seeded(seed: number): Numbers {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Jobs to measure by, spread evenly over all that a scenario can draw (Roberts' R sequence in five dimensions, more than
 * any scenario needs): a few thousand give means as exact as some hundred thousand random ones.
 */
export function evenly(scenario: Scenario, number: number): SimulatedJob[] {
  const root = 1.1347241384015194; // of x^6 = x + 1
  return Array.from({ length: number }, (_, i) => {
    let dimension = 0;
    return scenario.draw(() => {
      dimension += 1;
      return (0.5 + (i + 1) / root ** dimension) % 1;
    });
  });
}

export function lognormal(numbers: Numbers, medianMs: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - numbers())) * Math.cos(2 * Math.PI * numbers());
  return medianMs * Math.exp(spread * normal);
}

/** The durations of the promise: lognormal ones, a heavy tail, and a bimodal queue. */
export const SCENARIOS: readonly Scenario[] = [
  ...[20, 45, 120, 300].flatMap((seconds) =>
    [0.3, 0.4, 0.5].map((spread): Scenario => ({
      name: `${seconds} s, spread ${spread}`,
      medianMs: seconds * 1000,
      spread,
      shareAtMost: spread === 0.3 ? 0.7 : 0.8,
      draw: (numbers) => ({ queueMs: 0, generationMs: lognormal(numbers, seconds * 1000, spread) }),
    })),
  ),
  {
    // One job in ten takes three times the median or more: a Pareto tail of exponent 2, cut at ten minutes.
    name: '45 s, heavy tail',
    medianMs: 45_000,
    shareAtMost: 0.8,
    draw: (numbers) => {
      const usual = numbers() >= 0.1;
      const generationMs = usual
        ? lognormal(numbers, 45_000, 0.3)
        : Math.min(135_000 / Math.sqrt(1 - numbers()), 600_000);
      return { queueMs: 0, generationMs };
    },
  },
  {
    name: '45 s, queue 2 s or 60 s',
    medianMs: 45_000,
    shareAtMost: 0.8,
    draw: (numbers) => {
      const short = numbers() < 0.5;
      const queueMs = short ? lognormal(numbers, 2000, 0.5) : lognormal(numbers, 60_000, 0.3);
      return { queueMs, generationMs: lognormal(numbers, 45_000, 0.4) };
    },
  },
];
