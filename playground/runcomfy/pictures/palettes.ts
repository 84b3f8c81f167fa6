/** The lights of a day, in order: the pictures of one job step through them. */

export interface Palette {
  /** Sky colours from the top down to the horizon. */
  sky: readonly [string, string, string];
  /** Sun or moon. */
  light: string;
  /** How high it stands, as a share of the sky. */
  height: number;
  /** The land's colour far away and close by. */
  far: string;
  near: string;
  stars: boolean;
}

const PALETTES: readonly [Palette, ...Palette[]] = [
  {
    sky: ['#2b4c8c', '#e79aa8', '#ffd9b0'],
    light: '#fff1d0',
    height: 0.3,
    far: '#c98fa6',
    near: '#2a2140',
    stars: false,
  },
  {
    sky: ['#4f8fd0', '#a8d4ee', '#f3ead2'],
    light: '#fffbe8',
    height: 0.55,
    far: '#a9c8d6',
    near: '#1f4a47',
    stars: false,
  },
  {
    sky: ['#1f6fb8', '#6db7e4', '#dff2f4'],
    light: '#ffffff',
    height: 0.8,
    far: '#93bdd4',
    near: '#17414f',
    stars: false,
  },
  {
    sky: ['#3f7fae', '#f0c98a', '#fbe7bd'],
    light: '#fff3c4',
    height: 0.5,
    far: '#d9b48a',
    near: '#4a3320',
    stars: false,
  },
  {
    sky: ['#46306e', '#e2646a', '#ffb45c'],
    light: '#ffe3a3',
    height: 0.25,
    far: '#c4616f',
    near: '#26122f',
    stars: false,
  },
  {
    sky: ['#1d1b4c', '#7a3f86', '#f08a72'],
    light: '#ffd0b0',
    height: 0.12,
    far: '#83477f',
    near: '#140f2c',
    stars: true,
  },
  {
    sky: ['#070d24', '#122a52', '#37618a'],
    light: '#f4f6ff',
    height: 0.75,
    far: '#2d5278',
    near: '#050b18',
    stars: true,
  },
  {
    sky: ['#061a24', '#0f4a52', '#4fae94'],
    light: '#e8fff4',
    height: 0.6,
    far: '#2c7a72',
    near: '#04141a',
    stars: true,
  },
];

/** Which of them, in which order, suit a prompt that names a time of day. */
const TIMES: readonly [RegExp, readonly number[]][] = [
  [
    /sunset|sunrise|dawn|dusk|evening|atardecer|amanecer|p[oô]r do sol|coucher|sonnenuntergang|tramonto|夕/i,
    [4, 0, 5, 3],
  ],
  [/night|moon|\bstars?\b|noche|luna|noite|nuit|nacht|notte|夜|月/i, [6, 7, 5]],
];

/** The palette of a job's picture `number` (from 1), beginning at a place in the day that `start` (0 to 1) decides. */
export function choosePalette(prompt: string, start: number, number: number): Palette {
  const order = TIMES.find(([words]) => words.test(prompt))?.[1];
  if (order) return PALETTES[order[(number - 1) % order.length] ?? 0] ?? PALETTES[0];
  return PALETTES[(Math.floor(start * PALETTES.length) + number - 1) % PALETTES.length] ?? PALETTES[0];
}

/** The colour `share` of the way from one `#rrggbb` to another. */
export function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
