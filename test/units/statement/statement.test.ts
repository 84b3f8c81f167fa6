/** A statement as it is shown: what the balance's change says of it, and both forms of it. */
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../src/statement/csv.ts';
import type { Statement } from '../../../src/statement/gather.ts';
import { textOf } from '../../../src/statement/text.ts';
import { NOTHING, type Share } from '../../../src/services/usage/accounts/accounts.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const CENT = 10_000;
const share = (over: Partial<Share>): Share => ({ ...NOTHING, guildId: 'g', userId: 'ana', model: 'x/one', ...over });
const claim = { jobId: 'job', guildId: 'g', model: 'x/one', images: 4, estimated: 12 * CENT, at: NOON };

function statement(over: Partial<Statement> = {}): Statement {
  return { month: '2026-11', at: NOON, shares: [], claims: [], elsewhere: 0, balances: undefined, ...over };
}

/** Readings of the balance between which so much was spent. */
function balances(spent: number, raised = 0) {
  const first = { at: NOON - 3_600_000, balance: 1000 * CENT };
  return { version: 1 as const, first, last: { at: NOON, balance: 1000 * CENT + raised - spent }, raised };
}

const billed = share({ pictures: 4, estimated: 12 * CENT, billed: 12 * CENT });
const untold = share({ userId: 'ben', pictures: 2, estimated: 6 * CENT, untold: 6 * CENT });
const unknown = share({ userId: 'cem', pictures: 4, estimated: 12 * CENT, unknown: 12 * CENT });

describe('the balance beside the sum', () => {
  it.each([
    [[billed, untold], balances(18 * CENT), 'The statement says the same.'],
    [[billed, unknown], balances(12 * CENT), 'So the requests of unknown fate were not billed.'],
    [[billed, unknown], balances(24 * CENT), 'So $0.12 of the $0.12 of unknown fate were billed.'],
    [[billed, unknown], balances(15 * CENT), 'So $0.03 of the $0.12 of unknown fate were billed.'],
    [[billed], balances(20 * CENT), 'That is $0.08 more than the statement has.'],
    [[billed, unknown], balances(25 * CENT), 'That is $0.01 more than the statement has.'],
    [[billed], balances(11 * CENT), 'That is $0.01 less than the statement has.'],
    [
      [billed],
      balances(12 * CENT, 500 * CENT),
      'with at least $5.00 put in meanwhile: $0.12 were spent.\nThe statement says the same.',
    ],
    [[billed], undefined, 'RunComfy did not tell it in this month.'],
  ])('%j, %j', (shares, change, says) => {
    expect(textOf(statement({ shares, balances: change }))).toContain(says);
  });

  it('is shown with when it was read', () => {
    const said = textOf(statement({ shares: [billed], balances: balances(12 * CENT) }));
    expect(said).toContain('Balance: $10.00 on 2026-11-23 11:00, $9.88 on 2026-11-23 12:00: $0.12 were spent.');
  });
});

describe('the text', () => {
  it('sums what was billed, what is estimated and what nobody knows', () => {
    const said = textOf(statement({ shares: [billed, untold, unknown], claims: [claim] }));
    expect(said).toMatch(/^Billed, as RunComfy says +\$0\.12$/m);
    expect(said).toMatch(/does not say what it billed: estimated +\$0\.06$/m);
    expect(said).toMatch(/^Of unknown fate: billed or not +up to \$0\.12$/m);
    expect(said).toMatch(/^In all +\$0\.18 to \$0\.30$/m);
    expect(said).toMatch(/^2026-11-23 12:00 +g +x\/one +4 +\$0\.12 +\(none came\) +job$/m);
  });

  it('has fractions of a cent, members whose names are not kept, and the server with most pictures first', () => {
    const shares = [
      share({ guildId: 'small', pictures: 1, estimated: 28_500, billed: 28_500 }),
      { ...NOTHING, guildId: 'large', model: 'x/one', pictures: 9, estimated: 27 * CENT, billed: 27 * CENT, freed: 3 },
    ];
    const said = textOf(statement({ shares }));
    expect(said).toMatch(
      /large +\(not kept\) +x\/one +9 +\$0\.27 +\$0\.27 +3\nsmall +ana +x\/one +1 +\$0\.0285 +\$0\.0285$/m,
    );
    expect(said).toMatch(/^In all +\$0\.2985$/m);
    expect(said).toContain('10 pictures; 3 more cost nothing');
  });

  it('says what the limits count and it does not have', () => {
    expect(textOf(statement({ shares: [billed], elsewhere: 7 }))).toContain('The limits count 7 pictures more');
    expect(textOf(statement({ shares: [billed] }))).not.toContain('The limits count');
  });
});

it('is a table for a spreadsheet, exact to the millionth of a dollar', () => {
  const shares = [{ ...billed, model: 'x,"y"', billed: 1 }];
  const lines = csvOf(
    statement({ shares, claims: [{ ...claim, requestId: 'r-1' }], balances: balances(12 * CENT) }),
  ).split('\r\n');
  expect(lines).toEqual([
    'kind,month,server,member,model,pictures,freed,estimated_usd,billed_usd,not_told_usd,unknown_usd,time,job,request,balance_usd',
    'usage,2026-11,g,ana,"x,""y""",4,0,0.120000,0.000001,0.000000,0.000000,,,,',
    'unknown,2026-11,g,,x/one,4,,,,,0.120000,2026-11-23T12:00:00.000Z,job,r-1,',
    'balance,2026-11,,,,,,,,,,2026-11-23T11:00:00.000Z,,,10.000000',
    'balance,2026-11,,,,,,,,,,2026-11-23T12:00:00.000Z,,,9.880000',
    '',
  ]);
});
