/** The sky of a landscape, as SVG. */
import { px, type Frame } from './frame.ts';

function stars({ width, height, horizon, random }: Frame): string {
  const small = Math.min(width, height);
  const dots = Array.from({ length: 260 }, () => {
    const place = `cx="${px(random() * width)}" cy="${px(random() ** 1.4 * horizon)}"`;
    const radius = small * (0.0007 + 0.0014 * random() ** 3);
    return `<circle ${place} r="${radius.toFixed(2)}" opacity="${(0.3 + 0.7 * random()).toFixed(2)}"/>`;
  });
  return `<g fill="#fff">${dots.join('')}</g>`;
}

function clouds({ width, height, horizon, random }: Frame): string {
  const small = Math.min(width, height);
  const puffs = Array.from({ length: 9 }, () => {
    const place = `cx="${px(random() * width)}" cy="${px(horizon * (0.2 + 0.7 * random()))}"`;
    const size = `rx="${px(width * (0.14 + 0.24 * random()))}" ry="${px(small * (0.008 + 0.016 * random()))}"`;
    return `<ellipse ${place} ${size} opacity="${(0.12 + 0.26 * random()).toFixed(2)}"/>`;
  });
  return `<g fill="url(#cloud)">${puffs.join('')}</g>`;
}

/** Draws sky, sun or moon, stars and clouds. */
export function drawSky(frame: Frame): string {
  const { width, height, horizon, palette, light } = frame;
  const radius = Math.min(width, height) * (palette.stars ? 0.042 : 0.055);
  const [high, middle, low] = palette.sky;
  const stop = (offset: number, colour: string, opacity = 1) =>
    `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
  const disc = `cx="${px(light.x)}" cy="${px(light.y)}"`;
  return [
    '<defs>',
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${stop(0, high)}${stop(0.6, middle)}${stop(1, low)}</linearGradient>`,
    `<radialGradient id="glow">${stop(0, palette.light, 0.8)}${stop(0.2, palette.light, 0.3)}${stop(0.55, palette.light, 0.08)}${stop(1, palette.light, 0)}</radialGradient>`,
    `<radialGradient id="cloud">${stop(0, palette.light)}${stop(1, palette.light, 0)}</radialGradient>`,
    '</defs>',
    `<rect width="${width}" height="${px(horizon + 2)}" fill="url(#sky)"/>`,
    palette.stars ? stars(frame) : '',
    `<circle ${disc} r="${px(radius * 9)}" fill="url(#glow)"/>`,
    `<circle ${disc} r="${px(radius)}" fill="${palette.light}"/>`,
    clouds(frame),
  ].join('\n');
}
