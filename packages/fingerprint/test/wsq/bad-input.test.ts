import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { decodeWsq, encodeWsq, readWsqInfo } from '../../src/wsq/index.js';
import { ridges } from './support/ridges.js';

vi.setConfig({ testTimeout: 60_000 });

const sound = encodeWsq(ridges(70, 61), { comments: ['a comment'] }).bytes;
const restarting = encodeWsq(ridges(40, 41), { restartInterval: 200 }).bytes;

/** What decoding throws, which must be an InputError; undefined where it decodes. */
function faultOf(bytes: Uint8Array, maxPixels?: number): InputError | undefined {
  try {
    const image = decodeWsq(bytes, maxPixels === undefined ? {} : { maxPixels });
    expect(image.data).toHaveLength(image.width * image.height);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Where the marker FF`code` begins; segments of the sound file come in a known order, so the first one is meant. */
function segmentAt(bytes: Uint8Array, code: number): number {
  let at = 2;
  while (bytes[at + 1] !== code) at += 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
  return at;
}

function changed(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('decodeWsq', () => {
  it.each([
    ['a file', sound],
    ['a file with restart markers', restarting],
  ])('refuses %s that is cut off at any byte, with the place', (_, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      const fault = faultOf(bytes.subarray(0, length));
      expect(fault?.code, `${length} bytes`).toBe('truncated');
      expect(fault?.offset).toBeGreaterThanOrEqual(0);
      expect(fault?.offset).toBeLessThanOrEqual(length);
    }
  });

  it('gives an image or an InputError with the place for any changed bytes', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.constantFrom(sound, restarting),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (original, changes) => {
          const bytes = original.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const fault = faultOf(bytes);
          if (fault !== undefined) expect(fault.offset).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('refuses bytes that are no WSQ file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(faultOf(bytes)?.offset).toBeLessThanOrEqual(bytes.length);
        expect(faultOf(Uint8Array.of(0xff, 0xa0, ...bytes))).toBeInstanceOf(InputError);
      }),
      { numRuns: 300 },
    );
  });

  it('allocates nothing for a size that the bytes do not back', () => {
    const size = segmentAt(sound, 0xa2) + 6;
    expect(faultOf(changed(sound, size, 0xff, 0xff, 0xff, 0xff))).toMatchObject({
      code: 'too-large',
      offset: size,
    });
    // Allowed, but the blocks end long before.
    expect(faultOf(changed(sound, size, 0x05, 0, 0x05, 0))).toMatchObject({ code: 'truncated' });
    expect(faultOf(changed(sound, size, 0xff, 0xff, 0xff, 0xff), 2 ** 32)).toMatchObject({
      code: 'truncated',
    });
    expect(faultOf(changed(sound, size, 0, 10, 0, 10))).toMatchObject({ code: 'malformed' });
    expect(faultOf(changed(sound, size, 0, 0, 0, 10))).toMatchObject({ code: 'out-of-range', offset: size });
  });

  it('obeys the limit of the caller', () => {
    expect(faultOf(sound, 70 * 61)).toBeUndefined();
    expect(faultOf(sound, 70 * 61 - 1)).toMatchObject({ code: 'too-large' });
  });

  it.each([
    ['transform table', 0xa4],
    ['quantisation table', 0xa5],
    ['frame header', 0xa2],
    ['Huffman table', 0xa6],
  ])('names the %s where it is missing', (name, code) => {
    const at = segmentAt(sound, code);
    const length = 2 + ((sound[at + 2] ?? 0) << 8) + (sound[at + 3] ?? 0);
    const bytes = Uint8Array.from([...sound.subarray(0, at), ...sound.subarray(at + length)]);
    expect(faultOf(bytes)).toMatchObject({ code: 'missing', message: expect.stringContaining(name) });
  });

  it('refuses what no segment may say, with the place', () => {
    const [comment, transform, huffman, frame] = [0xa8, 0xa4, 0xa6, 0xa2].map((code) =>
      segmentAt(sound, code),
    ) as [number, number, number, number];
    // A length below that of the length itself.
    expect(faultOf(changed(sound, comment + 2, 0, 1))).toMatchObject({
      code: 'malformed',
      offset: comment + 2,
    });
    // A segment that is longer than its content.
    expect(faultOf(changed(sound, transform + 2, 0, 59))).toBeInstanceOf(InputError);
    expect(faultOf(changed(sound, transform + 4, 33))).toBeInstanceOf(InputError);
    // One even filter beside an odd one.
    expect(faultOf(changed(sound, transform + 4, 10, 7))).toMatchObject({
      code: 'unsupported',
      offset: transform + 4,
    });
    // More short codes than there can be.
    expect(faultOf(changed(sound, huffman + 5, 3))).toMatchObject({ code: 'malformed', offset: huffman + 4 });
    expect(faultOf(changed(sound, frame + 1, 0xa9))).toMatchObject({ code: 'malformed', offset: frame });
    expect(faultOf(changed(sound, 0, 0xff, 0xd8))).toMatchObject({ code: 'malformed', offset: 0 });
    expect(
      faultOf(
        Uint8Array.of(
          ...sound.subarray(0, frame),
          ...sound.subarray(frame, frame + 19),
          ...sound.subarray(frame),
        ),
      ),
    ).toMatchObject({
      code: 'malformed',
      offset: frame + 19,
    });
  });

  it('refuses a restart marker that is out of turn', () => {
    const at = restarting.findIndex((byte, index) => byte === 0xff && restarting[index + 1] === 0xb1);
    expect(faultOf(changed(restarting, at + 1, 0xb5))).toMatchObject({ code: 'malformed', offset: at });
  });
});

describe('readWsqInfo', () => {
  it('gives an answer or an InputError for any changed bytes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 255 }), (at, value) => {
        try {
          expect(readWsqInfo(changed(sound, at % sound.length, value)).filters.low.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
