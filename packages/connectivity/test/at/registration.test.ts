import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { parseRegistration } from '@buergerkoffer/connectivity';

describe('parseRegistration', () => {
  it('reads an answer with cell and technology', () => {
    expect(parseRegistration('+CREG: 2,1,"1A2B","01C3D4E5",7')).toEqual({
      domain: 'CREG',
      source: 'answer',
      status: 'home',
      technology: 'lte',
      areaCode: '1A2B',
      cellId: '01C3D4E5',
    });
  });

  it.each([
    ['+CEREG: 5', 'event', 'roaming'],
    ['+CEREG: 1,"1a2b","01c3d4e5",7', 'event', 'home'],
    ['+CEREG: 0,2', 'answer', 'searching'],
    ['+CGREG:2,3', 'answer', 'denied'],
    ['+CEREG: 3,3,,,,0,15', 'answer', 'denied'],
    ['+CEREG: 2,10,1a2b,01c3d4e5,7', 'answer', 'csfb-not-preferred-roaming'],
  ])('takes %s for an %s that says %s', (line, source, status) => {
    expect(parseRegistration(line)).toMatchObject({ source, status });
  });

  it('reads hexadecimal fields with and without quotes alike', () => {
    const quoted = parseRegistration('+CEREG: 2,1,"1a2b","01c3d4e5",7');
    expect(parseRegistration('+CEREG: 2,1,1A2B,01C3D4E5,7')).toEqual(quoted);
  });

  it('calls a technology of a later release unknown instead of refusing the line', () => {
    expect(parseRegistration('+CEREG: 2,1,"1A2B","01C3D4E5",77').technology).toBe('unknown');
  });

  it.each([
    ['+CEREG: 0,11', 'out-of-range', 10],
    ['+CEREG: ', 'missing', 8],
    ['+COPS: 0', 'malformed', 0],
    ['+CEREG: 2,1,"1A2B', 'malformed', 12],
    ['+CEREG: 2,1,"no hex"', 'malformed', 12],
  ])('refuses %s as %s', (line, code, offset) => {
    expect(() => parseRegistration(line)).toThrow(expect.objectContaining({ code, offset }));
  });

  it('answers any line with a registration or an InputError', () => {
    const line = fc
      .tuple(fc.constantFrom('+CREG:', '+CGREG:', '+CEREG:', ''), fc.string())
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(line, (text) => {
        try {
          expect(parseRegistration(text).status).toEqual(expect.any(String));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  it('refuses a line without end', () => {
    expect(() => parseRegistration(`+CREG: ${'1,'.repeat(10_000)}`)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});
