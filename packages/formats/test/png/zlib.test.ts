import { deflate, inflateAtMost, InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';

const TEXT = new TextEncoder().encode('Musterstadt '.repeat(5000));

describe('inflateAtMost', () => {
  it('gives back what was deflated', async () => {
    expect(await inflateAtMost(await deflate(TEXT), TEXT.length)).toEqual({ bytes: TEXT, whole: true });
  });

  it('stops a stream that yields more than its limit', async () => {
    await expect(inflateAtMost(await deflate(TEXT), 1000, 7)).rejects.toMatchObject({
      code: 'too-large',
      offset: 7,
    });
    await expect(inflateAtMost(await deflate(TEXT), 1000)).rejects.toBeInstanceOf(InputError);
  });

  it('keeps what comes before the damage', async () => {
    const compressed = await deflate(crypto.getRandomValues(new Uint8Array(60_000)));
    const { bytes, whole } = await inflateAtMost(compressed.subarray(0, 40_000), 100_000);
    expect(whole).toBe(false);
    expect(bytes.length).toBeGreaterThan(10_000);
  });

  it('makes nothing of what is no zlib stream', async () => {
    expect(await inflateAtMost(Uint8Array.of(1, 2, 3, 4), 100)).toMatchObject({ whole: false });
  });
});
