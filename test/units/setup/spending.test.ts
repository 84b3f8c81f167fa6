/** What limits mean in dollars, and the address of the invitation. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inviteAddress } from '../../../src/doctor/permissions.ts';
import { describeSpending } from '../../../src/setup/spending.ts';

const DEFAULTS = {
  guildMonthlyImages: 1000,
  guildDailyImages: 100,
  userDailyImages: 30,
  totalMonthlyImages: undefined,
};

test('the defaults are $30 a server and month, and $300 for ten of them', () => {
  expect(describeSpending(DEFAULTS, 0.03)).toEqual([
    'A server can spend at most $30.00 a month: 1000 pictures at $0.03, 100 a day.',
    'A member of it: at most $27.90 of that, 30 pictures a day.',
    'All servers together: no ceiling. Ten servers can spend $300.00 a month.',
  ]);
});

test('whichever limit is reached first counts: the day’s over a month of 31, the month’s, the ceiling', () => {
  expect(describeSpending({ ...DEFAULTS, guildDailyImages: 10 }, 0.05)[0]).toBe(
    'A server can spend at most $15.50 a month: 310 pictures at $0.05, 10 a day.',
  );
  const capped = describeSpending({ ...DEFAULTS, totalMonthlyImages: 20 }, 0.03);
  expect(capped).toEqual([
    'A server can spend at most $0.60 a month: 20 pictures at $0.03, 20 a day.',
    'A member of it: at most $0.60 of that, 20 pictures a day.',
    'All servers together: at most $0.60 a month, 20 pictures.',
  ]);
});

test('the README’s invitation asks for the permissions that the bot’s own does', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(inviteAddress('APPLICATION_ID'));
});
