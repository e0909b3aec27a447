/**
 * Keeps the keys of open cases, wrapped by whatever the suitcase has: the clerk's card, a TPM, a secret.
 *
 * An id is a UUID in lower case. Failures are StorageErrors; a key that may exist but cannot be had now is `denied`,
 * never `undefined`.
 */
export interface KeyStore {
  /** A new random key of 32 bytes, durable before it resolves; the caller zeroes what it was given. */
  create(id: string): Promise<Uint8Array>;
  /** A copy of the key, or `undefined` when it was destroyed or never made. */
  load(id: string): Promise<Uint8Array | undefined>;
  /** Destroys the key for good, durable before it resolves; one that is not there is no error. */
  destroy(id: string): Promise<void>;
  /** The ids of all keys of this vault; one that belongs to nothing there is destroyed on opening. */
  list(): Promise<readonly string[]>;
}
