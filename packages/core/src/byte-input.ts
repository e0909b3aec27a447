import { Observable, type Subscriber } from 'rxjs';
import type { End } from './device.js';
import { DeviceError } from './device-error.js';

/** Bytes that wait for a reader, at most. */
const KEPT_BYTES = 64 * 1024;

/**
 * The receiving half of a `ByteTransport`, for whoever writes one: what comes while nobody reads is kept, one reads,
 * the end is told. It starts nothing and holds no timer.
 */
export class ByteInput {
  /**
   * The transport's `input`. One reader at a time, the next one is `busy`. A reader first receives what was kept, as
   * one chunk, then each chunk as it comes: there is no back-pressure, whoever is slower than the line buffers or
   * closes. More than 64 KiB that nobody read leave a gap: `protocol` from then on. Completes when the transport was
   * closed, errors `lost` after the last bytes when it was lost.
   */
  readonly stream: Observable<Uint8Array>;
  #reader: Subscriber<Uint8Array> | undefined;
  #kept = new Uint8Array(0);
  #keptBytes = 0;
  #overflowed = false;
  #end: End | undefined;

  constructor() {
    this.stream = new Observable((subscriber) => {
      if (this.#reader === undefined) this.#read(subscriber);
      else subscriber.error(new DeviceError('busy', 'somebody else reads this line'));
    });
  }

  /** Hands on what came, or keeps a copy while nobody reads; the reader owns `bytes` from now on. */
  push(bytes: Uint8Array): void {
    if (this.#end !== undefined || bytes.length === 0) return;
    if (this.#reader === undefined) this.#keep(bytes);
    else this.#reader.next(bytes);
  }

  /** Nothing comes any more; the first call counts. */
  end(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    if (end.reason === 'closed') this.#take();
    tellEnd(this.#reader, end);
  }

  #read(subscriber: Subscriber<Uint8Array>): void {
    if (this.#overflowed) {
      subscriber.error(
        new DeviceError('protocol', `more than ${KEPT_BYTES} bytes came while nobody read this line`),
      );
      return;
    }
    this.#reader = subscriber;
    subscriber.add(() => {
      this.#reader = undefined;
    });
    const kept = this.#take();
    if (kept.length > 0) subscriber.next(kept);
    if (this.#end !== undefined) tellEnd(subscriber, this.#end);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#overflowed) return;
    const needed = this.#keptBytes + bytes.length;
    if (needed > KEPT_BYTES) {
      this.#overflowed = true;
      this.#take();
      return;
    }
    if (needed > this.#kept.length) {
      const larger = new Uint8Array(Math.min(KEPT_BYTES, Math.max(needed, 2 * this.#kept.length)));
      larger.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = larger;
    }
    this.#kept.set(bytes, this.#keptBytes);
    this.#keptBytes = needed;
  }

  #take(): Uint8Array {
    const kept = this.#kept.subarray(0, this.#keptBytes);
    this.#kept = new Uint8Array(0);
    this.#keptBytes = 0;
    return kept;
  }
}

function tellEnd(reader: Subscriber<Uint8Array> | undefined, end: End): void {
  if (end.reason === 'lost') reader?.error(end.error);
  else reader?.complete();
}
