/** The text in which a record is stored: its value and its expiry, as keyv words them. */
export interface Envelope {
  value: unknown;
  /** Milliseconds since the epoch. */
  expires?: number | undefined;
}

export function encodeEnvelope({ value, expires }: Envelope): string {
  return JSON.stringify({ value, expires });
}

/** Reads a stored text. One that is damaged becomes a value that no schema of a record takes: the text itself. */
export function decodeEnvelope(text: string): Envelope {
  try {
    const { value, expires } = JSON.parse(text) as Record<string, unknown>;
    if (value !== undefined && (expires === undefined || Number.isFinite(expires))) {
      return { value, expires: expires as number | undefined };
    }
  } catch {
    // Not JSON, or not an envelope.
  }
  return { value: text };
}
