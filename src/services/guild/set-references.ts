/** Whether a guild lets its members start from pictures. Pure. */
import { knownAnew, withChange, type Author } from './set-limits.ts';
import { REFERENCES, type GuildSettings } from './settings-record.ts';

/** A switch that cannot be read bars: nobody knows what it was. */
export function allowsReferences({ references, unreadable = [] }: GuildSettings): boolean {
  return !unreadable.includes(REFERENCES) && (references?.value ?? true);
}

/** Settings where references are allowed, or not. */
export function setReferences(
  value: boolean,
  { settings, author: { by, at } }: { settings: GuildSettings; author: Author },
): { settings: GuildSettings; before: boolean } {
  const before = allowsReferences(settings);
  const bare = knownAnew(settings, (name) => name === REFERENCES);
  const to = { ...bare, references: { value, by, at } };
  const change = { at, by, of: { references: true as const }, before: Number(before), after: Number(value) };
  return { settings: before === value ? to : withChange(to, change), before };
}
