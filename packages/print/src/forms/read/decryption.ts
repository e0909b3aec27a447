import { cbc } from '@noble/ciphers/aes';
import { concatBytes } from '@noble/ciphers/utils';
import { md5 } from '@noble/hashes/legacy';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2';
import { InputError } from '@buergerkoffer/formats';
import { PdfName, type PdfDict, type PdfValue } from './pdf-syntax.js';
import { rc4 } from './rc4.js';

/** Takes the encryption off what stands in the object with this number and generation. */
export type Decipher = (bytes: Uint8Array, id: number, generation: number) => Uint8Array;

/** How the strings and the streams of an encrypted file become readable. */
export interface Decryption {
  readonly string: Decipher;
  readonly stream: Decipher;
}

/** What the password is filled up with to 32 bytes, so all of an empty one (ISO 32000-1, 7.6.3.3, step a). */
const PADDING = Uint8Array.from([
  0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e,
  0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
]);
const EMPTY = new Uint8Array();
const BLOCK = 16;

/**
 * The decryption of a file that everybody may open and only its owner change: that is how programs "protect" forms. Standard
 * handler (ISO 32000-2, 7.6.4) with RC4 of 40 to 128 bits, AES of 128 and of 256 bits; `file` is the first half of the file's `/ID`.
 * @throws InputError `unsupported` where a password or a certificate is needed, `malformed` for what is no such dictionary.
 */
export function openedByEverybody(encrypt: PdfDict, file: Uint8Array): Decryption {
  const revision = encrypt.get('R');
  if (nameIn(encrypt, 'Filter') !== 'Standard' || typeof revision !== 'number') throw locked();
  const key = revision >= 5 ? newKey(encrypt, revision) : oldKey(encrypt, revision, file);
  return { string: decipher(encrypt, 'StrF', key), stream: decipher(encrypt, 'StmF', key) };
}

/** Which cipher is used for strings or streams, and with which key (7.6.6). */
function decipher(encrypt: PdfDict, use: 'StrF' | 'StmF', key: Uint8Array): Decipher {
  switch (methodOf(encrypt, use)) {
    case 'None':
      return (bytes) => bytes;
    case 'V2':
      return (bytes, id, generation) => rc4(objectKey(key, id, generation, EMPTY), bytes);
    case 'AESV2':
      return (bytes, id, generation) => aes(objectKey(key, id, generation, AES_SALT), bytes);
    case 'AESV3':
      return (bytes) => aes(key, bytes);
    default:
      throw locked();
  }
}

function methodOf(encrypt: PdfDict, use: 'StrF' | 'StmF'): string | undefined {
  const version = encrypt.get('V');
  if (version === 1 || version === 2) return 'V2';
  const filter = nameIn(encrypt, use) ?? 'Identity';
  if (filter === 'Identity') return 'None';
  const filters = encrypt.get('CF');
  const chosen = filters instanceof Map ? (filters.get(filter) as PdfValue | undefined) : undefined;
  return chosen instanceof Map ? nameIn(chosen as PdfDict, 'CFM') : undefined;
}

const AES_SALT = new TextEncoder().encode('sAlT');

/** The key of one object (7.6.3, algorithm 1). */
function objectKey(key: Uint8Array, id: number, generation: number, salt: Uint8Array): Uint8Array {
  const place = Uint8Array.of(id, id >> 8, id >> 16, generation, generation >> 8);
  return md5(concatBytes(key, place, salt)).subarray(0, Math.min(key.length + 5, BLOCK));
}

/** The first block is the initialisation vector. What was not so encrypted stands in the clear: some programs forget strings. */
function aes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (bytes.length % BLOCK !== 0 || bytes.length < 2 * BLOCK) return bytes;
  try {
    return cbc(key, bytes.subarray(0, BLOCK)).decrypt(bytes.subarray(BLOCK));
  } catch {
    return bytes; // the padding is wrong
  }
}

/** The key of revisions 2 to 4 for the empty password (7.6.4.3, algorithms 2, 4 and 5). */
function oldKey(encrypt: PdfDict, revision: number, file: Uint8Array): Uint8Array {
  const permissions = encrypt.get('P');
  if (typeof permissions !== 'number') throw damaged();
  const bits = encrypt.get('V') === 4 ? 128 : encrypt.get('V') === 2 ? (encrypt.get('Length') ?? 40) : 40;
  if (typeof bits !== 'number' || bits < 40 || bits > 128 || bits % 8 !== 0) throw damaged();
  const size = bits / 8;
  const allowed = Uint8Array.of(permissions, permissions >> 8, permissions >> 16, permissions >> 24);
  const metadataInTheClear = revision >= 4 && encrypt.get('EncryptMetadata') === false;
  let key = md5(
    concatBytes(
      ...[PADDING, bytesIn(encrypt, 'O', 32), allowed, file],
      metadataInTheClear ? new Uint8Array(4).fill(0xff) : EMPTY,
    ),
  );
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, size));
  key = key.subarray(0, size);
  let proof = revision >= 3 ? md5(concatBytes(PADDING, file)) : PADDING;
  for (let round = 0; round < (revision >= 3 ? 20 : 1); round++) {
    proof = rc4(
      key.map((byte) => byte ^ round),
      proof,
    );
  }
  if (!areEqual(proof, bytesIn(encrypt, 'U', proof.length))) throw locked();
  return key;
}

/** The key of revisions 5 and 6 for the empty password (algorithm 2.A). */
function newKey(encrypt: PdfDict, revision: number): Uint8Array {
  const user = bytesIn(encrypt, 'U', 48);
  const hash = revision === 5 ? sha256 : hardenedHash;
  if (!areEqual(hash(user.subarray(32, 40)), user.subarray(0, 32))) throw locked();
  const wrapping = hash(user.subarray(40, 48));
  return cbc(wrapping, new Uint8Array(BLOCK), { disablePadding: true }).decrypt(bytesIn(encrypt, 'UE', 32));
}

/** The hash of revision 6 of the empty password with this salt (algorithm 2.B); it ends after 287 rounds at the latest. */
function hardenedHash(salt: Uint8Array): Uint8Array {
  let key = sha256(salt);
  for (let round = 1; ; round++) {
    const repeated = new Uint8Array(64 * key.length);
    for (let at = 0; at < repeated.length; at += key.length) repeated.set(key, at);
    const sealed = cbc(key.subarray(0, 16), key.subarray(16, 32), { disablePadding: true }).encrypt(repeated);
    // The first 16 bytes as a number modulo 3: 256 leaves 1, so their sum does.
    const choice = sealed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = ([sha256, sha384, sha512][choice] ?? sha256)(sealed);
    if (round >= 64 && (sealed.at(-1) ?? 0) <= round - 32) return key.subarray(0, 32);
  }
}

function nameIn(dict: PdfDict, key: string): string | undefined {
  const value = dict.get(key);
  return value instanceof PdfName ? value.name : undefined;
}

function bytesIn(dict: PdfDict, key: string, length: number): Uint8Array {
  const value = dict.get(key);
  if (!(value instanceof Uint8Array) || value.length < length) throw damaged();
  return value.subarray(0, length);
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function locked(): InputError {
  return new InputError('unsupported', 'the file is encrypted, and a password is needed to read it', {
    germanRemedy: 'Bitte speichern Sie die Datei ohne Kennwort und lesen Sie sie dann noch einmal ein.',
  });
}

function damaged(): InputError {
  return new InputError('malformed', 'what the file says about its encryption is damaged');
}
