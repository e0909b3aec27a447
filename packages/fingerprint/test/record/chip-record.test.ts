import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex, InputError, type FingerPosition } from '@buergerkoffer/formats';
import {
  decodeFingerImage,
  readChipTemplate,
  readDg3,
  readFingerRecord,
  writeChipRecord,
  writeChipTemplate,
  writeDg3,
  type ChipPrint,
} from '../../src/record/index.js';
import { decodeWsq, encodeWsq } from '../../src/wsq/index.js';
import { ridges, rmsDifference } from '../wsq/support/ridges.js';

const { bytes: wsq } = encodeWsq(ridges(100, 120));
const print: ChipPrint = { position: 2, wsq, quality: 61, captureDeviceId: 0x0102 };

function faultOf(work: () => unknown): InputError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

const hex = (value: number, bytes: number): string => value.toString(16).padStart(2 * bytes, '0');

describe('the record of a print for the chip (TC-COD-FP-GID-001)', () => {
  it('is, byte for byte, what BSI TR-03121-3 asks for', () => {
    const length = 46 + wsq.length;
    expect(encodeHex(writeChipRecord(print))).toBe(
      '46495200' +
        '30313000' +
        hex(length, 6) +
        '0102' +
        '001f' +
        '01' +
        '01' +
        '01f401f4' +
        '01f401f4' +
        '08' +
        '02' +
        '0000' +
        hex(length - 32, 4) +
        '02' +
        '01' +
        '01' +
        '3d' +
        '00' +
        hex(100, 2) +
        hex(120, 2) +
        '00' +
        encodeHex(wsq),
    );
  });

  it('lies in a template with lengths in DER', () => {
    const record = writeChipRecord(print);
    expect(encodeHex(writeChipTemplate(print))).toBe(
      '7f6082' +
        hex(20 + 2 + 3 + record.length, 2) +
        'a112' +
        '80020101' +
        '810108' +
        '820109' +
        '87020101' +
        '88020007' +
        '5f2e82' +
        hex(record.length, 2) +
        encodeHex(record),
    );
  });

  it('states what the options say', () => {
    const written = writeChipRecord({ position: 9, wsq, quality: 255, acquisitionLevel: 41, scanPpi: 1000 });
    expect(readFingerRecord(written)).toMatchObject({
      version: '2005',
      views: [
        {
          ...{
            position: 9,
            viewNumber: 1,
            qualities: [{ value: 255 }],
            impression: 0,
            width: 100,
            height: 120,
          },
          ...{ bitDepth: 8, compression: 'wsq', imagePpi: [500, 500], capturePpi: [1000, 1000] },
          ...{ device: { id: 0, acquisitionLevel: 41 }, offset: 46 },
        },
      ],
    });
  });

  it.each([
    ['position', 'out-of-range', { position: 0 as FingerPosition }],
    ['position', 'out-of-range', { position: 11 as FingerPosition }],
    ['position', 'not-allowed', { position: 5 }],
    ['position', 'not-allowed', { position: 10 }],
    ['quality', 'out-of-range', { quality: 101 }],
    ['quality', 'out-of-range', { quality: -1 }],
    ['quality', 'out-of-range', { quality: 50.5 }],
    ['captureDeviceId', 'out-of-range', { captureDeviceId: 65_536 }],
    ['scanPpi', 'out-of-range', { scanPpi: 499 }],
  ] as const)('refuses a wrong %s as %s: %j', (path, code, change) => {
    expect(faultOf(() => writeChipRecord({ ...print, ...change }))).toMatchObject({ code, path });
  });

  it('takes 18,431 bytes of WSQ and no more', () => {
    const padded = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      bytes.set(wsq);
      return bytes;
    };
    expect(writeChipRecord({ ...print, wsq: padded(18_431) })).toHaveLength(18_477);
    expect(faultOf(() => writeChipRecord({ ...print, wsq: padded(18_432) }))).toMatchObject({
      code: 'too-large',
      path: 'wsq',
    });
    expect(faultOf(() => writeChipRecord({ ...print, wsq: wsq.subarray(4) }))).toMatchObject({
      code: 'malformed',
    });
  });
});

describe('reading it back', () => {
  it('gives finger, record and pixels', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<FingerPosition>(1, 2, 3, 4, 6, 7, 8, 9),
        fc.nat({ max: 100 }),
        (position, quality) => {
          const finger = readChipTemplate(writeChipTemplate({ ...print, position, quality }));
          expect(finger.position).toBe(position);
          expect(finger.record.views[0]?.qualities).toEqual([{ value: quality }]);
        },
      ),
      { numRuns: 20 },
    );
    const [view] = readFingerRecord(writeChipRecord(print)).views;
    if (view === undefined) throw new Error('no view');
    const image = decodeFingerImage(view);
    expect(image.resolutionPpi).toBe(500);
    expect(rmsDifference(image, decodeWsq(wsq))).toBe(0);
  });

  it('refuses a template whose record is of another finger', () => {
    const template = writeChipTemplate(print);
    const at = template.length - wsq.length - 10;
    expect(template[at]).toBe(2);
    template[at] = 3;
    expect(faultOf(() => readChipTemplate(template))).toMatchObject({ code: 'malformed', path: 'position' });
  });
});

describe('data group 3', () => {
  it('holds the templates of both fingers', () => {
    const templates = ([2, 7] as const).map((position) => writeChipTemplate({ ...print, position }));
    const group = writeDg3(templates);
    expect(encodeHex(group)).toMatch(/^6382....7f6182....0201027f6082/);
    expect(readDg3(group).map(({ position }) => position)).toEqual([2, 7]);
    expect(readDg3(writeDg3([]))).toEqual([]);
  });

  it('refuses another number of templates than it states, and more than nine', () => {
    const template = writeChipTemplate(print);
    const group = writeDg3([template]);
    group[group.indexOf(0x02, 8) + 2] = 2;
    expect(faultOf(() => readDg3(group))).toMatchObject({ code: 'malformed' });
    expect(faultOf(() => writeDg3(Array.from({ length: 10 }, () => template)))).toMatchObject({
      code: 'out-of-range',
    });
  });

  it('gives fingers or an InputError for any damage', () => {
    const group = writeDg3([writeChipTemplate(print)]);
    for (let length = 0; length < group.length; length += 1) {
      expect(faultOf(() => readDg3(group.subarray(0, length)))).toBeInstanceOf(InputError);
    }
    fc.assert(
      fc.property(fc.nat({ max: 110 }), fc.nat({ max: 255 }), (at, value) => {
        const damaged = group.slice();
        damaged[at] = value;
        faultOf(() => readDg3(damaged));
      }),
      { numRuns: 500 },
    );
  });
});
