/**
 * What pictures ByteDance's models take as input, where a model's page says nothing stricter: what all the documents of the
 * Seedream 4 and 5 families agree on. Its own documents go up to 14 pictures, 30 MB and more formats.
 */
import type { ReferenceField } from '../profile.ts';

export const REFERENCE_LIMITS = {
  list: true,
  min: 1,
  max: 10,
  maxBytes: 10 * 1000 * 1000,
  maxMegapixels: 36,
  maxRatio: 16,
  formats: ['png', 'jpeg', 'webp'],
  // Upstream's.
  withPictures: 15,
} as const satisfies Omit<ReferenceField, 'field'>;
