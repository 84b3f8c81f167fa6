/** A landscape as SVG: mountains, dunes or a sea, in the light of a palette. */
import { mix } from './palettes.ts';
import type { Random } from '../random.ts';
import { drawSky } from './draw-sky.ts';
import { px, type Frame } from './frame.ts';

export type Scene = 'mountains' | 'dunes' | 'sea';

/** What a prompt speaks of, where it names one of the scenes. */
const SCENE_WORDS: readonly [Scene, RegExp][] = [
  ['sea', /ocean|\bsea\b|beach|coast|\blake|island|\bwater\b|\bboat|\bmar\b|playa|océano|meer|mare|plage|海/i],
  ['dunes', /desert|dune|sand|savanna|camel|desierto|wüste|désert|deserto|砂漠/i],
  ['mountains', /mountain|forest|alps|hill|snow|valley|monta|bosque|wald|berg|forêt|foresta|山|森/i],
];

/** The scene of a prompt; `random` decides where it names none. */
export function chooseScene(prompt: string, random: Random): Scene {
  const fallback: Scene = (['mountains', 'dunes', 'sea'] as const)[Math.floor(random() * 3)] ?? 'mountains';
  return SCENE_WORDS.find(([, words]) => words.test(prompt))?.[0] ?? fallback;
}

/** Heights from 0 to 1 along a ridge: waves that halve in height as they double in number. */
function ridge(random: Random, steps: number, waves: number, octaves: number): number[] {
  const parts = Array.from({ length: octaves }, (_, octave) => ({
    frequency: waves * 2 ** octave * (0.8 + 0.4 * random()),
    phase: random() * 2 * Math.PI,
    height: 0.5 ** octave,
  }));
  const total = parts.reduce((sum, { height }) => sum + height, 0);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const sum = parts.reduce((value, { frequency, phase, height }) => {
      return value + height * Math.sin((step / steps) * frequency * 2 * Math.PI + phase);
    }, 0);
    return 0.5 + (0.5 * sum) / total;
  });
}

/** A filled shape whose upper edge is a line of heights between `top` and `top + depth`. */
function land(frame: Frame, heights: readonly number[], top: number, depth: number, fill: string): string {
  const { width, height } = frame;
  const points = heights.map((value, step) => {
    return `${px((step / (heights.length - 1)) * width)},${px(top + (1 - value) * depth)}`;
  });
  return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${fill}"/>`;
}

/** Conifers along a ridge. */
function trees(frame: Frame, heights: readonly number[], top: number, depth: number, fill: string): string {
  const { width, height, random } = frame;
  const count = Math.round(width / 26);
  const shapes = Array.from({ length: count }, () => {
    const along = random();
    const ground = heights[Math.round(along * (heights.length - 1))] ?? 0;
    const x = along * width;
    const y = top + (1 - ground) * depth + 6;
    const tall = Math.min(width, height) * (0.02 + 0.045 * random() ** 2);
    const tiers = [0, 0.3, 0.6].map((from) => {
      const half = tall * (0.1 + 0.13 * from);
      return `M${px(x)} ${px(y - tall * (1 - from))}l${px(half)} ${px(tall * 0.42)}h${px(-2 * half)}z`;
    });
    return tiers.join('');
  });
  return `<path d="${shapes.join('')}" fill="${fill}"/>`;
}

/** Layers of land from the horizon to the front; each nearer one stands lower, larger and darker. */
function drawLand(frame: Frame, scene: 'mountains' | 'dunes'): string {
  const { height, horizon, palette, random } = frame;
  const layers = scene === 'mountains' ? 6 : 5;
  const rise = height * (scene === 'mountains' ? 0.26 : 0.13);
  return Array.from({ length: layers }, (_, layer) => {
    const near = layer / (layers - 1);
    const top = horizon - rise * (1 - 0.75 * near) + (height - horizon) * 0.82 * near ** 1.15;
    const depth = rise * (1 - 0.35 * near);
    const heights =
      scene === 'mountains'
        ? ridge(random, 320, 1.1 + 1.2 * random() + near * 0.6, near > 0.6 ? 4 : 6)
        : ridge(random, 200, 0.7 + 0.9 * random(), 2);
    const colour = mix(palette.far, palette.near, near);
    const id = `land${layer}`;
    const mist = mix(colour, palette.sky[2], 0.42 * (1 - near));
    const fill = `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colour}"/><stop offset="${(0.25 + 0.6 * near).toFixed(2)}" stop-color="${mist}"/></linearGradient>`;
    const forest = scene === 'mountains' && near > 0.55 ? trees(frame, heights, top, depth, colour) : '';
    return `${fill}${forest}${land(frame, heights, top, depth, `url(#${id})`)}`;
  }).join('\n');
}

/** Water to the front, with the light on it, before far islands. */
function drawSea(frame: Frame): string {
  const { width, height, horizon, palette, random, light } = frame;
  const islands = [0.5, 0.8].map((near) => {
    const heights = ridge(random, 240, 0.8 + random(), 5).map((value) => Math.max(0, value - 0.45) * 1.8);
    const tall = height * 0.09;
    return land(frame, heights, horizon - tall, tall + 1, mix(palette.far, palette.near, near * 0.6));
  });
  const deep = mix(palette.near, palette.sky[0], 0.35);
  const water = `<linearGradient id="water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${mix(palette.sky[2], palette.sky[1], 0.5)}"/><stop offset=".35" stop-color="${mix(palette.sky[1], deep, 0.5)}"/><stop offset="1" stop-color="${deep}"/></linearGradient><rect y="${px(horizon)}" width="${width}" height="${px(height - horizon)}" fill="url(#water)"/>`;
  const streaks = Array.from({ length: 420 }, (_, index) => {
    const down = random() ** 1.6;
    const y = horizon + down * (height - horizon);
    const glitter = index % 3 !== 0;
    const spread = glitter ? width * (0.03 + 0.14 * down) : width;
    const x = (glitter ? light.x : width / 2) + (random() + random() - 1) * spread;
    const half = width * (0.004 + 0.022 * random()) * (0.4 + down);
    const thick = height * (0.0006 + 0.0022 * down);
    const colour = glitter ? palette.light : random() < 0.5 ? deep : palette.sky[2];
    const opacity = (glitter ? 0.6 : 0.22) * (1 - 0.85 * down);
    return `<ellipse cx="${px(x)}" cy="${px(y)}" rx="${px(half)}" ry="${thick.toFixed(2)}" fill="${colour}" opacity="${opacity.toFixed(2)}"/>`;
  });
  return `${islands.join('')}${water}${streaks.join('')}`;
}

/** Draws a whole landscape: SVG elements for a picture of the frame's size. */
export function drawLandscape(frame: Frame, scene: Scene): string {
  return `${drawSky(frame)}\n${scene === 'sea' ? drawSea(frame) : drawLand(frame, scene)}`;
}
