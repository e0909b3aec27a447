import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import {
  isNistForest,
  readCompactForest,
  readForestYaml,
  readNistForest,
  writeCompactForest,
} from '../../src/nfiq2/index.js';
import { votesOf } from '../../src/nfiq2/forest/forest.js';
import { gunzipped } from '../../src/nfiq2/forest/gunzipped.js';
import { forestYaml, voteOf, type TestNode } from './support/small-forest.js';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function inputErrorOf(work: () => unknown): Promise<InputError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const SMALL: TestNode = {
  variable: 3,
  threshold: 0.5,
  left: 0,
  right: { variable: 68, threshold: 7, left: 1, right: 0 },
};

const tree: fc.Arbitrary<TestNode> = fc.letrec<{ tree: TestNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<TestNode>(0, 1),
    fc.record({
      variable: fc.nat({ max: 68 }),
      threshold: fc.double({ min: -1000, max: 1000, noNaN: true }),
      left: tie('tree'),
      right: tie('tree'),
    }),
  ),
})).tree;

describe('a random forest', () => {
  it('votes as its trees do, also after it was made compact', async () => {
    const trees = fc.array(tree, { minLength: 1, maxLength: 6 });
    const values = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), {
      minLength: 69,
      maxLength: 69,
    });
    await fc.assert(
      fc.asyncProperty(trees, values, async (all, numbers) => {
        const forest = await readForestYaml(bytesOf(forestYaml(all)));
        const votes = all.reduce<number>((sum, each) => sum + voteOf(each, numbers), 0);
        expect(votesOf(forest, Float32Array.from(numbers))).toBe(votes);
        const compact = readCompactForest(writeCompactForest(forest));
        expect(votesOf(compact, Float32Array.from(numbers))).toBe(votes);
        expect(compact).toEqual(forest);
      }),
      { numRuns: 100 },
    );
  });

  it('goes right where a value is not known', async () => {
    const forest = await readForestYaml(
      bytesOf(forestYaml([{ variable: 0, threshold: 5, left: 0, right: 1 }])),
    );
    expect(votesOf(forest, Float32Array.of(Number.NaN))).toBe(1);
  });

  it('is read from gzip as well, and carries the MD5 of the unpacked text', async () => {
    const yaml = bytesOf(forestYaml([SMALL, 1]));
    const forest = await readForestYaml(gzipSync(yaml));
    expect(forest).toEqual(await readForestYaml(yaml));
    expect(forest.modelHash).toBe(createHash('md5').update(yaml).digest('hex'));
  });

  it('is not taken for that of NIST', async () => {
    const yaml = bytesOf(forestYaml([SMALL]));
    expect(isNistForest(await readForestYaml(yaml))).toBe(false);
    const error = await inputErrorOf(() => readNistForest(yaml));
    expect(error).toMatchObject({
      code: 'checksum',
      remedy: expect.stringContaining('nist_plain_tir-ink.yaml') as string,
    });
  });
});

describe('a forest file that is not sound', () => {
  const yaml = forestYaml([SMALL, SMALL]);

  it.each([
    ['text of another kind', 'hello', 'malformed'],
    ['nothing', '', 'truncated'],
    ['an empty line', yaml.replace('---', ''), 'malformed'],
    ['a regression', yaml.replace('is_classifier: 1', 'is_classifier: 0'), 'unsupported'],
    ['three classes', yaml.replace('[ 0, 1 ]', '[ 0, 1, 2 ]'), 'unsupported'],
    ['categories', yaml.replace('ord_var_count: 69', 'ord_var_count: 68'), 'unsupported'],
    ['too many trees', yaml.replace('ntrees: 2', 'ntrees: 2000'), 'out-of-range'],
    ['a tree too few', yaml.replace('ntrees: 2', 'ntrees: 3'), 'truncated'],
    ['a tree too many', yaml.replace('ntrees: 2', 'ntrees: 1'), 'malformed'],
    ['an inverted split', yaml.replace('le:', 'gt:'), 'malformed'],
    ['a variable that is not there', yaml.replace('var:68', 'var:69'), 'malformed'],
    [
      'a leaf of another class',
      yaml.replace('depth: 1\n               value: 0.', 'depth: 1\n               value: 2.'),
      'malformed',
    ],
    ['a node at another depth', yaml.replace('depth: 2\n', 'depth: 3\n'), 'malformed'],
    ['a threshold that is no number', yaml.replace(/le:\S+/, 'le:1e999'), 'malformed'],
    ['a line without end', `${yaml}${'x'.repeat(5000)}`, 'malformed'],
  ])('with %s is a typed error', async (_, text, code) => {
    const error = await inputErrorOf(() => readForestYaml(bytesOf(text)));
    expect(error.code).toBe(code);
    expect(error.offset).toBeTypeOf('number');
  });

  it('is a typed error wherever it is cut', async () => {
    for (let length = 0; length < yaml.length; length += 7) {
      await inputErrorOf(() => readForestYaml(bytesOf(yaml.slice(0, length))));
    }
  });

  it('is a typed error when its gzip is cut or damaged, and a bomb is stopped', async () => {
    const packed = gzipSync(yaml);
    expect((await inputErrorOf(() => readForestYaml(packed.subarray(0, 40)))).code).toBe('malformed');
    packed[30] = (packed[30] ?? 0) ^ 0xff;
    await inputErrorOf(() => readForestYaml(packed));
    const bomb = gzipSync(new Uint8Array(8 * 1024 * 1024));
    expect((await inputErrorOf(() => readForestYaml(bomb))).code).toBe('malformed');
    const unpacking = gunzipped(bomb, 1024 * 1024);
    const error = await inputErrorOf(async () => {
      for await (const piece of unpacking) expect(piece.length).toBeLessThan(1024 * 1024);
    });
    expect(error.code).toBe('too-large');
  });

  it('is not read on where its head never ends', async () => {
    const endless = yaml.replace('[ 0, 1, 2,\n', `[ ${'0,\n'.repeat(2000)}`);
    expect((await inputErrorOf(() => readForestYaml(bytesOf(endless)))).code).toBe('malformed');
  });

  it('is a typed error or a forest, whatever line of it is changed', async () => {
    const lines = yaml.split('\n');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: lines.length - 1 }), fc.string({ maxLength: 40 }), async (at, text) => {
        const changed = bytesOf(lines.with(at, text).join('\n'));
        await readForestYaml(changed).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a compact forest that is not sound', () => {
  it('is a typed error wherever it is cut or a bit flips', async () => {
    const compact = writeCompactForest(await readForestYaml(bytesOf(forestYaml([SMALL, 1]))));
    for (let at = 0; at < compact.length; at += 1) {
      const cut = await inputErrorOf(() => readCompactForest(compact.slice(0, at)));
      expect(cut.code).toBe('truncated');
      for (const bit of [1, 16, 128]) {
        const flipped = compact.slice();
        flipped[at] = (flipped[at] ?? 0) ^ bit;
        await inputErrorOf(() => readCompactForest(flipped));
      }
    }
    const longer = await inputErrorOf(() => readCompactForest(Uint8Array.of(...compact, 0)));
    expect(longer).toMatchObject({ code: 'malformed', offset: compact.length });
  });

  it('is a typed error for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readCompactForest(bytes)).toThrow(InputError);
      }),
    );
  });

  it('is not believed about its size', () => {
    const claim = Uint8Array.of(0x42, 0x4b, 0x52, 0x46, 1, 69, 100, 0, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0);
    expect(() => readCompactForest(claim)).toThrow(
      expect.objectContaining({ code: 'out-of-range' }) as Error,
    );
  });
});
