/** A picture that a member gives a model to start from: its address, and what Discord says of it. Pure. */
import { z } from 'zod';

/** Where a picture stands in a message of the bot's own: there a fresh address of it can be read. */
const placeSchema = z.object({ channelId: z.string(), messageId: z.string() });

/** As a job's record holds it. Its bytes are nowhere in the bot. */
export const referenceSchema = z.object({
  /** Discord's signed address. */
  url: z.string(),
  /** Left out for a picture that stands in no message which the bot can read. */
  place: placeSchema.optional(),
  /** What Discord says of the file, as far as it does: its MIME type, bytes, pixels. */
  type: z.string().optional(),
  bytes: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});
export type Reference = z.infer<typeof referenceSchema>;
