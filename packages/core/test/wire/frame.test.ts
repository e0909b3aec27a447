import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from '../../src/wire/frame.js';

function read(bytes: Uint8Array, cuts: readonly number[], maxBytes?: number): unknown[] {
  const messages: unknown[] = [];
  const reader = new FrameReader((message) => messages.push(message), maxBytes);
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  let at = 0;
  for (const end of ends) {
    reader.push(bytes.slice(at, end));
    at = end;
  }
  reader.end();
  return messages;
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function faultOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const header = (length: number): Uint8Array =>
  new Uint8Array([length >>> 24, length >>> 16, length >>> 8, length]);
const good = encodeFrame({ type: 'ping' });

describe('frames', () => {
  it('come back whole however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), fc.array(fc.nat(2_000)), (messages, cuts) => {
        const stream = concat(...messages.map(encodeFrame));
        expect(read(stream, cuts)).toEqual(messages);
      }),
    );
  });

  it('are refused by their header alone when they are too large, with the offset of the frame', () => {
    const fault = faultOf(() => read(concat(good, header(1_000_001)), [], 1_000_000));
    expect(fault).toMatchObject({ code: 'too-large', offset: good.length });
  });

  it.each([
    ['no JSON', new TextEncoder().encode('{]')],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['empty', new Uint8Array(0)],
  ])('whose body is %s are refused with the offset, without quoting it', (_, body) => {
    const fault = faultOf(() => read(concat(good, header(body.length), body), []));
    expect(fault).toMatchObject({ code: 'malformed', offset: good.length });
    expect(fault.message).toBe('the body of a frame is not JSON in UTF-8');
  });

  it('that are cut off are truncated, at every length', () => {
    for (let length = 1; length < good.length; length++) {
      expect(faultOf(() => read(good.slice(0, length), []))).toMatchObject({ code: 'truncated', offset: 0 });
    }
  });

  it('are not read any more after a fault', () => {
    const reader = new FrameReader(() => undefined, 10);
    expect(() => {
      reader.push(header(11));
    }).toThrow(InputError);
    expect(() => {
      reader.push(good);
    }).toThrow('a frame of 11 bytes');
  });

  it('of arbitrary bytes are read or refused with an InputError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          read(concat(header(bytes.length), bytes), []);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
