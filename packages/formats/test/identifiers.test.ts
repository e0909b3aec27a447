import { describe, expect, it } from 'vitest';
import { parseAzrNumber, parsePostalCode } from '../src/index.js';
import { inputErrorOf } from './input-error-of.js';

describe('parseAzrNumber', () => {
  it.each(['800214123456', '000000000000', '991231999999'])('takes %s', (text) => {
    expect(parseAzrNumber(text)).toBe(text);
  });

  it.each([
    ['', 'malformed'],
    ['80021412345', 'malformed'],
    ['80021412345a', 'malformed'],
    ['801314123456', 'out-of-range'],
    ['800232123456', 'out-of-range'],
  ])('refuses %j as %s', (text, code) => {
    expect(inputErrorOf(() => parseAzrNumber(text))).toMatchObject({ code, path: 'azrNummer' });
  });
});

describe('parsePostalCode', () => {
  it.each(['01067', '99998', '60000'])('takes %s', (text) => {
    expect(parsePostalCode(text)).toBe(text);
  });

  it.each([
    ['6', 'malformed'],
    ['600000', 'malformed'],
    ['6000 ', 'malformed'],
    ['D-600', 'malformed'],
    ['00123', 'out-of-range'],
  ])('refuses %j as %s', (text, code) => {
    expect(inputErrorOf(() => parsePostalCode(text, 'wohnung.plz'))).toMatchObject({
      code,
      path: 'wohnung.plz',
    });
  });
});
