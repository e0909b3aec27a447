import { InputError, rgbImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadCodecs } from '../../src/codecs/index.js';
import { paddedCodestream } from '../../src/photo/codestream.js';
import { readCodestreamSize, readJp2, writeJp2 } from '../../src/photo/index.js';

vi.setConfig({ testTimeout: 60_000 });

const { jpeg2000 } = loadCodecs();
const IMAGE = rgbImage({
  width: 60,
  height: 40,
  data: Uint8Array.from({ length: 7200 }, (_, at) => (at * 5 + (at >> 7) * 11) & 255),
});
const CODESTREAM = await jpeg2000.encode(IMAGE, { type: 'lossless' });
const JP2 = writeJp2(CODESTREAM);

describe('a JP2 file', () => {
  it('has 85 bytes before its codestream, and gives it back', () => {
    expect(JP2.length).toBe(CODESTREAM.length + 85);
    const { codestream, ...size } = readJp2(JP2);
    expect(size).toEqual({ widthPx: 60, heightPx: 40, components: 3 });
    expect(codestream).toEqual(CODESTREAM);
  });

  it('holds every pixel where nothing may be lost', async () => {
    expect(await jpeg2000.decode(readJp2(JP2).codestream)).toEqual(IMAGE);
  });

  it('may have other boxes, and one that goes to the end', () => {
    const open = JP2.slice();
    open.fill(0, 77, 81);
    expect(readJp2(open).codestream).toEqual(CODESTREAM);
    const uuid = Uint8Array.of(0, 0, 0, 12, 0x75, 0x75, 0x69, 0x64, 1, 2, 3, 4);
    expect(readJp2(Uint8Array.of(...JP2.subarray(0, 32), ...uuid, ...JP2.subarray(32))).components).toBe(3);
  });

  it('is refused when it is cut off or none', () => {
    for (const length of [0, 5, 12, 40, 84, 90])
      expect(() => readJp2(JP2.subarray(0, length))).toThrow(InputError);
    expect(() => readJp2(CODESTREAM)).toThrow('no JP2');
    expect(() => readJp2(JP2.with(30, 0))).not.toThrow();
    expect(() => readJp2(JP2.with(15, 3))).toThrow('shorter than its header');
  });

  it('is refused when it claims a huge picture or many tiles', () => {
    const at = JP2.length - CODESTREAM.length;
    expect(() => readJp2(JP2.with(at + 8, 0x7f))).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    const tiny = JP2.slice();
    tiny.set([0, 0, 0, 1, 0, 0, 0, 1], at + 24);
    expect(() => readJp2(tiny)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('is read or refused with an InputError, whatever its bytes are', async () => {
    const damage = fc.array(fc.tuple(fc.nat(JP2.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = JP2.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          await jpeg2000.decode(readJp2(bytes).codestream);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('a codestream that is made longer', () => {
  it.each([1, 6, 7, 100, 70_000])('by %d bytes has the same picture', async (more) => {
    const longer = paddedCodestream(CODESTREAM, CODESTREAM.length + more);
    expect(longer.length).toBeGreaterThanOrEqual(CODESTREAM.length + more);
    expect(longer.length).toBeLessThanOrEqual(CODESTREAM.length + more + 6);
    expect(readCodestreamSize(longer).widthPx).toBe(60);
    expect(await jpeg2000.decode(longer)).toEqual(IMAGE);
  });

  it('stays as it is when it is long enough', () => {
    expect(paddedCodestream(CODESTREAM, 10)).toBe(CODESTREAM);
  });
});
