/** Amounts of money, for people. Pure. */

const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 6 });

/** Millionths of a US dollar with every digit that counts: `$0.09`, `$0.0325`. */
export function showMoney(amount: number): string {
  return format.format(amount / 1e6);
}

/** A moment (milliseconds since the epoch) as UTC to the minute: `2026-11-26 16:30`. */
export function showTime(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
