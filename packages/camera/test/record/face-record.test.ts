import { ByteReader, InputError, readBit, writeBit } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FACE_RECORD_OVERHEAD,
  readDataGroup2,
  readFaceRecord,
  writeDataGroup2,
  writeFaceRecord,
  type FaceImage,
} from '../../src/record/index.js';
import { hasSharedData, sharedFile } from '../shared-data.js';

const IMAGE: FaceImage = {
  type: 'full-frontal',
  format: 'jpeg2000',
  widthPx: 622,
  heightPx: 800,
  colourSpace: 'rgb24',
  source: 'digital-camera',
  data: Uint8Array.of(1, 2, 3, 4, 5),
};
const RICH: FaceImage = {
  ...IMAGE,
  gender: 2,
  eyeColour: 3,
  hairColour: 4,
  properties: 0x010203,
  expression: 1,
  pose: [1, 2, 3],
  poseUncertainty: [4, 5, 6],
  featurePoints: [{ major: 12, minor: 1, x: 400, y: 336 }],
  deviceType: 7,
  quality: 80,
};

describe('a face image record', () => {
  it('has the bytes of the standard', () => {
    const bytes = writeFaceRecord([IMAGE]);
    const reader = new ByteReader(bytes);
    expect([reader.u32(), reader.u32(), reader.u32(), reader.u16()]).toEqual([0x46414300, 0x30313000, 51, 1]);
    expect([reader.u32(), reader.u16()]).toEqual([37, 0]);
    expect(reader.bytes(14)).toEqual(new Uint8Array(14));
    expect(reader.bytes(12)).toEqual(Uint8Array.of(1, 1, 0x02, 0x6e, 0x03, 0x20, 1, 2, 0, 0, 0, 0));
    expect(reader.bytes(5)).toEqual(IMAGE.data);
    expect(FACE_RECORD_OVERHEAD).toBe(46);
  });

  it('gives back what was written', () => {
    expect(readFaceRecord(writeFaceRecord([RICH]))).toEqual([RICH]);
    expect(readFaceRecord(writeFaceRecord([RICH, IMAGE]))[1]).toMatchObject(IMAGE);
  });

  it('does not take what its fields do not hold', () => {
    expect(() => writeFaceRecord([])).toThrow('at least one');
    expect(() => writeFaceRecord([{ ...IMAGE, widthPx: 70_000 }])).toThrow('does not fit');
    expect(() => writeFaceRecord([{ ...IMAGE, data: new Uint8Array() }])).toThrow('has data');
    expect(() =>
      writeFaceRecord([{ ...IMAGE, featurePoints: [{ major: 16, minor: 0, x: 0, y: 0 }] }]),
    ).toThrow('4 bits');
  });

  it('is refused where it is cut off or its lengths do not add up, with the offset', () => {
    const bytes = writeFaceRecord([RICH]);
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => readFaceRecord(bytes.subarray(0, length)), `cut at ${length}`).toThrow(InputError);
    expect(() => readFaceRecord(Uint8Array.of(...bytes, 0))).toThrow(
      expect.objectContaining({ code: 'malformed', offset: 8 }),
    );
    expect(() => readFaceRecord(bytes.with(17, 10))).toThrow(
      expect.objectContaining({ code: 'malformed', offset: 14 }),
    );
    expect(() => readFaceRecord(bytes.with(19, 200))).toThrow(expect.objectContaining({ code: 'truncated' }));
    expect(() => readFaceRecord(bytes.with(43, 9))).toThrow(
      expect.objectContaining({ code: 'out-of-range', offset: 43 }),
    );
    expect(() => readFaceRecord(bytes.with(5, 0x32))).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });

  it('is read or refused with an InputError, whatever its bytes are', () => {
    const bytes = writeDataGroup2(writeBit({ type: 'face', record: writeFaceRecord([RICH, IMAGE]) }));
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        try {
          for (const record of readDataGroup2(damaged)) readFaceRecord(record);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('data group 2', () => {
  it('holds one record', () => {
    const record = writeFaceRecord([IMAGE]);
    expect(readDataGroup2(writeDataGroup2(writeBit({ type: 'face', record })))).toEqual([record]);
  });

  it('is refused without a face', () => {
    const finger = writeBit({ type: 'fingerprint', position: 1, record: Uint8Array.of(1) });
    expect(() => readDataGroup2(writeDataGroup2(finger))).toThrow('holds faces');
    expect(() => readDataGroup2(finger)).toThrow('75 around 7F61');
    const two = writeDataGroup2(Uint8Array.of(...finger, ...finger));
    expect(() => readDataGroup2(two)).toThrow('number of faces');
  });

  it.skipIf(!hasSharedData)(
    'is byte for byte that of the data, with its record and template (needs ../shared)',
    () => {
      const data = sharedFile('iso19794/face-622x800.jp2');
      const record = writeFaceRecord([{ ...IMAGE, data }]);
      expect(Buffer.compare(record, sharedFile('iso19794/face.bdb'))).toBe(0);
      const bit = writeBit({ type: 'face', record });
      expect(Buffer.compare(bit, sharedFile('iso19794/face.bit'))).toBe(0);
      expect(Buffer.compare(writeDataGroup2(bit), sharedFile('iso19794/face.dg2'))).toBe(0);
      const [read = new Uint8Array()] = readDataGroup2(sharedFile('iso19794/face.dg2'));
      expect(readFaceRecord(read)).toMatchObject([{ ...IMAGE, data }]);
      expect(readBit(bit)).toMatchObject({ type: 'face' });
    },
  );
});
