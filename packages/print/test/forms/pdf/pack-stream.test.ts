import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packStream } from '../../../src/forms/pdf/pack-stream.js';

const dictionaryOf = (content: Uint8Array, entries = ''): string =>
  `<<\n${entries}/Length ${content.length}\n>>`;

/** A font program as far as its first bytes tell. */
function font(bytes: number): Uint8Array {
  const content = new Uint8Array(bytes).fill(7);
  content.set([0, 1, 0, 0]);
  return content;
}

describe('a stream', () => {
  it('is packed, and its dictionary says so', async () => {
    const content = new Uint8Array(2_000).fill(65);
    const packed = await packStream({ dictionary: dictionaryOf(content), content });
    expect(packed.dictionary).toBe(`<<\n/Length ${packed.content.length}\n/Filter /FlateDecode\n>>`);
    expect(new Uint8Array(inflateSync(packed.content))).toEqual(content);
  });

  it.each([
    ['of few bytes', 399, ''],
    ['of metadata', 2_000, '/Type /Metadata\n'],
    ['that is packed already', 2_000, '/Filter /DCTDecode\n'],
  ])('%s stays as it is', async (_, bytes, entries) => {
    const content = new Uint8Array(bytes);
    const stream = { dictionary: dictionaryOf(content, entries), content };
    expect(await packStream(stream)).toEqual(stream);
  });

  it('that every fillable form carries is packed once, a subset for one paper each time', async () => {
    const packed = async (content: Uint8Array) =>
      (await packStream({ dictionary: dictionaryOf(content), content })).content;
    expect(await packed(font(70_000))).toBe(await packed(font(70_000)));
    expect(await packed(font(20_000))).not.toBe(await packed(font(20_000)));
    const other = font(70_000);
    other[69_999] = 8;
    expect(new Uint8Array(inflateSync(await packed(other)))).toEqual(other);
  });
});
