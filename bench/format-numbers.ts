/** Numbers made readable. */

/** A share of values in order, by nearest rank: `percentile(values, 0.99)`. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median, and in brackets the least and the most. */
export function spread(values: readonly number[], digits = 0): string {
  const text = (value: number) => value.toFixed(digits);
  return values.length < 2
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
