/**
 * The few file operations that the vault needs, each rejecting with a StorageError.
 *
 * Only what was synced survives a loss of power: the content of a file after `OpenFile.sync`, a name that was made, renamed or
 * removed after `syncFolder` of its folder. Paths are absolute, with `/`.
 */
export interface FileSystemPort {
  /** Opens for reading and writing; `create` makes the file, readable by its owner only, or empties it. */
  open(path: string, mode: 'existing' | 'create'): Promise<OpenFile>;
  /** The whole content; `corrupt` when it is longer than `maxBytes`, `missing` when there is no such file. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Names in a folder, sorted; `missing` when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Makes a folder that only its owner may enter, with its parents, durable; one that exists is left alone. */
  makeFolder(path: string): Promise<void>;
  /** Replaces `to` by `from` in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
}

/** An open file; offsets and lengths in bytes. */
export interface OpenFile {
  size(): Promise<number>;
  /** Up to `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Writes all bytes or rejects; what a failed write left behind is undefined. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Resolves when content and length are on the medium. */
  sync(): Promise<void>;
  close(): Promise<void>;
}
