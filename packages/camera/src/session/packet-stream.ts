import { DeviceError, type ByteTransport } from '@buergerkoffer/core';
import type { Subscription } from 'rxjs';
import { datasetReader } from '../ptp/fields.js';
import { PACKET_HEAD_BYTES, readPacket, type PtpIpPacket } from '../ptp/ptpip-packet.js';
import { joined } from './joined.js';
import { understood } from './protocol-error.js';

/** How a packet is read. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  /** A longer packet is refused as `protocol`, in bytes. */
  readonly maxBytes: number;
  /** Told how much of the packet is there already, in bytes. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

/** So much may wait unread, in bytes: the largest packet and what comes behind it. */
const MAX_UNREAD_BYTES = 80 * 1024 * 1024;

/** The packets that come over one connection of PTP/IP, one after another. */
export class PacketStream {
  readonly #reading: Subscription;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #end: DeviceError | undefined;
  #more: (() => void) | undefined;
  #broken: DeviceError | undefined;

  constructor(transport: ByteTransport) {
    const over = (reason: unknown): void => {
      this.#end ??= DeviceError.from(reason, 'lost', 'the connection broke');
      this.#more?.();
    };
    this.#reading = transport.input.subscribe({
      next: (chunk) => {
        if (this.#broken !== undefined) return;
        this.#chunks.push(chunk);
        this.#size += chunk.length;
        if (this.#size > MAX_UNREAD_BYTES) this.#refuse();
        this.#more?.();
      },
      error: over,
      complete: () => {
        over(new DeviceError('closed', 'the connection is closed'));
      },
    });
  }

  /** A length that makes no sense, or bytes without end: where the next packet begins is not known. */
  get brokenBy(): DeviceError | undefined {
    return this.#broken;
  }

  /**
   * The next packet; what came of one that was given up stays for the next call. Rejects with `signal.reason`, with
   * the end of the connection, or `protocol`.
   */
  async next({ signal, maxBytes, progress }: ReadOptions): Promise<PtpIpPacket> {
    await this.#has(PACKET_HEAD_BYTES, signal);
    const head = datasetReader(this.#peek(PACKET_HEAD_BYTES));
    const [length, kind] = [head.u32(), head.u32()];
    if (length < PACKET_HEAD_BYTES || length > maxBytes) {
      this.#broken = new DeviceError('protocol', `the camera announces a packet of ${length} bytes`, {
        offset: 0,
      });
      throw this.#broken;
    }
    await this.#has(length, signal, progress);
    const bytes = this.#take(length);
    return understood('a packet', () => readPacket(kind, bytes.subarray(PACKET_HEAD_BYTES)));
  }

  /** Forgets what nobody has read, and everything that still comes. */
  #refuse(): void {
    this.#broken = new DeviceError('protocol', `the camera sent ${this.#size} bytes that nobody asked for`);
    this.#end ??= this.#broken;
    this.#chunks = [];
    this.#size = 0;
  }

  /** Reads no more. */
  stop(): void {
    this.#reading.unsubscribe();
    this.#end ??= new DeviceError('closed', 'the connection is closed');
    this.#more?.();
  }

  async #has(size: number, signal: AbortSignal, progress?: (bytes: number) => void): Promise<void> {
    while (this.#size < size) {
      if (this.#end !== undefined) throw this.#end;
      signal.throwIfAborted();
      progress?.(this.#size);
      await this.#grown(signal);
    }
  }

  #grown(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#more = undefined;
        resolve();
      };
      this.#more = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #peek(size: number): Uint8Array {
    const [first] = this.#chunks;
    if (first === undefined || first.length < size) this.#join();
    return (this.#chunks[0] ?? new Uint8Array(0)).subarray(0, size);
  }

  #take(size: number): Uint8Array {
    const bytes = this.#peek(size);
    const left = this.#chunks[0]?.subarray(size);
    if (left === undefined || left.length === 0) this.#chunks.shift();
    else this.#chunks[0] = left;
    this.#size -= size;
    return bytes;
  }

  #join(): void {
    this.#chunks = [joined(this.#chunks)];
  }
}
