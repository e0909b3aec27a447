import { folderOf } from './durable-file.js';
import type { FileSystemPort, OpenFile } from './file-system.js';
import { StorageError } from './storage-error.js';

/**
 * A file that only grows, one durable piece at a time, in the order of the calls.
 *
 * A failed append leaves the file as it was. When even that cannot be had (the truncation or the sync failed, and the page
 * cache can no longer be believed), the file is closed for writing: open it again to see what is there.
 */
export class AppendFile {
  readonly #file: OpenFile;
  readonly #path: string;
  #size: number;
  #state: 'usable' | 'failed' | 'closed' = 'usable';
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: OpenFile, path: string, size: number) {
    this.#file = file;
    this.#path = path;
    this.#size = size;
  }

  /** A new file with its first content, durable with its name. */
  static async create(fs: FileSystemPort, path: string, content: Uint8Array): Promise<AppendFile> {
    const file = await fs.open(path, 'create');
    try {
      await file.write(0, content);
      await file.sync();
      await fs.syncFolder(folderOf(path));
    } catch (error) {
      await file.close().catch(() => undefined);
      await fs.remove(path).catch(() => undefined);
      throw error;
    }
    return new AppendFile(file, path, content.length);
  }

  /** An existing file, cut to `size` bytes where a writer was killed; name and cut are durable on return. */
  static async open(fs: FileSystemPort, path: string, size: number): Promise<AppendFile> {
    const file = await fs.open(path, 'existing');
    try {
      if ((await file.size()) > size) await file.truncate(size);
      await file.sync();
      await fs.syncFolder(folderOf(path));
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
    return new AppendFile(file, path, size);
  }

  /** Length in bytes of what is durable. */
  get size(): number {
    return this.#size;
  }

  /** Resolves with the offset of the piece when it is durable. */
  append(bytes: Uint8Array): Promise<number> {
    return this.#inOrder(async () => {
      this.#assertUsable();
      const offset = this.#size;
      await this.#writeOrRestore(offset, bytes);
      this.#size = offset + bytes.length;
      return offset;
    });
  }

  /** Bytes of what is durable. */
  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#inOrder(() => {
      this.#assertUsable();
      return this.#file.read(offset, length);
    });
  }

  /** Waits for what is being written, then closes; closing twice is no error. */
  async close(): Promise<void> {
    await this.#inOrder(async () => {
      if (this.#state === 'closed') return;
      this.#state = 'closed';
      await this.#file.close();
    });
  }

  async #writeOrRestore(offset: number, bytes: Uint8Array): Promise<void> {
    let written = false;
    try {
      await this.#file.write(offset, bytes);
      written = true;
      await this.#file.sync();
    } catch (error) {
      if (written) this.#state = 'failed';
      await this.#restore(offset);
      throw error;
    }
  }

  async #restore(size: number): Promise<void> {
    try {
      await this.#file.truncate(size);
      await this.#file.sync();
    } catch {
      this.#state = 'failed';
    }
  }

  #assertUsable(): void {
    if (this.#state === 'usable') return;
    const why = this.#state === 'closed' ? 'is closed' : 'was closed after a failed write';
    throw new StorageError('closed', `the file ${why}`, { path: this.#path });
  }

  #inOrder<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}
