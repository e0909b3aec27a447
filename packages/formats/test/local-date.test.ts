import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  ageReachedOn,
  berlinDate,
  compareLocalDates,
  dateParts,
  daysBetween,
  localDate,
  parseLocalDate,
} from '../src/index.js';
import { inputErrorOf } from './input-error-of.js';

const d = parseLocalDate;

describe('parseLocalDate', () => {
  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(d(text)).toBe(text);
  });

  it.each(['2023-02-29', '1900-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '2024-04-31', '0000-01-01'])(
    'refuses %s, which no calendar has',
    (text) => {
      expect(inputErrorOf(() => d(text, 'holder.birthDate'))).toMatchObject({
        code: 'out-of-range',
        path: 'holder.birthDate',
      });
    },
  );

  it.each(['', '2024-2-9', '29.02.2024', '2024-02-29T00:00', '+2024-02-29', '2024-02-29\n', '２024-02-29'])(
    'refuses %j as malformed',
    (text) => {
      expect(inputErrorOf(() => d(text)).code).toBe('malformed');
    },
  );

  it('does not repeat the date in its message', () => {
    expect(inputErrorOf(() => d('1950-02-30')).message).not.toContain('1950');
  });
});

describe('arithmetic of dates', () => {
  it('agrees with the proleptic Gregorian calendar of ECMAScript', () => {
    const days = fc.integer({ min: -700_000, max: 2_900_000 });
    fc.assert(
      fc.property(days, (day) => {
        const expected = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(addDays(d('1970-01-01'), day)).toBe(expected);
        expect(daysBetween(d('1970-01-01'), d(expected))).toBe(day);
      }),
    );
  });

  it('takes the last day of a month that lacks the day', () => {
    expect(addMonths(d('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(d('2023-03-31'), -1)).toBe('2023-02-28');
    expect(addMonths(d('2023-11-30'), 3)).toBe('2024-02-29');
    expect(addYears(d('2024-02-29'), 10)).toBe('2034-02-28');
    expect(addYears(d('2024-02-29'), -4)).toBe('2020-02-29');
  });

  it('refuses to leave the years 1 to 9999', () => {
    expect(inputErrorOf(() => addDays(d('9999-12-31'), 1)).code).toBe('out-of-range');
    expect(inputErrorOf(() => addYears(d('0001-01-01'), -1)).code).toBe('out-of-range');
    expect(inputErrorOf(() => addDays(d('2024-01-01'), Number.NaN)).code).toBe('out-of-range');
    expect(inputErrorOf(() => localDate(2024, 1.5, 1)).code).toBe('out-of-range');
  });

  it('orders dates', () => {
    const dates = [d('2024-03-01'), d('1999-12-31'), d('2024-02-29')];
    expect(dates.sort(compareLocalDates)).toEqual(['1999-12-31', '2024-02-29', '2024-03-01']);
    expect(dateParts(d('2024-02-29'))).toEqual({ year: 2024, month: 2, day: 29 });
  });
});

describe('ageOn', () => {
  it('counts a year of life as complete from the birthday on', () => {
    expect(ageOn(d('2010-11-20'), d('2026-11-19'))).toBe(15);
    expect(ageOn(d('2010-11-20'), d('2026-11-20'))).toBe(16);
    expect(ageOn(d('2010-11-20'), d('2010-11-20'))).toBe(0);
  });

  it('lets the new age of a person born on 29 February begin on 1 March where the day is missing', () => {
    expect(ageOn(d('2008-02-29'), d('2026-02-28'))).toBe(17);
    expect(ageOn(d('2008-02-29'), d('2026-03-01'))).toBe(18);
    expect(ageReachedOn(d('2008-02-29'), 18)).toBe('2026-03-01');
  });

  it('lets it begin on 29 February in a leap year', () => {
    expect(ageOn(d('2008-02-29'), d('2024-02-28'))).toBe(15);
    expect(ageOn(d('2008-02-29'), d('2024-02-29'))).toBe(16);
    expect(ageReachedOn(d('2008-02-29'), 16)).toBe('2024-02-29');
  });

  it('refuses a birth in the future', () => {
    expect(inputErrorOf(() => ageOn(d('2026-11-21'), d('2026-11-20')))).toMatchObject({
      code: 'out-of-range',
      path: 'birthDate',
    });
  });

  it('works up to the last day of the calendar', () => {
    expect(ageOn(d('9990-12-31'), d('9999-12-31'))).toBe(9);
    expect(ageOn(d('0001-01-01'), d('9999-12-31'))).toBe(9998);
  });
});

describe('berlinDate', () => {
  it('changes at midnight in Berlin, in winter and in summer', () => {
    expect(berlinDate(Date.UTC(2026, 0, 31, 22, 59, 59, 999))).toBe('2026-01-31');
    expect(berlinDate(Date.UTC(2026, 0, 31, 23))).toBe('2026-02-01');
    expect(berlinDate(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06-30');
    expect(berlinDate(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
  });

  it('refuses what is no instant', () => {
    expect(inputErrorOf(() => berlinDate(Number.NaN)).code).toBe('out-of-range');
    expect(inputErrorOf(() => berlinDate(new Date('nonsense'))).code).toBe('out-of-range');
    expect(inputErrorOf(() => berlinDate(9e15)).code).toBe('out-of-range');
  });

  it('refuses instants before the year 1 and after 9999', () => {
    expect(inputErrorOf(() => berlinDate(-8.64e15)).code).toBe('out-of-range');
    expect(inputErrorOf(() => berlinDate(8.64e15)).code).toBe('out-of-range');
    expect(inputErrorOf(() => berlinDate(Date.UTC(-5, 0, 1))).code).toBe('out-of-range');
  });
});
