/** Whom a case is sealed for; what it wrote, only the holder of the private key can read. */
export interface Recipient {
  /** SHA-256 of the certificate (DER), hexadecimal. */
  readonly thumbprint: string;
  /** The payload as a JWE in compact form (RFC 7516). */
  encrypt(payload: Uint8Array): Promise<string>;
}

/** Makes a recipient of a certificate; an expired or unfit one is an InputError. */
export type RecipientReader = (certificatePem: string, now: Date) => Recipient | Promise<Recipient>;
