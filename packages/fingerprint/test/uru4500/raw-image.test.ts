import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { decryptRun, keyRuns } from '../../src/uru4500/cipher.js';
import { looksEncrypted, printOf, readRawImage } from '../../src/uru4500/raw-image.js';
import { rawImage } from '../support/virtual-uru4500.js';

/** A head that announces `lines`, with blocks of `[flags, lines]`, and as many bytes of pixels as are asked for. */
function image(
  lines: number,
  blocks: readonly (readonly [number, number])[],
  bytes = lines * 384,
): Uint8Array {
  const out = new Uint8Array(64 + bytes);
  out.set([0, 0, 0, 0, lines & 255, lines >> 8, 7]);
  blocks.forEach((block, index) => {
    out.set(block, 16 + 2 * index);
  });
  return out;
}

/** What becomes of bytes from the sensor, as the driver does it. */
function decoded(bytes: Uint8Array) {
  const raw = readRawImage(bytes);
  if (raw === undefined) return undefined;
  const pixels = raw.pixels.slice();
  for (const run of keyRuns(raw)) decryptRun(pixels, run, 0x89abcdef);
  return printOf({ ...raw, pixels });
}

describe('an image of the sensor', () => {
  it('is turned and inverted, and its absent lines repeat those behind them', () => {
    const bytes = image(2, [
      [1, 1],
      [0, 2],
    ]);
    bytes[64] = 10;
    bytes[64 + 384] = 20;
    const raw = readRawImage(bytes);
    if (raw === undefined) throw new Error('no image');
    const { height, data } = printOf(raw);
    expect(height).toBe(3);
    expect([0, 1, 2].map((line) => data[384 * line + 383])).toEqual([235, 245, 245]);
    expect(data[0]).toBe(255);
  });

  it('is none when lines are missing, and when there are none', () => {
    expect(readRawImage(image(2, [[0, 2]], 767))).toBeUndefined();
    expect(readRawImage(image(0, []))).toBeUndefined();
  });

  it.each([
    [
      'more lines than the sensor has',
      image(291, [
        [0, 255],
        [0, 36],
      ]),
      'out-of-range',
      4,
    ],
    [
      'a block without lines',
      image(2, [
        [0, 1],
        [0, 0],
      ]),
      'malformed',
      18,
    ],
    ['blocks of more lines than were sent', image(2, [[0, 3]]), 'malformed', 16],
    [
      'absent lines without any behind them',
      image(2, [
        [0, 1],
        [1, 2],
        [0, 1],
      ]),
      'malformed',
      18,
    ],
    [
      'fifteen blocks of fewer lines than were sent',
      image(
        20,
        Array.from({ length: 15 }, () => [0, 1] as const),
      ),
      'malformed',
      16,
    ],
    [
      'more absent lines than the glass has',
      image(280, [
        [1, 255],
        [0, 255],
        [0, 25],
      ]),
      'malformed',
      18,
    ],
    ['more bytes than lines', image(2, [[0, 2]], 769), 'malformed', 64 + 768],
  ])('is refused with the offset: %s', (_, bytes, code, offset) => {
    expect(() => readRawImage(bytes)).toThrow(expect.objectContaining({ code, offset }));
  });

  it.each([0, 1, 63])('is refused as truncated when it has only %i bytes', (length) => {
    expect(() => readRawImage(new Uint8Array(length))).toThrow(
      expect.objectContaining({ code: 'truncated' }),
    );
  });

  it('is known for encrypted by its noise', () => {
    expect(
      [true, false]
        .map((encrypted) => readRawImage(rawImage(encrypted)))
        .map((raw) => raw && looksEncrypted(raw)),
    ).toEqual([true, false]);
  });

  it('asks for a new key where a block says so, with the next number, round after 255', () => {
    const raw = readRawImage(
      image(4, [
        [2, 1],
        [0x82, 1],
        [2, 1],
        [0x82, 1],
      ]),
    );
    if (raw === undefined) throw new Error('no image');
    expect(keyRuns(raw).map(({ keyNumber, start, blocks }) => [keyNumber, start, blocks.length])).toEqual([
      [7, 0, 1],
      [8, 384, 2],
      [9, 3 * 384, 1],
    ]);
    expect(keyRuns({ ...raw, keyNumber: 255 }).map(({ keyNumber }) => keyNumber)).toEqual([255, 0, 1]);
  });

  it('is a print or an InputError, whatever its head says', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.array(fc.tuple(fc.nat(255), fc.nat(120)), { maxLength: 15 }),
        fc.option(fc.nat(300 * 384), { nil: undefined }),
        (lines, blocks, bytes) => {
          try {
            const print = decoded(image(lines, blocks, bytes));
            return print === undefined || (print.height <= 290 && print.data.length === print.height * 384);
          } catch (error) {
            return error instanceof InputError;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is a print or an InputError, whatever bytes of it are others', () => {
    const whole = rawImage(true);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const print = decoded(bytes);
          return print === undefined || print.data.length === print.height * 384;
        } catch (error) {
          return error instanceof InputError;
        }
      }),
      { numRuns: 60 },
    );
  });
});
