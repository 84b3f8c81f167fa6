import { expect, test } from 'vitest';
import { formatNumber, percentile, spread } from '../../../bench/format-numbers.ts';

test('figures are the median, and of several the least and the most', () => {
  expect(spread([3, 1, 2], 1)).toBe('2.0 (1.0-3.0)');
  expect(spread([4.26], 1)).toBe('4.3');
  expect(percentile([30, 10, 20], 0.99)).toBe(30);
});

test('what was not measured never looks like a result', () => {
  expect(() => spread([])).toThrow('nothing was measured');
  expect(() => percentile([], 0.99)).toThrow('nothing was measured');
  expect(() => spread([1, Number.NaN, 3], 2)).toThrow('was not measured');
  expect(() => formatNumber(1 / 0)).toThrow('was not measured');
});
