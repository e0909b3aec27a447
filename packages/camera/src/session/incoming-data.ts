import { DeviceError } from '@buergerkoffer/core';
import { joined } from './joined.js';
import type { TransactOptions } from './pipe.js';

/** What stands in a packet in front of data, in bytes. */
const DATA_HEAD_BYTES = 12;

/** The data of one operation over PTP/IP as it comes in; what does not fit what was announced is `protocol`. */
export class IncomingData {
  readonly #options: TransactOptions;
  readonly #pieces: Uint8Array[] = [];
  #total: number | undefined;
  #size = 0;
  #isWhole = true;

  constructor(options: TransactOptions) {
    this.#options = options;
  }

  start(totalBytes: number): void {
    if (this.#total !== undefined) throw new DeviceError('protocol', 'the camera announces data twice');
    if (totalBytes > this.#options.maxBytes) {
      throw new DeviceError('protocol', `the camera announces ${totalBytes} bytes`, { offset: 12 });
    }
    this.#total = totalBytes;
    this.#isWhole = false;
  }

  add(bytes: Uint8Array, isEnd: boolean): void {
    if (this.#total === undefined || this.#isWhole) {
      throw new DeviceError('protocol', 'the camera sends data that it did not announce');
    }
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    this.#isWhole = isEnd;
    if (this.#size > this.#total || (isEnd && this.#size < this.#total)) {
      throw new DeviceError('protocol', `${this.#total} bytes were announced, ${this.#size} came`, {
        offset: Math.min(this.#size, this.#total),
      });
    }
    this.#options.progress?.(this.#size, this.#total);
  }

  /** Part of the next piece is there. */
  waiting(bytes: number): void {
    if (this.#total === undefined || bytes <= DATA_HEAD_BYTES) return;
    const received = Math.min(this.#size + bytes - DATA_HEAD_BYTES, this.#total);
    this.#options.progress?.(received, this.#total);
  }

  whole(): Uint8Array {
    if (!this.#isWhole) throw new DeviceError('protocol', 'the response comes before the end of the data');
    return joined(this.#pieces);
  }
}
