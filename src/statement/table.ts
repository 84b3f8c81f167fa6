/** Tables for a terminal. Pure. */

/** A column: its heading, whether it is of numbers, which stand at its right end. */
interface Column {
  name: string;
  right?: boolean;
}

/** Lines of a table, each with its end; empty where there are no rows. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const all = [columns.map(({ name }) => name), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  const lines = all.map((row) =>
    columns
      .map(({ right = false }, index) => {
        const cell = row[index] ?? '';
        return right ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
