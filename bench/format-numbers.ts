/** Numbers made readable. What was not measured is no number, and ends its part with an error: it never looks like a result. */

/** @throws Error for what is no finite number. */
export function formatNumber(value: number, digits = 0): string {
  if (!Number.isFinite(value)) throw new Error(`A figure is ${value}: something that it is made of was not measured`);
  return value.toFixed(digits);
}

/** A share of values in order, by nearest rank: `percentile(values, 0.99)`. @throws Error where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('A figure has no values: nothing was measured');
  return value;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median, and in brackets the least and the most. @throws Error where a value is missing or none is there. */
export function spread(values: readonly number[], digits = 0): string {
  const text = (value: number) => formatNumber(value, digits);
  return values.length === 1
    ? text(median(values))
    : `${text(median(values))} (${text(Math.min(...values))}-${text(Math.max(...values))})`;
}

export function mebibytes(bytes: number): number {
  return bytes / 1024 / 1024;
}

/** Rows as columns; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}
