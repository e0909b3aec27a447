import type { PrintOrder } from '../print-order.js';

/** Hexadecimal digits of a seal: 48 bits. */
const SEAL_DIGITS = 12;

/**
 * What tells the document of `order` from every other under the same `jobUuid`: the first 48 bits of its HMAC-SHA-256 with the UUID
 * as key. It stands in the job's name, and only whoever knows the whole UUID can try documents against it.
 */
export async function sealOf(order: PrintOrder): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secret = new TextEncoder().encode(order.jobUuid);
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  const document = new Uint8Array(order.document.bytes);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, document));
  const digits = Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.slice(0, SEAL_DIGITS);
}

/** The name of a job at the printer, `buergerkoffer-0a1b2c3d-` and the seal: no person's name, nothing of the document. */
export function sealedName(order: PrintOrder, seal: string): string {
  return `${order.jobName}-${seal}`;
}
