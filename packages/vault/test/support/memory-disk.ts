import { StorageError, type FileSystemPort, type OpenFile } from '@buergerkoffer/vault';

/** Thrown by every operation from the moment the power is cut. */
export class PowerCut extends Error {}

/** What of the unsynced operations reached the medium: none, all, or a random part of them with torn writes. */
export type Loss = 'lost' | 'kept' | 'torn';

type FileChange =
  | { readonly type: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly type: 'truncate'; readonly length: number };

type NameChange =
  | { readonly type: 'set'; readonly name: string; readonly file: MemoryFile }
  | { readonly type: 'delete'; readonly name: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string };

interface MemoryFile {
  durable: Uint8Array;
  current: Uint8Array;
  pending: FileChange[];
}

interface MemoryFolder {
  durable: Map<string, MemoryFile>;
  current: Map<string, MemoryFile>;
  pending: NameChange[];
}

const SECTOR = 512;

/**
 * A disk in memory that forgets what was not synced: content until the file is synced, names until their folder is.
 * Files and folders are independent, so a name can be durable before its content and the other way round.
 */
export class MemoryDisk {
  /** Operations so far in this session. */
  operations = 0;
  isDead = false;
  readonly #folders = new Map<string, MemoryFolder>();
  #session = 0;

  /** Files for one life of the process; operation number `cutAt` (from 1) and all later ones throw PowerCut. */
  start(cutAt = Number.POSITIVE_INFINITY): FileSystemPort {
    this.#session += 1;
    const session = this.#session;
    this.operations = 0;
    this.isDead = false;
    const step = <T>(operation: () => T): Promise<T> => {
      if (session !== this.#session) return Promise.reject(new PowerCut());
      this.operations += 1;
      if (this.operations >= cutAt) this.isDead = true;
      if (this.isDead) return Promise.reject(new PowerCut());
      try {
        return Promise.resolve(operation());
      } catch (error) {
        return Promise.reject(error as Error);
      }
    };
    return {
      open: (path, mode) => step(() => openFile(this.#open(path, mode), step)),
      read: (path) => step(() => this.#file(path).current.slice()),
      list: (folder) => step(() => [...this.#folder(folder).current.keys()].sort()),
      makeFolder: (path) => step(() => this.#makeFolder(path)),
      rename: (from, to) => step(() => this.#rename(from, to)),
      remove: (path) => step(() => this.#change(path, (name) => ({ type: 'delete', name }))),
      syncFolder: (path) =>
        step(() => {
          const folder = this.#folder(path);
          folder.durable = new Map(folder.current);
          folder.pending = [];
        }),
    };
  }

  /** The disk as it is after the power came back. */
  restart(loss: Loss, random: () => number): void {
    this.#session += 1;
    const files = new Set<MemoryFile>();
    for (const folder of this.#folders.values()) {
      const kept = {
        lost: 0,
        kept: folder.pending.length,
        torn: Math.floor(random() * (folder.pending.length + 1)),
      }[loss];
      const names = new Map(folder.durable);
      for (const change of folder.pending.slice(0, kept)) applyName(names, change);
      folder.durable = names;
      folder.current = new Map(names);
      folder.pending = [];
      for (const file of names.values()) files.add(file);
    }
    for (const file of files) {
      const content = {
        lost: () => file.durable,
        kept: () => file.current,
        torn: () => tornContent(file, random),
      }[loss]();
      file.durable = content.slice();
      file.current = content.slice();
      file.pending = [];
    }
  }

  /** Paths of all files, as a reader of the running system sees them. */
  paths(): readonly string[] {
    return [...this.#folders].flatMap(([path, folder]) =>
      [...folder.current.keys()].map((name) => `${path}/${name}`),
    );
  }

  /** Content of a file, for tests that look at or damage it. */
  content(path: string): Uint8Array {
    return this.#file(path).current.slice();
  }

  /** Puts durable content in place. */
  put(path: string, content: Uint8Array): void {
    const file = this.#file(path);
    file.current = content.slice();
    file.durable = content.slice();
    file.pending = [];
  }

  #makeFolder(path: string): void {
    if (!this.#folders.has(path))
      this.#folders.set(path, { durable: new Map(), current: new Map(), pending: [] });
  }

  #open(path: string, mode: 'existing' | 'create'): MemoryFile {
    const [folder, name] = this.#place(path);
    const known = folder.current.get(name);
    if (mode === 'existing') return this.#file(path);
    if (known === undefined) {
      const file: MemoryFile = { durable: new Uint8Array(), current: new Uint8Array(), pending: [] };
      this.#change(path, () => ({ type: 'set', name, file }));
      return file;
    }
    changeFile(known, { type: 'truncate', length: 0 });
    return known;
  }

  #rename(from: string, to: string): void {
    this.#file(from);
    const [, target] = this.#place(to);
    this.#change(from, (name) => ({ type: 'rename', from: name, to: target }));
  }

  #change(path: string, changeOf: (name: string) => NameChange): void {
    const [folder, name] = this.#place(path);
    const change = changeOf(name);
    applyName(folder.current, change);
    folder.pending.push(change);
  }

  #file(path: string): MemoryFile {
    const [folder, name] = this.#place(path);
    const file = folder.current.get(name);
    if (file === undefined) throw new StorageError('missing', 'there is no such file', { path });
    return file;
  }

  #folder(path: string): MemoryFolder {
    const folder = this.#folders.get(path);
    if (folder === undefined) throw new StorageError('missing', 'there is no such folder', { path });
    return folder;
  }

  #place(path: string): readonly [MemoryFolder, string] {
    const cut = path.lastIndexOf('/');
    return [this.#folder(path.slice(0, cut)), path.slice(cut + 1)];
  }
}

function openFile(file: MemoryFile, step: <T>(operation: () => T) => Promise<T>): OpenFile {
  return {
    size: () => step(() => file.current.length),
    read: (offset, length) => step(() => file.current.slice(offset, offset + length)),
    write: (offset, bytes) => step(() => changeFile(file, { type: 'write', offset, bytes: bytes.slice() })),
    truncate: (length) => step(() => changeFile(file, { type: 'truncate', length })),
    sync: () =>
      step(() => {
        file.durable = file.current.slice();
        file.pending = [];
      }),
    close: () => step(() => undefined),
  };
}

function changeFile(file: MemoryFile, change: FileChange): void {
  file.current = applied(file.current, change, () => true);
  file.pending.push(change);
}

function applied(
  content: Uint8Array,
  change: FileChange,
  hasArrived: (sector: number) => boolean,
): Uint8Array {
  if (change.type === 'truncate') {
    const cut = new Uint8Array(change.length);
    cut.set(content.subarray(0, change.length));
    return cut;
  }
  const { offset, bytes } = change;
  const result = new Uint8Array(Math.max(content.length, offset + bytes.length));
  result.set(content);
  const arrived = new Map<number, boolean>();
  bytes.forEach((byte, index) => {
    const sector = Math.floor((offset + index) / SECTOR);
    const isThere = arrived.get(sector) ?? hasArrived(sector);
    arrived.set(sector, isThere);
    if (isThere) result[offset + index] = byte;
  });
  return result;
}

function tornContent(file: MemoryFile, random: () => number): Uint8Array {
  return file.pending.reduce(
    (content, change) => (random() < 0.5 ? applied(content, change, () => random() < 0.7) : content),
    file.durable,
  );
}

function applyName(names: Map<string, MemoryFile>, change: NameChange): void {
  switch (change.type) {
    case 'set':
      names.set(change.name, change.file);
      return;
    case 'delete':
      names.delete(change.name);
      return;
    case 'rename': {
      const file = names.get(change.from);
      names.delete(change.from);
      if (file !== undefined) names.set(change.to, file);
      return;
    }
    default:
      change satisfies never;
  }
}
