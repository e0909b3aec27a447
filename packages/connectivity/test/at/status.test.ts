import { describe, expect, it } from 'vitest';
import { parseAttached, parseOperator, parseSimState } from '@buergerkoffer/connectivity';

describe('parseSimState', () => {
  it.each([
    ['+CPIN: READY', 'ready'],
    ['+CPIN: SIM PIN', 'pin'],
    ['+CPIN: SIM PUK', 'puk'],
    ['+CPIN: PH-SIM PIN', 'other-lock'],
    ['+CPIN: toString', 'other-lock'],
    ['+CME ERROR: 10', 'absent'],
    ['+CME ERROR: 13', 'failed'],
  ])('takes %s for %s', (line, sim) => {
    expect(parseSimState(line)).toBe(sim);
  });
});

describe('parseOperator', () => {
  it('reads the name and the technology', () => {
    expect(parseOperator('+COPS: 0,0,"Netz, Nord",7')).toEqual({ operator: 'Netz, Nord', technology: 'lte' });
  });

  it('names no operator where the modem names none', () => {
    expect(parseOperator('+COPS: 0')).toEqual({ technology: 'unknown' });
  });
});

describe('parseAttached', () => {
  it('reads both states and refuses others', () => {
    expect([parseAttached('+CGATT: 1'), parseAttached('+CGATT:0')]).toEqual([true, false]);
    expect(() => parseAttached('+CGATT: 2')).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
