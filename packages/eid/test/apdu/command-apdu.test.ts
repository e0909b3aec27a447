import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, encodeHex, InputError } from '@buergerkoffer/formats';
import { decodeCommand, encodeCommand, type CommandApdu } from '@buergerkoffer/eid';

const READ: CommandApdu = { cla: 0x00, ins: 0xb0, p1: 0x9c, p2: 0x00 };

describe('encodeCommand', () => {
  it.each<[CommandApdu, string]>([
    [READ, '00b09c00'],
    [{ ...READ, le: 256 }, '00b09c0000'],
    [{ ...READ, le: 223 }, '00b09c00df'],
    [{ ...READ, le: 257 }, '00b09c00000101'],
    [{ ...READ, le: 65_536 }, '00b09c00000000'],
    [{ cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: decodeHex('3f00') }, '00a4000c023f00'],
    [{ cla: 0x0c, ins: 0x86, p1: 0, p2: 0, data: decodeHex('7c00'), le: 256 }, '0c860000027c0000'],
  ])('writes %j as %s', (command, hex) => {
    expect(encodeHex(encodeCommand(command))).toBe(hex);
  });

  it('writes three bytes of length when told to, or when the data wants it', () => {
    const data = new Uint8Array(256).fill(7);
    expect(encodeHex(encodeCommand({ ...READ, data, le: 1 })).slice(0, 14)).toBe('00b09c00000100');
    expect(encodeHex(encodeCommand({ ...READ, data: data.slice(0, 1), le: 256 }, 'extended'))).toBe(
      '00b09c00000001070100',
    );
  });

  it.each<[CommandApdu, 'short' | 'extended', string]>([
    [{ ...READ, le: 257 }, 'short', 'le'],
    [{ ...READ, le: 0 }, 'short', 'le'],
    [{ ...READ, le: 65_537 }, 'extended', 'le'],
    [{ ...READ, data: new Uint8Array(256) }, 'short', 'data'],
    [{ ...READ, data: new Uint8Array(65_536) }, 'extended', 'data'],
    [{ ...READ, cla: 0xff }, 'short', 'cla'],
  ])('refuses what does not fit', (command, form, path) => {
    expect(() => encodeCommand(command, form)).toThrow(
      expect.objectContaining({ code: 'out-of-range', path }),
    );
  });
});

describe('decodeCommand', () => {
  it('reads back what was written, in both forms', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const command = fc.record({
      cla: fc.integer({ min: 0, max: 254 }),
      ins: byte,
      p1: byte,
      p2: byte,
      data: fc.uint8Array({ minLength: 1, maxLength: 400 }),
      le: fc.integer({ min: 1, max: 65_536 }),
    });
    fc.assert(
      fc.property(command, fc.boolean(), fc.boolean(), ({ data, le, ...header }, hasData, hasLe) => {
        const made: CommandApdu = { ...header, ...(hasData && { data }), ...(hasLe && { le }) };
        expect(decodeCommand(encodeCommand(made))).toEqual(made);
        expect(decodeCommand(encodeCommand(made, 'extended'))).toEqual(made);
      }),
    );
  });

  it.each([
    ['00b09c', 'truncated', 3],
    ['00a4000c023f', 'truncated', 5],
    ['00a4000c023f000000', 'malformed', 8],
    ['00a4000c0000', 'truncated', 5],
    ['00a4000c0000000000', 'malformed', 5],
    ['00a4000c00000200', 'truncated', 7],
  ])('refuses %s as %s at %i', (hex, code, offset) => {
    expect(() => decodeCommand(decodeHex(hex))).toThrow(expect.objectContaining({ code, offset }));
  });

  it('answers any bytes with a command or an InputError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decodeCommand(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
    expect(() => decodeCommand(new Uint8Array(70_000))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});
