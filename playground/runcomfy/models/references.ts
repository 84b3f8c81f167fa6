/** What models take as references. */
import type { ReferenceLimits, Validation } from './model.ts';

const MEGABYTE = 1024 * 1024;

/** The rules as `seedream-5.0-pro/image-to-image` publishes them, with their own sentences. */
export function referenceValidations(megabytes: number): Validation[] {
  const ratio = 'The aspect ratio range should be 1:16 to 16:1.';
  const pixels = 'The uploaded image width and height must exceed 14 pixels.';
  return [
    {
      validation_rule: 'file_size_mb<',
      validation_value: megabytes,
      validation_error: `File size must be less than ${megabytes} MB.`,
    },
    { validation_rule: 'width/height>', validation_value: 0.0625, validation_error: ratio },
    { validation_rule: 'width/height<', validation_value: 16, validation_error: ratio },
    { validation_rule: 'width_pixels>', validation_value: 14, validation_error: pixels },
    { validation_rule: 'height_pixels>', validation_value: 14, validation_error: pixels },
  ];
}

/** Upstream's for 4.0, 4.5 and 5.0 Lite (bmp too, which can't be drawn here): 10 MB each, and at most 15 with the pictures. */
export const UPSTREAM_REFERENCES: ReferenceLimits = {
  types: ['jpeg', 'png', 'webp', 'tiff', 'gif'],
  bytes: 10 * MEGABYTE,
  // Said of 5.0 Pro: 6000x6000.
  pixels: 36_000_000,
  withPictures: 15,
};
