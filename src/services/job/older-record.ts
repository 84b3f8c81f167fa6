/** Records of earlier versions, read as they would be written now. Pure. */
import { z } from 'zod';

/** What of version 1 has another place now: such a job was one request, and its state told of the pictures' messages too. */
const firstSchema = z.looseObject({
  version: z.literal(1),
  count: z.int(),
  submittedAt: z.number().optional(),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  state: z.looseObject({ name: z.string() }),
});

/** Told by its version alone: nearly every record is of this one, and a parse that fails takes longest. */
function isFirst(stored: unknown): boolean {
  return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 1;
}

/** A record as this version writes it; what is none of an earlier version, as it is. Its parts are checked after. */
export function upgrade(stored: unknown): unknown {
  if (!isFirst(stored)) return stored;
  const first = firstSchema.safeParse(stored);
  if (!first.success) return stored;
  const { submittedAt, startedAt, finishedAt, state, ...rest } = first.data;
  const { posted = [], posting, earlier, givenUp = false, refused, ...own } = state;
  const delivered = state.name === 'delivered';
  const request = {
    number: 1,
    images: rest.count,
    ...defined({ submittedAt, startedAt, finishedAt }),
    state: delivered ? { ...own, name: 'completed' } : own,
  };
  const gallery = { posted, ...defined({ posting, earlier, refused }), givenUp, delivered };
  return { ...rest, version: 2, requests: [request], gallery };
}

/** Without what is left out. */
function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
