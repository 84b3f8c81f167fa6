/** A picture to show in Discord where RunComfy made none: 64 × 64 white pixels. */
import type { Picture } from '../../services/pictures/picture.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAEklEQVR42mP4DwUMo4xRBukMAOPT/hAC2mzjAAAAAElFTkSuQmCC';

export function plainPicture(): Picture {
  const bytes = Buffer.from(PNG, 'base64');
  return { chunks: [bytes], size: bytes.length, format: 'png', width: 64, height: 64 };
}
