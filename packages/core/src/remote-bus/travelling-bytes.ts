import type { Send } from '../supervision/connection.js';

/** Whose the bytes of a message are. */
export type Ownership =
  /** The sender's caller may still use them: they are copied, once. */
  | 'borrowed'
  /** Nobody here uses them any more: they are handed over without a copy where the channel can. */
  | 'owned';

/** The way to the other side. */
export interface Channel {
  readonly send: Send;
  /** Whether buffers can be handed over (threads), or are copied in any case (processes). */
  readonly transfers: boolean;
}

/**
 * Sends `message` with the fields of `content` under `field`; bytes among them travel with one copy at most. A view of
 * a larger buffer is cut out first: structured cloning would send all of the buffer, whatever else is in it.
 */
export function sendWithBytes(
  { send, transfers }: Channel,
  message: object,
  field: string,
  content: object,
  ownership: Ownership,
): void {
  if (!transfers) {
    send({ ...message, [field]: content });
    return;
  }
  const buffers: ArrayBuffer[] = [];
  const travelling = Object.entries(content).map(([name, value]: [string, unknown]) => {
    if (!(value instanceof Uint8Array)) return [name, value] as const;
    const bytes = ownership === 'owned' && isWhole(value) ? value : value.slice();
    buffers.push(bytes.buffer);
    return [name, bytes] as const;
  });
  send({ ...message, [field]: Object.fromEntries(travelling) }, buffers);
}

function isWhole(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}
