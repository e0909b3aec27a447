import { ByteWriter, InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import { isUuid, newId, uuidBytes } from './case-id.js';
import { removeDurably, replaceFile, UNFINISHED } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import type { HighWaterClock } from './high-water-clock.js';
import type { KeyStore } from './key-store.js';
import { StorageError } from './storage-error.js';
import type { VaultCrypto } from './vault-crypto.js';

/** Longest supply in bytes. */
export const MAX_SUPPLY_BYTES = 64 * 1024 * 1024;

const ENDING = '.supply';
const NONCE_BYTES = 12;
const MAX_LABEL_BYTES = 4096;

const label = z.strictObject({
  purpose: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  expiresAt: z.iso.datetime(),
});

/** Data loaded before the visit, with what it is for and how long it may be kept. */
export interface SupplyLabel {
  /** A word such as `register-extract`; lies on disk in clear, so it names no person. */
  readonly purpose: string;
  /** UTC instant, ISO 8601 with `Z`. */
  readonly expiresAt: string;
}

/** What the supplies work with. */
export interface SuppliesContext {
  readonly fs: FileSystemPort;
  readonly crypto: VaultCrypto;
  readonly keyStore: KeyStore;
  readonly clock: HighWaterClock;
  readonly folder: string;
}

/** Sealed data that is needed offline; each has a key of its own, which is destroyed when its time is over. */
export class Supplies {
  readonly #context: SuppliesContext;

  constructor(context: SuppliesContext) {
    this.#context = context;
  }

  /** Seals data until it expires and answers its id; a label that is wrong or already expired is an InputError. */
  async put(supply: SupplyLabel, content: Uint8Array): Promise<string> {
    const { fs, crypto, keyStore } = this.#context;
    const checked = label.safeParse(supply);
    if (!checked.success)
      throw new InputError('malformed', 'a supply needs a purpose word and an expiry', { path: 'label' });
    if (await this.#isOver(checked.data))
      throw new InputError('out-of-range', 'the expiry has passed', { path: 'expiresAt' });
    if (content.length > MAX_SUPPLY_BYTES)
      throw new InputError('too-large', `a supply may take ${MAX_SUPPLY_BYTES} bytes`);
    const id = newId(crypto);
    const key = await keyStore.create(id);
    try {
      const clear = new TextEncoder().encode(`${JSON.stringify(checked.data)}\n`);
      const nonce = crypto.random(NONCE_BYTES);
      const sealed = crypto.seal(key, nonce, associated(id, clear), content);
      await replaceFile(
        fs,
        this.#path(id),
        new ByteWriter().bytes(clear).bytes(nonce).bytes(sealed).toBytes(),
      );
    } catch (error) {
      await keyStore.destroy(id).catch(() => undefined);
      throw error;
    } finally {
      key.fill(0);
    }
    return id;
  }

  /** The data, `missing` once it has expired, whatever the clock was set back to. */
  async get(id: string): Promise<Uint8Array> {
    const { crypto, keyStore } = this.#context;
    const { supply, clear, rest } = await this.#read(id);
    if (await this.#isOver(supply)) {
      await this.remove(id);
      throw new StorageError('missing', 'the data has expired and was erased');
    }
    const key = await keyStore.load(id);
    if (key === undefined) throw new StorageError('missing', 'the key of the data is gone');
    try {
      const nonce = rest.subarray(0, NONCE_BYTES);
      const content = crypto.open(key, nonce, associated(id, clear), rest.subarray(NONCE_BYTES));
      if (content === undefined)
        throw new StorageError('corrupt', 'a supply is damaged', { path: this.#path(id) });
      return content;
    } finally {
      key.fill(0);
    }
  }

  /** What is there, expired supplies excepted. */
  async list(): Promise<readonly (SupplyLabel & { readonly id: string })[]> {
    await this.sweep();
    return Promise.all((await this.ids()).map(async (id) => ({ id, ...(await this.#read(id)).supply })));
  }

  /** Destroys the key, then the file; one that is not there is no error. */
  async remove(id: string): Promise<void> {
    await this.#context.keyStore.destroy(id);
    await removeDurably(this.#context.fs, this.#path(id));
  }

  /** Erases what has expired, is damaged or was left unfinished; answers how many. */
  async sweep(): Promise<number> {
    const { fs, folder } = this.#context;
    for (const name of (await fs.list(folder)).filter((name) => name.endsWith(UNFINISHED))) {
      await removeDurably(fs, `${folder}/${name}`);
    }
    let erased = 0;
    for (const id of await this.ids()) {
      const supply = await this.#read(id).then(
        (read) => read.supply,
        () => undefined,
      );
      if (supply !== undefined && !(await this.#isOver(supply))) continue;
      await this.remove(id);
      erased += 1;
    }
    return erased;
  }

  /** The ids of the supplies on disk. */
  async ids(): Promise<readonly string[]> {
    const names = await this.#context.fs.list(this.#context.folder);
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter(isUuid);
  }

  async #isOver(supply: SupplyLabel): Promise<boolean> {
    return (await this.#context.clock.now()).getTime() >= Date.parse(supply.expiresAt);
  }

  async #read(
    id: string,
  ): Promise<{ readonly supply: SupplyLabel; readonly clear: Uint8Array; readonly rest: Uint8Array }> {
    const path = this.#path(id);
    const bytes = await this.#context.fs.read(path, MAX_SUPPLY_BYTES + MAX_LABEL_BYTES);
    const end = bytes.indexOf(0x0a) + 1;
    const clear = bytes.subarray(0, end);
    const supply = parseLabel(clear);
    if (supply === undefined) throw new StorageError('corrupt', 'a supply is damaged', { path });
    return { supply, clear, rest: bytes.subarray(end) };
  }

  #path(id: string): string {
    uuidBytes(id);
    return `${this.#context.folder}/${id}${ENDING}`;
  }
}

/** Purpose and expiry are authenticated with the data: changing them on disk destroys it. */
function associated(id: string, clear: Uint8Array): Uint8Array {
  return new ByteWriter().bytes(uuidBytes(id)).bytes(clear).toBytes();
}

function parseLabel(clear: Uint8Array): SupplyLabel | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clear));
    return label.safeParse(json).data;
  } catch {
    return undefined;
  }
}
