import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { parseCesq, parseCsq } from '@buergerkoffer/connectivity';

describe('parseCsq', () => {
  it.each([
    ['+CSQ: 0,99', -113],
    ['+CSQ: 21,99', -71],
    ['+CSQ:31,0', -51],
    ['+CSQ: 100,99', -116],
    ['+CSQ: 191,99', -25],
    ['+CSQ: 99,99', 'unknown'],
    ['+CSQ: 199,99', 'unknown'],
  ])('reads %s', (line, rssiDbm) => {
    expect(parseCsq(line).rssiDbm).toBe(rssiDbm);
  });

  it('tells an error class from an unknown one', () => {
    expect(parseCsq('+CSQ: 12,3').bitErrorClass).toBe(3);
    expect(parseCsq('+CSQ: 12,99').bitErrorClass).toBe('unknown');
  });

  it.each([
    ['+CSQ: 32,99', 'out-of-range', 6],
    ['+CSQ: 192,99', 'out-of-range', 6],
    ['+CSQ: 12,8', 'out-of-range', 9],
    ['+CSQ: x,99', 'malformed', 6],
    ['+CSQ: ', 'missing', 6],
    ['+CESQ: 1,2', 'malformed', 0],
  ])('refuses %s as %s at %i', (line, code, offset) => {
    expect(() => parseCsq(line)).toThrow(expect.objectContaining({ code, offset }));
  });
});

describe('parseCesq', () => {
  it('reads the LTE numbers and leaves the others unknown', () => {
    expect(parseCesq('+CESQ: 99,99,255,255,20,51')).toEqual({
      rxlevDbm: 'unknown',
      bitErrorClass: 'unknown',
      rscpDbm: 'unknown',
      ecnoDb: 'unknown',
      rsrqDb: -10,
      rsrpDbm: -90,
    });
  });

  it('reads both ends of every scale', () => {
    expect(parseCesq('+CESQ: 0,0,0,0,0,0')).toEqual({
      rxlevDbm: -111,
      bitErrorClass: 0,
      rscpDbm: -121,
      ecnoDb: -24.5,
      rsrqDb: -20,
      rsrpDbm: -141,
    });
    expect(parseCesq('+CESQ: 63,7,96,49,34,97')).toEqual({
      rxlevDbm: -48,
      bitErrorClass: 7,
      rscpDbm: -25,
      ecnoDb: 0,
      rsrqDb: -3,
      rsrpDbm: -44,
    });
  });

  it('refuses an index between the scale and "unknown"', () => {
    expect(() => parseCesq('+CESQ: 99,99,255,255,20,98')).toThrow(
      expect.objectContaining({ code: 'out-of-range', path: 'rsrp', offset: 24 }),
    );
  });

  it('answers any line with a reading or an InputError that points into the line', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string().map((tail) => `+CESQ: ${tail}`),
    );
    fc.assert(
      fc.property(line, (text) => {
        try {
          parseCesq(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).offset ?? 0).toBeLessThanOrEqual(text.length + 1);
        }
      }),
    );
  });
});
