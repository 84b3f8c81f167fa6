/** A statement for a spreadsheet (RFC 4180). Pure. */
import type { Statement } from './gather.ts';

const COLUMNS = [
  /** `usage`: what a member of a server had of a model. `unknown`: one request of unknown fate, which is in `usage`, too. `balance`: a reading. */
  'kind',
  'month',
  'server',
  'member',
  'model',
  'pictures',
  'freed',
  'estimated_usd',
  'billed_usd',
  'not_told_usd',
  'unknown_usd',
  'time',
  'job',
  'request',
  'balance_usd',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** Millionths of a US dollar, exactly. */
const dollars = (amount: number) => (amount / 1e6).toFixed(6);
const time = (at: number) => new Date(at).toISOString();

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The statement as CSV, with a line of names. */
export function csvOf({ month, shares, claims, balances }: Statement): string {
  const rows: Row[] = [
    ...shares.map(({ guildId, userId = '', model, pictures, freed, ...money }) => ({
      kind: 'usage',
      server: guildId,
      member: userId,
      model,
      pictures,
      freed,
      estimated_usd: dollars(money.estimated),
      billed_usd: dollars(money.billed),
      not_told_usd: dollars(money.untold),
      unknown_usd: dollars(money.unknown),
    })),
    ...claims.map(({ guildId, model, images, estimated, at, jobId, requestId = '' }) => ({
      kind: 'unknown',
      server: guildId,
      model,
      pictures: images,
      unknown_usd: dollars(estimated),
      time: time(at),
      job: jobId,
      request: requestId,
    })),
    ...(balances === undefined ? [] : [balances.first, balances.last]).map(({ at, balance }) => ({
      kind: 'balance',
      time: time(at),
      balance_usd: dollars(balance),
    })),
  ];
  const lines = rows.map((row) => COLUMNS.map((name) => cell(name === 'month' ? month : (row[name] ?? ''))).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}
