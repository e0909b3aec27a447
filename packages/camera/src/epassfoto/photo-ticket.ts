import { cbc, cfb, gcm } from '@noble/ciphers/aes.js';
import { InputError } from '@buergerkoffer/formats';
import type { PhotoCipher, PhotoPadding } from './algorithm.js';

/** What a barcode holds. */
interface TicketFields {
  readonly address: URL;
  readonly photoId: string;
  readonly algorithm: PhotoCipher;
  readonly padding: PhotoPadding;
  readonly iv: Uint8Array;
  readonly key: Uint8Array;
}

const BLOCK = 16;

/**
 * The right to fetch one photo, read from its barcode. Nothing of it is to be stored or shown: its fields are private, as JSON and in
 * a console it is empty, and {@link PhotoTicket.wipe} overwrites the key once the photo is there.
 */
export class PhotoTicket {
  readonly #fields: TicketFields;
  #isWiped = false;

  constructor(fields: TicketFields) {
    this.#fields = fields;
  }

  /** Where the cloud of the photographer is asked; always https. */
  get address(): URL {
    return new URL(this.#fields.address);
  }

  /** The photo's UUID in that cloud. */
  get photoId(): string {
    return this.#fields.photoId;
  }

  get algorithm(): PhotoCipher {
    return this.#fields.algorithm;
  }

  /**
   * Decrypts what the cloud delivered, whose seal was checked before. `InputError` `truncated` and `malformed` where length, padding
   * or tag do not fit; with CFB a wrong key shows only in what comes out.
   */
  decrypt(encrypted: Uint8Array): Uint8Array {
    const { algorithm, iv, key, padding } = this.#fields;
    if (this.#isWiped)
      throw new InputError('missing', 'the key of the photo was wiped', { remedy: 'scan the barcode again' });
    const least = algorithm.mode === 'CFB' ? 1 : BLOCK;
    if (encrypted.length < least || (algorithm.mode === 'CBC' && encrypted.length % BLOCK !== 0))
      throw new InputError('truncated', 'the encrypted photo ends within a block', {
        offset: encrypted.length,
      });
    switch (algorithm.mode) {
      case 'CBC':
        return unpadded(cbc(key, iv, { disablePadding: true }).decrypt(encrypted), padding);
      case 'CFB':
        return cfb(key, iv).decrypt(encrypted);
      case 'GCM':
        return opened(encrypted, key, iv);
      default:
        return algorithm.mode satisfies never;
    }
  }

  /** Overwrites key and initialisation vector; {@link PhotoTicket.decrypt} fails from then on. */
  wipe(): void {
    this.#isWiped = true;
    this.#fields.key.fill(0);
    this.#fields.iv.fill(0);
  }

  /** Nothing: a ticket must not get into a log. */
  toJSON(): object {
    return {};
  }
}

function unpadded(bytes: Uint8Array, padding: PhotoPadding): Uint8Array {
  if (padding === 'none') return bytes;
  const count = bytes.at(-1) ?? 0;
  const isWell = count >= 1 && count <= BLOCK && bytes.subarray(-count).every((byte) => byte === count);
  if (!isWell) throw new InputError('malformed', 'the photo cannot be decrypted: its padding is wrong');
  return bytes.subarray(0, -count);
}

/** The text of AES-GCM, whose tag is its last 16 bytes. What the library says of a wrong tag is left out. */
function opened(encrypted: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  try {
    return gcm(key, iv).decrypt(encrypted);
  } catch {
    throw new InputError('malformed', 'the photo cannot be decrypted: its tag is wrong');
  }
}
