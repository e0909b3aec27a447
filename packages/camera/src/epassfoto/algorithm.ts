import { InputError } from '@buergerkoffer/formats';
import { decodeC40 } from './c40.js';

/** How a photo is encrypted: AES with this key length in a mode of operation. */
export interface PhotoCipher {
  readonly keyBits: 128 | 192 | 256;
  /** CFB with 128 bits of feedback; GCM with its tag of 16 bytes behind the text. */
  readonly mode: 'CBC' | 'CFB' | 'GCM';
}

/** What fills the last block in CBC: bytes of their number (RFC 5652, 6.3), or nothing. */
export type PhotoPadding = 'pkcs7' | 'none';

/** Arcs of AES under 2.16.840.1.101.3.4.1, for 128 bits; 20 and 40 more for 192 and 256 (NIST CSOR). */
const OID_PREFIX = '2.16.840.1.101.3.4.1.';
const OID_ARCS: Readonly<Record<number, PhotoCipher['mode']>> = { 2: 'CBC', 4: 'CFB', 6: 'GCM' };
const KEY_BITS = [128, 192, 256] as const;
const NAME = /^AES[-_]?(128|192|256)[-_](CBC|CFB|CFB128|GCM)$/;
const BLOCK = 16;
const GCM_IV = 12;

/**
 * The algorithm in a field of the barcode: a name such as `AES_128_CFB` or a dotted OID, as plain ASCII or in C40. Another one is
 * `InputError('unsupported')` with `offset`, that of the field.
 */
export function algorithmOf(field: Uint8Array, offset: number): PhotoCipher {
  const cipher = readings(field, offset).map(cipherNamed).find(isKnown);
  if (cipher === undefined)
    throw new InputError(
      'unsupported',
      'the photo is encrypted with an algorithm other than AES in CBC, CFB or GCM',
      {
        offset,
        remedy: 'ask the photographer for another barcode',
      },
    );
  return cipher;
}

/** The padding in a field of the barcode, which may be empty; `InputError('unsupported')` for others than PKCS #7. */
export function paddingOf(field: Uint8Array, { mode }: PhotoCipher, offset: number): PhotoPadding {
  const names = readings(field, offset).map((text) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  const isPkcs7 = names.some((name) => ['PKCS7', 'PKCS5', 'PKCS7PADDING', 'PKCS5PADDING'].includes(name));
  if (isPkcs7) return mode === 'CBC' ? 'pkcs7' : 'none';
  if (field.length === 0 || names.some((name) => ['NONE', 'NOPADDING'].includes(name))) return 'none';
  throw new InputError('unsupported', 'the photo is padded in a way other than PKCS #7', {
    offset,
    remedy: 'ask the photographer for another barcode',
  });
}

/** Refuses a key or an initialisation vector whose length does not fit: `InputError('out-of-range')` at its length. */
export function checkKeyAndIv(
  cipher: PhotoCipher,
  fields: {
    readonly key: Uint8Array;
    readonly keyAt: number;
    readonly iv: Uint8Array;
    readonly ivAt: number;
  },
): void {
  const { key, keyAt, iv, ivAt } = fields;
  const fits = cipher.mode === 'GCM' ? iv.length >= GCM_IV && iv.length <= BLOCK : iv.length === BLOCK;
  if (!fits)
    throw new InputError('out-of-range', 'the initialisation vector does not fit the algorithm', {
      offset: ivAt - 1,
    });
  if (key.length * 8 !== cipher.keyBits)
    throw new InputError('out-of-range', 'the length of the key does not fit the algorithm', {
      offset: keyAt - 1,
    });
}

/** What a field may say: its bytes as ASCII, and as C40. */
function readings(field: Uint8Array, offset: number): readonly string[] {
  const ascii = String.fromCharCode(...field);
  try {
    return [ascii, decodeC40(field, offset)];
  } catch (error) {
    if (error instanceof InputError) return [ascii];
    throw error;
  }
}

function cipherNamed(text: string): PhotoCipher | undefined {
  if (text.startsWith(OID_PREFIX)) {
    const arc = /^\d{1,2}$/.test(text.slice(OID_PREFIX.length)) ? Number(text.slice(OID_PREFIX.length)) : 0;
    const keyBits = KEY_BITS[Math.floor(arc / 20)];
    const mode = OID_ARCS[arc % 20];
    return keyBits === undefined || mode === undefined ? undefined : { keyBits, mode };
  }
  const [, bits, mode = ''] = NAME.exec(text.trim().toUpperCase()) ?? [];
  const keyBits = KEY_BITS.find((candidate) => String(candidate) === bits);
  if (keyBits === undefined) return undefined;
  return { keyBits, mode: mode === 'CBC' ? 'CBC' : mode === 'GCM' ? 'GCM' : 'CFB' };
}

function isKnown(cipher: PhotoCipher | undefined): cipher is PhotoCipher {
  return cipher !== undefined;
}
