import { CASE_KEY_BYTES } from './case-record.js';
import { isUuid, uuidBytes } from './case-id.js';
import { ifThere, replaceFile, UNFINISHED, wipeFile } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import type { KeyStore } from './key-store.js';
import { StorageError } from './storage-error.js';
import type { VaultCrypto } from './vault-crypto.js';

const ENDING = '.key';

/**
 * Keys as plain files that only their owner may read (0600), for demonstration and tests: who has the disk has the keys,
 * and flash storage may keep what was overwritten. In the field use a KeyStore on the clerk's card or a TPM.
 */
export class FileKeyStore implements KeyStore {
  readonly #fs: FileSystemPort;
  readonly #crypto: VaultCrypto;
  readonly #folder: string;

  constructor(fs: FileSystemPort, crypto: VaultCrypto, folder: string) {
    this.#fs = fs;
    this.#crypto = crypto;
    this.#folder = folder;
  }

  async create(id: string): Promise<Uint8Array> {
    await this.#fs.makeFolder(this.#folder);
    const key = this.#crypto.random(CASE_KEY_BYTES);
    await replaceFile(this.#fs, this.#path(id), key);
    return key;
  }

  async load(id: string): Promise<Uint8Array | undefined> {
    const key = await ifThere(this.#fs.read(this.#path(id), CASE_KEY_BYTES));
    if (key !== undefined && key.length !== CASE_KEY_BYTES) {
      throw new StorageError('corrupt', 'a key file has the wrong length', { path: this.#path(id) });
    }
    return key;
  }

  async destroy(id: string): Promise<void> {
    await this.#wipe(this.#path(id));
  }

  /** The ids of all keys; what a crash left unfinished is wiped on the way. */
  async list(): Promise<readonly string[]> {
    const names = (await ifThere(this.#fs.list(this.#folder))) ?? [];
    for (const name of names.filter((name) => name.endsWith(UNFINISHED))) {
      await this.#wipe(`${this.#folder}/${name}`);
    }
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter(isUuid);
  }

  async #wipe(path: string): Promise<void> {
    if ((await ifThere(this.#fs.list(this.#folder))) === undefined) return;
    await wipeFile(this.#fs, path, this.#crypto.random(CASE_KEY_BYTES));
  }

  #path(id: string): string {
    uuidBytes(id);
    return `${this.#folder}/${id}${ENDING}`;
  }
}
