import { describe, expect, it } from 'vitest';
import { berlinDay, euro, germanDay, germanInstant, keepCitations } from '../../src/forms/format.js';

describe('German formats', () => {
  it.each([
    ['2026-11-20', '20.11.2026'],
    ['1931-04', '04.1931'],
    ['1931', '1931'],
  ])('write %s as %s', (day, german) => {
    expect(germanDay(day)).toBe(german);
  });

  it('take the day from German legal time, in winter and in summer', () => {
    expect(berlinDay(new Date('2026-11-20T23:00:00Z'))).toBe('2026-11-21');
    expect(berlinDay(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
  });

  it('write an instant with its German time', () => {
    expect(germanInstant('2026-11-20T08:05:00Z')).toBe('20.11.2026, 09:05 Uhr');
  });

  it.each([
    [0, '0,00\u00a0€'],
    [5, '0,05\u00a0€'],
    [4600, '46,00\u00a0€'],
    [123_456_789, '1.234.567,89\u00a0€'],
    [-100, '−1,00\u00a0€'],
  ])('write %d cents as %s', (cents, text) => {
    expect(euro(cents)).toBe(text);
  });

  it('keep a citation on one line', () => {
    expect(keepCitations('nach § 23 Abs. 4 PAuswG')).toBe('nach §\u00a023\u00a0Abs.\u00a04 PAuswG');
  });
});
