import { decodeHex, encodeHex, InputError } from '@buergerkoffer/formats';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDelivery, readTicket, sealedDigest } from '../../src/epassfoto/index.js';
import { smallJpeg } from '../small-jpeg.js';
import { barcode, encrypted, IV, KEY } from './own-barcode.js';

const DATA = new URL('../../../../../shared/data/camera/epassfoto/', import.meta.url);
const PHOTO = smallJpeg(64, 48);
const USER =
  '1fa38e1f-0485-4d1e-83ab-9b6d816f1382:::757ba754-a166-46d5-9ced-2e1b3c13828c:::758093b9-3a94-449b-8584-8afe36394acd';
const sealed = (): boolean => true;

describe('a delivered photo', () => {
  it.each([128, 192, 256] as const)('is decrypted with a key of %d bits in every mode', async (bits) => {
    const key = KEY.subarray(0, bits / 8);
    for (const [mode, cipher, padding] of [
      ['CFB', 'cfb', ''],
      ['CBC', 'cbc', 'PKCS7'],
      ['GCM', 'gcm', ''],
    ] as const) {
      const iv = mode === 'GCM' ? IV.subarray(0, 12) : IV;
      const ticket = readTicket(barcode({ algorithm: `AES_${bits}_${mode}`, key, iv, padding }));
      const delivery = {
        encrypted: encrypted(`aes-${bits}-${cipher}`, PHOTO, key, iv),
        nutzerkennung: USER,
        sealCovers: sealed,
      };
      const { photo, origin } = await openDelivery(ticket, delivery);
      expect(photo.bytes, mode).toEqual(PHOTO);
      expect(origin.cloud).toBe('1fa38e1f-0485-4d1e-83ab-9b6d816f1382');
      expect(origin.user).toBe('758093b9-3a94-449b-8584-8afe36394acd');
    }
  });

  const ticket = (): ReturnType<typeof readTicket> => readTicket(barcode());
  const text = encrypted('aes-256-cfb', PHOTO, KEY, IV);

  it('is checked against its seal first: SHA-256 of the encrypted photo and the Nutzerkennung behind it', async () => {
    const digests: string[] = [];
    const sealCovers = (digest: Uint8Array): boolean => {
      digests.push(encodeHex(digest));
      return false;
    };
    const broken = { encrypted: new Uint8Array(40), nutzerkennung: USER, sealCovers };
    await expect(openDelivery(ticket(), broken)).rejects.toMatchObject({ code: 'checksum' });
    // sha256sum of 40 zero bytes and the Nutzerkennung.
    const { createHash } = await import('node:crypto');
    expect(digests).toEqual([createHash('sha256').update(new Uint8Array(40)).update(USER).digest('hex')]);
  });

  it('is of a user whose Nutzerkennung is three UUIDs', async () => {
    for (const nutzerkennung of [
      '',
      USER.replace(':::', '::'),
      `${USER}:::${USER}`,
      USER.replace('1fa3', '1fag'),
    ]) {
      const opening = openDelivery(ticket(), { encrypted: text, nutzerkennung, sealCovers: sealed });
      await expect(opening).rejects.toMatchObject({ code: 'malformed', path: 'nutzerkennung' });
    }
  });

  it('is refused when another key made it, without a byte of what came out', async () => {
    const other = readTicket(barcode({ key: KEY.toReversed() }));
    const error: unknown = await openDelivery(other, {
      encrypted: text,
      nutzerkennung: USER,
      sealCovers: sealed,
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ message: 'what was decrypted is no readable photo' });
    expect(error).not.toHaveProperty('cause');
  });

  it('is refused when its tag, padding or length is wrong', async () => {
    const gcm = readTicket(barcode({ algorithm: 'AES_256_GCM', iv: IV.subarray(0, 12) }));
    const good = encrypted('aes-256-gcm', PHOTO, KEY, IV.subarray(0, 12));
    const refused = async (at: ReturnType<typeof readTicket>, bytes: Uint8Array): Promise<unknown> =>
      openDelivery(at, { encrypted: bytes, nutzerkennung: USER, sealCovers: sealed }).catch(
        (reason: unknown) => reason,
      );
    expect(await refused(gcm, good.with(9, (good[9] ?? 0) ^ 1))).toMatchObject({ code: 'malformed' });
    expect(await refused(gcm, good.subarray(0, 15))).toMatchObject({ code: 'truncated' });
    const cbc = readTicket(barcode({ algorithm: 'AES_256_CBC', padding: 'PKCS7' }));
    const blocks = encrypted('aes-256-cbc', PHOTO, KEY, IV);
    expect(await refused(cbc, blocks.subarray(0, -3))).toMatchObject({ code: 'truncated' });
    expect(await refused(cbc, blocks.with(-17, (blocks.at(-17) ?? 0) ^ 0xff))).toBeInstanceOf(InputError);
    expect(await refused(ticket(), new Uint8Array(33 * 1024 * 1024))).toMatchObject({ code: 'too-large' });
  });

  it('cannot be decrypted once the ticket is wiped', () => {
    const wiped = ticket();
    wiped.wipe();
    expect(() => wiped.decrypt(text)).toThrow(expect.objectContaining({ code: 'missing' }) as Error);
  });

  it.skipIf(!existsSync(DATA))(
    'of the vectors is the photo, and its digest is theirs (needs ../shared)',
    async () => {
      const { valid } = JSON.parse(readFileSync(new URL('vectors.json', DATA), 'utf8')) as {
        valid: Record<
          | 'name'
          | 'barcodeText'
          | 'encryptedFile'
          | 'plainFile'
          | 'nutzerkennung'
          | 'sha256OfEncryptedPlusNutzerkennung',
          string
        >[];
      };
      for (const vector of valid) {
        const bytes = new Uint8Array(readFileSync(new URL(vector.encryptedFile, DATA)));
        const expected = decodeHex(vector.sha256OfEncryptedPlusNutzerkennung);
        expect(await sealedDigest(bytes, vector.nutzerkennung), vector.name).toEqual(expected);
        const { photo } = await openDelivery(readTicket(vector.barcodeText), {
          encrypted: bytes,
          nutzerkennung: vector.nutzerkennung,
          sealCovers: (digest) => encodeHex(digest) === vector.sha256OfEncryptedPlusNutzerkennung,
        });
        expect(
          Buffer.from(photo.bytes).equals(readFileSync(new URL(vector.plainFile, DATA))),
          vector.name,
        ).toBe(true);
      }
    },
  );
});
