import { CALL_MS } from './deadline.js';
import type { CallOptions } from './transport.js';

/** What a byte takes on a serial line: start bit, eight bits, parity, stop bit. */
const BITS_PER_BYTE = 11;

/**
 * The options of a write to a serial line. One that names no deadline gets the time that its bytes need on the wire on top
 * of the usual one: at 9600 baud 5 s are over after four kilobytes.
 */
export function writeOptions(bytes: number, baudRate: number, options: CallOptions = {}): CallOptions {
  const timeoutMs = options.timeoutMs ?? CALL_MS + Math.ceil((bytes * BITS_PER_BYTE * 1_000) / baudRate);
  return { ...options, timeoutMs };
}
