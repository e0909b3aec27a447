import { createHash } from 'node:crypto';
import { InputError } from '@buergerkoffer/formats';
import { readLabelFont } from '@buergerkoffer/print/labels';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dejaVuMono, fontCalledUnicodeDoc } from './official-font.js';

let official: Uint8Array;
beforeAll(async () => {
  official = await fontCalledUnicodeDoc('bold');
});

async function refusal(reading: Promise<unknown>): Promise<{ code: string; path: string | undefined }> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof InputError) return { code: error.code, path: error.path };
  throw error ?? new Error('no refusal');
}

describe('the font of stickers', () => {
  it('says its name, weight and hash, and what of DIN 91379 it lacks', async () => {
    const font = await readLabelFont(official);
    expect(font).toMatchObject({ official: true, weight: 'bold', monospaced: true });
    expect(font.name).toContain('UnicodeDoc');
    expect(font.sha256).toBe(createHash('sha256').update(official).digest('hex'));
    expect(font.missing).toContain('U+1E17');
    expect(font.missing).not.toContain('U+0041');
  });

  it('is told regular from bold', async () => {
    expect((await readLabelFont(await fontCalledUnicodeDoc('regular'))).weight).toBe('regular');
  });

  it('is refused when it is another, unless it is said to stand in', async () => {
    const other = await dejaVuMono('bold');
    expect(await refusal(readLabelFont(other))).toEqual({ code: 'not-allowed', path: 'font' });
    expect((await readLabelFont(other, { standIn: true })).official).toBe(false);
  });

  it('is refused when its hash is not the one expected', async () => {
    const sha256 = createHash('sha256').update(official).digest('hex');
    expect((await readLabelFont(official, { sha256: sha256.toUpperCase() })).sha256).toBe(sha256);
    expect(await refusal(readLabelFont(official, { sha256: '0'.repeat(64) }))).toEqual({
      code: 'checksum',
      path: 'font',
    });
  });

  it.each([[new Uint8Array()], [new Uint8Array(100)], [Uint8Array.from([0, 1, 0, 0, 255, 255])]])(
    'is malformed when its bytes are no font',
    async (bytes) => {
      expect(await refusal(readLabelFont(bytes))).toEqual({ code: 'malformed', path: 'font' });
    },
  );

  it('too large is refused before it is read', async () => {
    expect((await refusal(readLabelFont(new Uint8Array(32 * 1024 * 1024 + 1)))).code).toBe('too-large');
  });

  it('broken anywhere is read or refused, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), fc.boolean(), async (place, value, isCut) => {
        const at = place % (place % 2 === 0 ? 400 : official.length);
        const bytes = isCut ? official.slice(0, at) : Uint8Array.from(official);
        bytes[at] = value;
        await readLabelFont(bytes, { standIn: true }).catch((error: unknown) => {
          if (!(error instanceof InputError)) throw error;
        });
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
