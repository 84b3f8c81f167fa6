/** The text in which a record is stored: its value and its expiry, as keyv words them. */
import { z } from 'zod';

export interface Envelope {
  value: unknown;
  /** Milliseconds since the epoch. */
  expires?: number | undefined;
}

const envelopeSchema = z.object({ value: z.unknown(), expires: z.number().optional() });

export function encodeEnvelope({ value, expires }: Envelope): string {
  return JSON.stringify({ value, expires });
}

/** Reads a stored text. One that is damaged becomes a value that no schema of a record takes: the text itself. */
export function decodeEnvelope(text: string): Envelope {
  try {
    const { value, expires } = envelopeSchema.parse(JSON.parse(text));
    if (value !== undefined) return { value, expires };
  } catch {
    // Not JSON, or not an envelope.
  }
  return { value: text };
}
