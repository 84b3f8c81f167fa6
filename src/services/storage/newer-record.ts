/** How a record of a newer version is told from a damaged one. */
import { z } from 'zod';

const versionSchema = z.object({ version: z.int() });

/** Whether a record is refused because its version is above the one that the schema names. */
export function isNewer(value: unknown, { issues }: z.ZodError): boolean {
  const version = versionSchema.safeParse(value).data?.version;
  if (version === undefined) return false;
  const known = issues.flatMap((issue) =>
    issue.code === 'invalid_value' && issue.path.length === 1 && issue.path[0] === 'version' ? issue.values : [],
  );
  return known.length > 0 && known.every((own) => Number(own) < version);
}
