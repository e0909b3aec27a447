import { createHash, generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { CompactSign } from 'jose';
import type { Receipt } from '../../index.js';
import { selfSignedCertificate } from './self-signed.js';

/** Signs receipts as an authority does. */
export interface ReceiptSigner {
  /** Self-signed certificate of the key, `CN=TEST ONLY …`, for `certificateReceipts`. */
  readonly certificatePem: string;
  sign(receipt: Receipt): Promise<string>;
}

const DAY_MS = 86_400_000;

/** A new P-256 key with a certificate that says it is for tests only; valid for so many days from a minute before `from`. */
export async function testReceiptSigner(from: Date = new Date(), days = 30): Promise<ReceiptSigner> {
  const keys = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const certificatePem = selfSignedCertificate(keys, {
    commonName: 'TEST ONLY receipts of the Fachverfahren-Double',
    notBefore: new Date(from.getTime() - 60_000),
    notAfter: new Date(from.getTime() + days * DAY_MS),
    use: 'signing',
  });
  return { certificatePem, sign: (receipt) => signedWith(keys.privateKey, receipt) };
}

/** The receipt of an answer about a submission with this body. */
export function receiptOf(
  submissionId: string,
  state: Receipt['state'],
  at: string,
  body: Uint8Array,
): Receipt {
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  return { receiptId: randomUUID(), submissionId, bodySha256, state, at };
}

/** A receipt signed with a key that nobody trusts. */
export async function forgedReceipt(receipt: Receipt): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  return signedWith(privateKey, receipt);
}

async function signedWith(key: KeyObject, receipt: Receipt): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(key);
}
