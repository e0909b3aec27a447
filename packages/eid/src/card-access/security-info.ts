/** Object identifiers of the BSI's protocols: id-BSI-DE, protocols, smartcard (TR-03110 part 3, A.1). */
export const BSI_SMARTCARD = '0.4.0.127.0.7.2.2';

/** Key agreement and mapping of PACE by the arc that names it (TR-03110 part 3, A.1.1.1). */
export const PACE_MAPPINGS = { 1: 'DH-GM', 2: 'ECDH-GM', 3: 'DH-IM', 4: 'ECDH-IM', 6: 'ECDH-CAM' } as const;

/** How the two sides of PACE agree on a key. */
export type PaceMapping = (typeof PACE_MAPPINGS)[keyof typeof PACE_MAPPINGS];

/** Ciphers by the last arc of PACE and chip authentication; 3DES is deprecated. */
export const CIPHERS = { 1: '3DES', 2: 'AES-128', 3: 'AES-192', 4: 'AES-256' } as const;

/** Cipher of secure messaging after the protocol. */
export type Cipher = (typeof CIPHERS)[keyof typeof CIPHERS];

/** Key agreement of chip authentication by its arc. */
export const AGREEMENTS = { 1: 'DH', 2: 'ECDH' } as const;

/** Kind of key of chip authentication. */
export type KeyAgreement = (typeof AGREEMENTS)[keyof typeof AGREEMENTS];

/** Standardized domain parameters by id (TR-03110 part 3, A.2.1.1); 13 is what German cards use. */
export const DOMAIN_PARAMETERS: Readonly<Record<number, string>> = {
  0: 'MODP 1024/160',
  1: 'MODP 2048/224',
  2: 'MODP 2048/256',
  8: 'P-192',
  9: 'brainpoolP192r1',
  10: 'P-224',
  11: 'brainpoolP224r1',
  12: 'P-256',
  13: 'brainpoolP256r1',
  14: 'brainpoolP320r1',
  15: 'P-384',
  16: 'brainpoolP384r1',
  17: 'brainpoolP512r1',
  18: 'P-521',
};

/** One thing that a card says it can do (TR-03110 part 3, A.1). */
export type SecurityInfo =
  | {
      readonly type: 'pace';
      readonly mapping: PaceMapping;
      readonly cipher: Cipher;
      readonly version: number;
      /** Number in {@link DOMAIN_PARAMETERS}, or of the card's own parameters. */
      readonly parameterId?: number;
    }
  | { readonly type: 'terminal-authentication'; readonly version: number }
  | {
      readonly type: 'chip-authentication';
      readonly agreement: KeyAgreement;
      readonly cipher: Cipher;
      readonly version: number;
      readonly keyId?: number;
    }
  | {
      readonly type: 'chip-authentication-parameters';
      readonly agreement: KeyAgreement;
      /** `explicit` parameters are never used from the unsigned EF.CardAccess (TR-03110 part 3, A.2.1.3). */
      readonly parameterId: number | 'explicit';
      readonly keyId?: number;
    }
  | { readonly type: 'card-info'; readonly url: string }
  /** Keys for terminals with the privileged right only. */
  | { readonly type: 'privileged-terminal'; readonly infos: readonly SecurityInfo[] }
  /** Kept as it came: `der` is the whole SEQUENCE. */
  | { readonly type: 'unknown'; readonly oid: string; readonly der: Uint8Array };
