/** A statement for eyes. Pure. */
import {
  sumOf,
  sumsBy,
  type Amounts,
  type Balances,
  type Claim,
  type Share,
} from '../services/usage/accounts/accounts.ts';
import type { Statement } from './gather.ts';
import { showMoney, showTime } from './money.ts';
import { table } from './table.ts';

/** What stands in the place of a member whose name is not kept. */
const NOBODY = '(not kept)';

const AMOUNTS = ['pictures', 'estimated', 'billed', 'not told', 'unknown', 'freed'].map((name) => ({
  name,
  right: true,
}));

function amountsOf({ pictures, estimated, billed, untold, unknown, freed }: Amounts): string[] {
  return [
    String(pictures),
    showMoney(estimated),
    showMoney(billed),
    untold === 0 ? '' : showMoney(untold),
    unknown === 0 ? '' : showMoney(unknown),
    freed === 0 ? '' : String(freed),
  ];
}

/** Every server's members and models, the server with most pictures first. */
function shareTable(shares: readonly Share[]): string {
  const rows = sumsBy(shares, ({ guildId }) => guildId).flatMap(({ key }) =>
    shares
      .filter(({ guildId }) => guildId === key)
      .toSorted((one, other) => other.pictures - one.pictures)
      .map((share) => [share.guildId, share.userId ?? NOBODY, share.model, ...amountsOf(share)]),
  );
  return table([{ name: 'server' }, { name: 'member' }, { name: 'model' }, ...AMOUNTS], rows);
}

function sumTable(name: string, shares: readonly Share[], keyOf: (share: Share) => string): string {
  const rows = sumsBy(shares, keyOf).map(({ key, ...amounts }) => [key, ...amountsOf(amounts)]);
  return table([{ name }, ...AMOUNTS], rows);
}

function claimTable(claims: readonly Claim[]): string {
  const columns = [
    { name: 'asked for (UTC)' },
    { name: 'server' },
    { name: 'model' },
    { name: 'pictures', right: true },
    { name: 'up to', right: true },
    { name: "RunComfy's id" },
    { name: 'job' },
  ];
  const rows = claims.map(({ at, guildId, model, images, estimated, requestId = '(none came)', jobId }) => {
    return [showTime(at), guildId, model, String(images), showMoney(estimated), requestId, jobId];
  });
  return table(columns, rows);
}

function sumLines({ billed, untold, unknown, freed, pictures }: Amounts): string {
  const least = billed + untold;
  const sums = [
    ['Billed, as RunComfy says', showMoney(billed)],
    ...(untold === 0 ? [] : [['Made, where RunComfy does not say what it billed: estimated', showMoney(untold)]]),
    ...(unknown === 0 ? [] : [['Of unknown fate: billed or not', `up to ${showMoney(unknown)}`]]),
    ['In all', unknown === 0 ? showMoney(least) : `${showMoney(least)} to ${showMoney(least + unknown)}`],
  ];
  return table([{ name: `${pictures} pictures; ${freed} more cost nothing` }, { name: '', right: true }], sums);
}

/** The balance's change beside the sum, and what that says of it. */
function balanceLines(balances: Balances | undefined, { billed, untold, unknown }: Amounts): string {
  if (balances === undefined) return 'Balance: RunComfy did not tell it in this month.\n';
  const { first, last, raised } = balances;
  const readings = [first, last].map(({ at, balance }) => `${showMoney(balance)} on ${showTime(at)}`).join(', ');
  const put = raised === 0 ? '' : `, with at least ${showMoney(raised)} put in meanwhile`;
  const spent = first.balance + raised - last.balance;
  return `Balance: ${readings}${put}: ${showMoney(spent)} were spent.\n${verdict(spent, billed + untold, unknown)}\n`;
}

function verdict(spent: number, least: number, unknown: number): string {
  if (spent === least) {
    return unknown === 0 ? 'The statement says the same.' : 'So the requests of unknown fate were not billed.';
  }
  if (spent > least && spent <= least + unknown) {
    return `So ${showMoney(spent - least)} of the ${showMoney(unknown)} of unknown fate were billed.`;
  }
  const off = spent > least ? spent - least - unknown : least - spent;
  return (
    `That is ${showMoney(off)} ${spent > least ? 'more' : 'less'} than the statement has. Not in it: what else the account ` +
    'pays for, and jobs under way. Not in the change: what was billed before the first reading, and what was put in between two.'
  );
}

/** The statement as text, with its last line's end. */
export function textOf({ month, at, shares, claims, elsewhere, balances }: Statement): string {
  const sum = sumOf(shares);
  const parts = [
    `Statement of ${month}, made ${showTime(at)} (times, days and months are UTC)\n`,
    shares.length === 0 ? 'Nothing was asked for in this month, as far as is kept.\n' : shareTable(shares),
    sumTable('by server', shares, ({ guildId }) => guildId),
    sumTable('by model', shares, ({ model }) => model),
    claims.length === 0 ? '' : `Of unknown fate, to look up on RunComfy, or to claim:\n${claimTable(claims)}`,
    sumLines(sum),
    elsewhere === 0
      ? ''
      : `The limits count ${elsewhere} pictures more in this month: of jobs under way, of jobs whose record was lost, or from before there was a statement.\n`,
    balanceLines(balances, sum),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
