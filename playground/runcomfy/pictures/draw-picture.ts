/** Pictures that are pleasant to look at: a landscape, with the prompt and the picture's number on it. */
import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import { drawCaption } from './caption/caption.ts';
import { typeface } from './caption/typeface.ts';
import { chooseScene, drawLandscape } from './draw-landscape.ts';
import { choosePalette } from './palettes.ts';
import type { Picture } from './picture.ts';
import { createRandom, seedOf } from '../random.ts';

/** The picture as an SVG document. */
function composeSvg(picture: Picture): string {
  const { prompt, seed, number, width, height } = picture;
  const series = createRandom(seed ^ seedOf(prompt));
  const scene = chooseScene(prompt, series);
  const palette = choosePalette(prompt, series(), number);
  const random = createRandom((seed ^ seedOf(prompt)) + number * 7919);
  const horizon = height * (scene === 'sea' ? 0.56 : 0.6);
  const light = { x: width * (0.2 + 0.6 * random()), y: horizon * (1 - 0.85 * palette.height) };
  const land = drawLandscape({ width, height, horizon, palette, random, light }, scene);
  const { shade, words } = drawCaption(picture);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${land}${shade}${words}</svg>`;
}

/** Draws a picture and returns its JPEG. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const { pixels, width, height } = await renderAsync(composeSvg(picture), { font: typeface() });
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 84 })
    .toBuffer();
}
