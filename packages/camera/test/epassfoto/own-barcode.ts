import { encodeBase64 } from '@buergerkoffer/formats';
import { createCipheriv } from 'node:crypto';

/** What goes into a barcode of our own making. */
export interface BarcodeFields {
  readonly address?: string;
  readonly algorithm?: string | Uint8Array;
  readonly padding?: string;
  readonly iv?: Uint8Array;
  readonly key?: Uint8Array;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const counted = (bytes: Uint8Array): readonly number[] => [bytes.length, ...bytes];

export const KEY = Uint8Array.from({ length: 32 }, (_, index) => 200 - index);
export const IV = Uint8Array.from({ length: 16 }, (_, index) => 7 * index + 1);

/** The text of a barcode (TR-03170-2, 2.3), built from the table of the guideline. */
export function barcode(fields: BarcodeFields = {}): string {
  const {
    address = 'https://cloud.example/api',
    algorithm = 'AES_256_CFB',
    padding = '',
    iv = IV,
    key = KEY,
  } = fields;
  const field = typeof algorithm === 'string' ? bytesOf(algorithm) : algorithm;
  const photoId = Array.from({ length: 16 }, (_, index) => index);
  return encodeBase64(
    Uint8Array.of(
      0xe2,
      1,
      ...counted(bytesOf(address)),
      ...photoId,
      ...counted(field),
      ...counted(iv),
      ...counted(bytesOf(padding)),
      ...counted(key),
    ),
  );
}

/** `plain` encrypted by OpenSSL: another hand than the one that decrypts. */
export function encrypted(cipher: string, plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const encryption = createCipheriv(cipher, key, iv) as ReturnType<typeof createCipheriv> & {
    getAuthTag?(): Buffer;
  };
  const text = [encryption.update(plain), encryption.final()];
  return new Uint8Array(
    Buffer.concat(
      cipher.endsWith('gcm') && encryption.getAuthTag ? [...text, encryption.getAuthTag()] : text,
    ),
  );
}
