import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greyImage, greyOf, readPnm, rgbImage, writePgm, writePpm } from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (header: string, ...bytes: number[]): Uint8Array => Uint8Array.of(...ascii(header), ...bytes);

describe('readPnm', () => {
  it('reads a binary grey image with comments', () => {
    const image = readPnm(file('P5 # grey\n# two by two\n2 2\n255\n', 0, 1, 254, 255));
    expect(image).toEqual({ channels: 1, width: 2, height: 2, data: Uint8Array.of(0, 1, 254, 255) });
  });

  it('reads a binary colour image', () => {
    expect(readPnm(file('P6 1 1 255\n', 10, 20, 30))).toMatchObject({
      channels: 3,
      data: Uint8Array.of(10, 20, 30),
    });
  });

  it('reads the plain forms', () => {
    expect(readPnm(ascii('P2\n3 1\n15\n0 7 15')).data).toEqual(Uint8Array.of(0, 119, 255));
    expect(readPnm(ascii('P3 1 1 255 1 2 3\n')).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('rounds 16 bits to 8', () => {
    expect(readPnm(file('P5 3 1 65535\n', 0, 128, 0x80, 0x80, 0xff, 0xff)).data).toEqual(
      Uint8Array.of(0, 128, 255),
    );
    expect(readPnm(file('P5 1 1 1000\n', 0x01, 0xf4)).data).toEqual(Uint8Array.of(128));
  });

  it('takes the first image of a stream', () => {
    expect(readPnm(file('P5 1 1 255\n', 7, 0x50, 0x35)).data).toEqual(Uint8Array.of(7));
  });

  it.each([
    ['', 'truncated', 0],
    ['P5', 'truncated', 2],
    ['P5 2 2 255', 'truncated', 10],
    ['P5 2 2 255\nabc', 'truncated', 14],
    ['P2 2 1 255 1', 'truncated', 12],
    ['P2 2 1 255 1 x', 'malformed', 13],
    ['P2 2 1 255 1 256', 'out-of-range', 16],
    ['P5 0 2 255\n', 'out-of-range', 2],
    ['P5 2 70000 255\n', 'out-of-range', 2],
    ['P5 2 2 0\n', 'out-of-range', 8],
    ['P5 2 2 65536\n', 'out-of-range', 12],
    ['P5 9999999999 2 255\n', 'out-of-range', 3],
    ['P5 a 2 255\n', 'malformed', 3],
    ['P5 60000 60000 255\n', 'too-large', 2],
    ['P4 8 1 \0', 'unsupported', 0],
    ['P7\n', 'unsupported', 0],
    ['\x89PNG', 'malformed', 0],
  ])('refuses %j as %s at %i', (text, code, offset) => {
    expect(inputErrorOf(() => readPnm(ascii(text)))).toMatchObject({ code, offset });
  });

  it('obeys the limit of the caller', () => {
    const image = writePgm(greyImage({ width: 10, height: 10 }));
    expect(inputErrorOf(() => readPnm(image, { maxPixels: 99 })).code).toBe('too-large');
    expect(readPnm(image, { maxPixels: 100 }).width).toBe(10);
  });

  it('makes as many pixels as the caller allows', () => {
    const header = ascii('P5 9000 9000 255\n');
    const large = new Uint8Array(header.length + 81_000_000);
    large.set(header);
    expect(inputErrorOf(() => readPnm(large)).code).toBe('too-large');
    expect(readPnm(large, { maxPixels: 81_000_000 }).height).toBe(9000);
  });

  it('answers any bytes with an image or an InputError', () => {
    const header = fc.constantFrom('P2 ', 'P3 ', 'P5 ', 'P6 ', 'P5 2 2 255\n', 'P2 1 1 ', '');
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 64 }), (start, rest) => {
        unlessInputError(() => readPnm(Uint8Array.of(...ascii(start), ...rest), { maxPixels: 10_000 }));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writePgm and writePpm', () => {
  it('write what readPnm reads', () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, fc.infiniteStream(fc.nat(255)), (width, height, samples) => {
        const take = (count: number): Uint8Array => Uint8Array.from([...samples.take(count)]);
        const grey = greyImage({ width, height, data: take(width * height) });
        expect(readPnm(writePgm(grey))).toEqual(grey);
        const colour = rgbImage({ width, height, data: take(width * height * 3) });
        expect(readPnm(writePpm(colour))).toEqual(colour);
      }),
    );
  });

  it('refuse an image whose data does not fit its sides', () => {
    const broken = { width: 2, height: 2, data: new Uint8Array(3) };
    expect(inputErrorOf(() => writePgm(broken))).toMatchObject({ code: 'out-of-range', path: 'data' });
  });
});

describe('images', () => {
  it('are black without data', () => {
    expect(rgbImage({ width: 2, height: 1 }).data).toEqual(new Uint8Array(6));
  });

  it.each([0, -1, 1.5, 65_536, Number.NaN])('have no side of %d pixels', (width) => {
    expect(inputErrorOf(() => greyImage({ width, height: 1 })).code).toBe('out-of-range');
  });

  it('have a positive resolution', () => {
    expect(inputErrorOf(() => greyImage({ width: 1, height: 1, resolutionPpi: 0 })).path).toBe(
      'resolutionPpi',
    );
  });

  it('become grey by their luma', () => {
    const data = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255);
    const image = rgbImage({ width: 4, height: 1, data, resolutionPpi: 300 });
    expect(greyOf(image)).toMatchObject({ data: Uint8Array.of(255, 76, 150, 29), resolutionPpi: 300 });
  });
});
