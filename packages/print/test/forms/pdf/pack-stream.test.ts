import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { keepPacked, packStream } from '../../../src/forms/pdf/pack-stream.js';

const dictionaryOf = (content: Uint8Array, entries = ''): string =>
  `<<\n${entries}/Length ${content.length}\n>>`;

function filled(bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(7);
}

describe('a stream', () => {
  it('is packed, and its dictionary says so', async () => {
    const content = new Uint8Array(2_000).fill(65);
    const packed = await packStream({ dictionary: dictionaryOf(content), content });
    expect(packed.dictionary).toBe(`<<\n/Length ${packed.content.length}\n/Filter /FlateDecode\n>>`);
    expect(Buffer.compare(inflateSync(packed.content), content)).toBe(0);
  });

  it.each([
    ['of few bytes', 399, ''],
    ['that is packed already', 2_000, '/Filter /DCTDecode\n'],
  ])('%s stays as it is', async (_, bytes, entries) => {
    const content = new Uint8Array(bytes);
    const stream = { dictionary: dictionaryOf(content, entries), content };
    expect(await packStream(stream)).toEqual(stream);
  });

  it('of metadata can be read by everybody, and has no space between its elements', async () => {
    const content = new TextEncoder().encode(
      `<?xpacket begin="\ufeff"?>\n${'    <a>  b  </a>\n\n'.repeat(60)}`,
    );
    const entries = '/Type /Metadata\n';
    const written = await packStream({ dictionary: dictionaryOf(content, entries), content });
    const text = `<?xpacket begin="\ufeff"?>\n${'<a>  b  </a>\n'.repeat(59)}<a>  b  </a>\n\n`;
    expect(written).toEqual({
      dictionary: `<<\n${entries}/Length ${new TextEncoder().encode(text).length}\n>>`,
      content: new TextEncoder().encode(text),
    });
  });

  const packed = async (content: Uint8Array): Promise<Uint8Array> =>
    (await packStream({ dictionary: dictionaryOf(content), content })).content;

  it('that every form has is packed once, any other each time', async () => {
    keepPacked(filled(70_000));
    expect(await packed(filled(70_000))).toBe(await packed(filled(70_000)));
    expect(await packed(filled(20_000))).not.toBe(await packed(filled(20_000)));
    const other = filled(70_000);
    other[69_999] = 8;
    expect([...inflateSync(await packed(other)).subarray(-2)]).toEqual([7, 8]);
  });

  it('is remembered among the newest only: fonts that are parsed again and again fill no memory', async () => {
    const fonts = Array.from({ length: 9 }, (_, index) => filled(1_000 + index));
    for (const font of [...fonts, ...fonts]) keepPacked(font);
    const [oldest = filled(0)] = fonts;
    const newest = fonts.at(-1) ?? filled(0);
    expect(await packed(newest)).toBe(await packed(newest));
    expect(await packed(oldest)).not.toBe(await packed(oldest));
  });
});
