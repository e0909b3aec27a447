import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter, imageKind, InputError } from '@buergerkoffer/formats';
import { decodeFingerImage, readFingerRecord } from '../../src/record/index.js';

const SAMPLES = new URL('../../../../../shared/data/fingerprint/iso19794/mosip/', import.meta.url);
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.info('skipped: ../shared/data/fingerprint is not there');

const pixels = Uint8Array.from({ length: 6 }, (_, at) => 40 * at);

/** A record of 2005 with one view for each of `fingers`, uncompressed, 3 x 2 pixels at 197 pixels per cm. */
function record2005(
  fingers: readonly (readonly [position: number, images: number])[],
): Uint8Array<ArrayBuffer> {
  const views = new ByteWriter();
  for (const [position, images] of fingers) {
    for (let view = 1; view <= images; view += 1) {
      views
        .u32(20)
        .u8(position)
        .u8(images)
        .u8(view)
        .u8(70 + view)
        .u8(0)
        .u16(3)
        .u16(2)
        .u8(0)
        .bytes(pixels);
    }
  }
  const body = views.toBytes();
  const head = new ByteWriter().ascii('FIR\0').ascii('010\0').u16(0);
  head
    .u32(32 + body.length)
    .u16(9)
    .u16(31)
    .u8(fingers.length)
    .u8(2);
  return head.u16(197).u16(197).u16(197).u16(197).u8(8).u8(0).u16(0).bytes(body).toBytes();
}

/** A record of 2011 with one representation, two quality blocks, a certification and a comment behind the image. */
function record2011(): Uint8Array<ArrayBuffer> {
  const content = new ByteWriter().u16(2026).u8(3).u8(2).u8(10).u8(0).u8(0).u16(0);
  content.u8(2).u16(0x001d).u16(7).u8(2).u8(80).u16(0x0101).u16(0x39).u8(255).u16(1).u16(2);
  content.u8(1).u8(1).u16(0x0203).u8(7).u8(1).u8(1).u16(500).u16(500).u16(500).u16(500);
  content
    .u8(8)
    .u8(0)
    .u8(0)
    .u16(3)
    .u16(2)
    .u32(6)
    .bytes(pixels)
    .bytes(Uint8Array.of(0, 3, 0, 6, 1, 2));
  const body = content.toBytes();
  const head = new ByteWriter()
    .ascii('FIR\0')
    .ascii('020\0')
    .u32(20 + body.length)
    .u16(1)
    .u8(1)
    .u8(1);
  return head
    .u32(4 + body.length)
    .bytes(body)
    .toBytes();
}

function faultOf(work: () => unknown): InputError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

describe('readFingerRecord', () => {
  it('reads every image of every finger of a record of 2005', () => {
    const { version, views } = readFingerRecord(
      record2005([
        [2, 1],
        [7, 2],
      ]),
    );
    expect(version).toBe('2005');
    expect(
      views.map(({ position, viewNumber, qualities }) => [position, viewNumber, qualities[0]?.value]),
    ).toEqual([
      [2, 1, 71],
      [7, 1, 71],
      [7, 2, 72],
    ]);
    expect(views[0]?.imagePpi[0]).toBeCloseTo(500.38);
    expect(views[2]).toMatchObject({
      compression: 'none',
      data: pixels,
      device: { id: 9, acquisitionLevel: 31 },
    });
  });

  it('reads a record of 2011 with its qualities', () => {
    const { version, views } = readFingerRecord(record2011());
    expect(version).toBe('2011');
    expect(views).toMatchObject([
      {
        ...{
          position: 7,
          viewNumber: 1,
          impression: 0,
          width: 3,
          height: 2,
          bitDepth: 8,
          compression: 'none',
        },
        ...{
          imagePpi: [500, 500],
          capturePpi: [500, 500],
          device: { technology: 2, vendor: 29, id: 7 },
          data: pixels,
        },
        qualities: [
          { value: 80, vendor: 0x0101, algorithm: 0x39 },
          { value: 255, vendor: 1, algorithm: 2 },
        ],
      },
    ]);
  });

  it.skipIf(!hasSamples)('reads five published records with JPEG 2000 inside', () => {
    const names = readdirSync(SAMPLES);
    expect(names).toHaveLength(5);
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(new URL(name, SAMPLES)));
      const { version, views } = readFingerRecord(bytes);
      expect({ version, images: views.length }).toEqual({ version: '2005', images: 1 });
      const [view] = views;
      if (view === undefined) throw new Error('no view');
      expect(imageKind(view.data)).toBe('jp2');
      expect(view).toMatchObject({ compression: 'jpeg-2000', imagePpi: [500, 500], bitDepth: 8, offset: 46 });
      expect(view.position).toBe(
        { Right_I: 2, Right_M: 3, Right_R: 4, Left_T: 6, Left_I: 7 }[/(Right|Left)_./.exec(name)?.[0] ?? ''],
      );
      expect(faultOf(() => decodeFingerImage(view))).toMatchObject({ code: 'unsupported', offset: 46 });
      expect(faultOf(() => readFingerRecord(bytes.subarray(0, -1)))).toMatchObject({ code: 'truncated' });
    }
  });

  it.each([
    [
      '2005',
      record2005([
        [1, 2],
        [6, 1],
      ]),
    ],
    ['2011', record2011()],
  ])('refuses a record of %s that is cut off at any byte, or longer than it says', (_, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      const fault = faultOf(() => readFingerRecord(bytes.subarray(0, length)));
      expect(fault?.code).toBe('truncated');
      expect(fault?.offset).toBeLessThanOrEqual(length);
    }
    expect(faultOf(() => readFingerRecord(Uint8Array.of(...bytes, 0)))).toMatchObject({ code: 'malformed' });
  });

  it('gives a record or an InputError with the place for any changed bytes', () => {
    const records = [
      record2005([
        [1, 2],
        [6, 1],
      ]),
      record2011(),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...records),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (original, changes) => {
          const bytes = original.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const fault = faultOf(() =>
            readFingerRecord(bytes).views.forEach((view) => faultOf(() => decodeFingerImage(view))),
          );
          if (fault !== undefined) expect(fault.offset).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['malformed', 0, 0, [0x47]],
    ['unsupported', 4, 4, [0x30, 0x33]],
    ['malformed', 8, 12, [0, 0, 0, 1]],
    ['unsupported', 19, 19, [3]],
    ['unsupported', 29, 29, [6]],
    ['malformed', 32, 32, [0, 0, 0, 13]],
    ['truncated', 36, 32, [0, 0, 1, 0]],
  ] as const)('says %s at %i for byte %i set to %j', (code, offset, at, values) => {
    const bytes = record2005([[2, 1]]);
    bytes.set(values, at);
    expect(faultOf(() => readFingerRecord(bytes))).toMatchObject({ code, offset });
  });
});

describe('decodeFingerImage', () => {
  it('gives uncompressed pixels with their resolution', () => {
    const [view] = readFingerRecord(record2011()).views;
    if (view === undefined) throw new Error('no view');
    expect(decodeFingerImage(view)).toEqual({
      channels: 1,
      width: 3,
      height: 2,
      data: pixels,
      resolutionPpi: 500,
    });
    expect(faultOf(() => decodeFingerImage({ ...view, width: 4 }))).toMatchObject({ code: 'malformed' });
    expect(faultOf(() => decodeFingerImage({ ...view, bitDepth: 16 }))).toMatchObject({
      code: 'unsupported',
    });
    expect(faultOf(() => decodeFingerImage({ ...view, compression: 'wsq' }))).toMatchObject({
      code: 'malformed',
      offset: view.offset,
    });
  });
});
