/** The cryptography that the vault needs, synchronous and on raw keys, so that keys can be zeroed; `@buergerkoffer/vault/node` brings it. */
export interface VaultCrypto extends AuditCrypto {
  /** Bytes from the system's random source. */
  random(length: number): Uint8Array;
  /** AES-256-GCM: ciphertext and 16 byte tag; key 32, nonce 12 bytes. */
  seal(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Uint8Array;
  /** The plaintext, or `undefined` when the tag does not fit. */
  open(
    key: Uint8Array,
    nonce: Uint8Array,
    associated: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined;
}

/** What it takes to verify an audit chain. */
export interface AuditCrypto {
  /** SHA-256, 32 bytes (FIPS 180-4). */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Ed25519 (RFC 8032) with a raw public key of 32 bytes; never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
