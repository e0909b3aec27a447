import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  readIppMessage,
  writeIppMessage,
  type IppAttribute,
  type IppGroup,
  type IppMessage,
  type IppValue,
} from '@buergerkoffer/print/ipp';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Number of runs; more by hand: FUZZ_RUNS=100000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);

const i32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const u8 = fc.nat(255);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const keyword = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const STRINGS = [
  'text',
  'name',
  'keyword',
  'uri',
  'uriScheme',
  'charset',
  'naturalLanguage',
  'mimeMediaType',
];
const OUT_OF_BAND = [
  'unsupported',
  'unknown',
  'no-value',
  'not-settable',
  'delete-attribute',
  'admin-define',
];

const simple = fc.oneof(
  fc.record({ syntax: fc.constantFrom('integer', 'enum'), value: i32 }),
  fc.record({ syntax: fc.constant('boolean'), value: fc.boolean() }),
  fc.record({ syntax: fc.constantFrom(...STRINGS), value: text }),
  fc.record({
    syntax: fc.constantFrom('textWithLanguage', 'nameWithLanguage'),
    language: keyword,
    value: text,
  }),
  fc.record({ syntax: fc.constant('octetString'), value: fc.uint8Array({ maxLength: 40 }) }),
  fc.record({
    syntax: fc.constant('dateTime'),
    value: fc.record({
      year: fc.nat(65_535),
      month: u8,
      day: u8,
      hour: u8,
      minute: u8,
      second: u8,
      deciSecond: u8,
      utcSign: fc.constantFrom('+', '-'),
      utcHours: u8,
      utcMinutes: u8,
    }),
  }),
  fc.record({
    syntax: fc.constant('resolution'),
    crossFeed: i32,
    feed: i32,
    unit: fc.constantFrom('dpi', 'dpcm'),
  }),
  fc.record({ syntax: fc.constant('rangeOfInteger'), low: i32, high: i32 }),
  fc.record({ syntax: fc.constantFrom(...OUT_OF_BAND) }),
);

const { attribute } = fc.letrec<{ attribute: IppAttribute; value: IppValue }>((tie) => ({
  attribute: fc.record({ name: keyword, values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simple as fc.Arbitrary<IppValue>,
    fc.record({
      syntax: fc.constant('collection' as const),
      members: fc.array(tie('attribute'), { maxLength: 3 }),
    }),
  ),
}));

const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.record({ major: u8, minor: u8 }),
  code: fc.nat(0xffff),
  requestId: fc.nat(0xffffffff),
  groups: fc.array(
    fc.record({
      group: fc.constantFrom<IppGroup['group']>('operation', 'job', 'unsupported', 'document', 0x0f),
      attributes: fc.array(attribute, { maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
  data: fc.uint8Array({ maxLength: 40 }),
});

describe('any message', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(readIppMessage(writeIppMessage(one))).toEqual(one);
      }),
      { numRuns: RUNS },
    );
  });

  it('with wrong bytes in it is an error with its offset, or written as it was read', () => {
    const wrong = fc.array(fc.tuple(fc.nat(), u8), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(message, wrong, (one, changes) => {
        const bytes = writeIppMessage(one);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expectRefusedOrSame(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  it('that is none at all is an error with its offset, or written as it was read', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectRefusedOrSame), { numRuns: RUNS });
  });
});

describe('a hostile message', () => {
  it('with collections that open and never close ends in time', () => {
    const opening = [0x34, 0, 1, 0x61, 0, 0];
    const deeper = [0x4a, 0, 0, 0, 1, 0x61, 0x34, 0, 0, 0, 0];
    const body = [...opening, ...Array.from({ length: 50_000 }, () => deeper).flat()];
    expect(() => readIppMessage(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 1, 1, ...body.slice(0, 60_000)))).toThrow(
      expect.objectContaining({ code: 'too-large' }) as Error,
    );
  });

  it('with more values than are believed is refused', () => {
    const value = { syntax: 'integer', value: 1 } as const;
    const bytes = writeIppMessage({
      version: { major: 2, minor: 0 },
      code: 0,
      requestId: 1,
      groups: [{ group: 'job', attributes: [{ name: 'a', values: Array<typeof value>(11).fill(value) }] }],
      data: new Uint8Array(),
    });
    expect(() => readIppMessage(bytes, { maxValues: 10 })).toThrow(
      expect.objectContaining({ code: 'too-large' }) as Error,
    );
  });

  it.each([
    ['a value without an attribute', [0x01, 0x21, 0, 0, 0, 4, 0, 0, 0, 1, 3], 9],
    ['a length that is negative', [0x01, 0x41, 0xff, 0xff], 10],
    ['a value before the first group', [0x21, 0, 1, 0x61], 8],
    ['a member outside of a collection', [0x01, 0x4a, 0, 1, 0x61, 0, 0, 3], 15],
    ['a group in a collection', [0x01, 0x34, 0, 1, 0x61, 0, 0, 0x01, 0, 0, 0, 0], 15],
  ])('is refused where it is wrong: %s', (_, bytes, offset) => {
    expect(() => readIppMessage(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 1, ...bytes))).toThrow(
      expect.objectContaining({ offset }) as Error,
    );
  });

  it.each([
    ['an integer of three bytes', [0x21, 0, 1, 0x61, 0, 3, 0, 0, 1]],
    ['a boolean that is 2', [0x22, 0, 1, 0x61, 0, 1, 2]],
    ['a time of zeros', [0x31, 0, 1, 0x61, 0, 11, ...Array<number>(11).fill(0)]],
    ['a text whose language is longer than it', [0x35, 0, 1, 0x61, 0, 4, 0, 9, 0, 0]],
    ['a text that is no UTF-8', [0x41, 0, 1, 0x61, 0, 2, 0xfc, 0x62]],
    ['a syntax that nobody knows', [0x2f, 0, 1, 0x61, 0, 1, 7]],
  ])('keeps a value that does not fit its syntax as it is, and the next: %s', (_, value) => {
    const next = [0x22, 0, 1, 0x62, 0, 1, 1];
    const bytes = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 1, 0x04, ...value, ...next, 3);
    const message = readIppMessage(bytes);
    expect(message.groups[0]?.attributes).toMatchObject([
      { name: 'a', values: [{ syntax: 'other', tag: value[0] }] },
      { name: 'b', values: [{ syntax: 'boolean', value: true }] },
    ]);
    expect(writeIppMessage(message)).toEqual(bytes);
  });

  it('cannot be written with values that do not fit', () => {
    const of = (attribute: IppAttribute): IppMessage => ({
      version: { major: 2, minor: 0 },
      code: 0,
      requestId: 1,
      groups: [{ group: 'job', attributes: [attribute] }],
      data: new Uint8Array(),
    });
    const long: IppValue = { syntax: 'text', value: 'x'.repeat(40_000) };
    expect(() => writeIppMessage(of({ name: 'a', values: [long] }))).toThrow(InputError);
    expect(() => writeIppMessage(of({ name: 'a', values: [] }))).toThrow(InputError);
    expect(() => writeIppMessage(of({ name: 'ä', values: [long] }))).toThrow(InputError);
  });
});

function expectRefusedOrSame(bytes: Uint8Array): void {
  let read: IppMessage;
  try {
    read = readIppMessage(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).offset).toBeLessThanOrEqual(bytes.length);
    return;
  }
  expect(writeIppMessage(read)).toEqual(bytes);
}
