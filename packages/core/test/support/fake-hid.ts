import { EventEmitter } from 'node:events';
import type { HidHandle, HidLibrary } from '../../src/node/hid/hid-library.js';
import type { OptionalLibrary } from '../../src/node/optional-library.js';

/** A handle of `node-hid` 3.4 as it behaves on Linux; what the device does is set by the test. */
export class FakeHidHandle extends EventEmitter implements HidHandle {
  readonly written: number[][] = [];
  readonly features: number[][] = [];
  readonly asked: (readonly [number, number])[] = [];
  closed = 0;
  onWrite: () => Promise<unknown> = () => Promise.resolve(0);
  onFeature: () => Promise<Uint8Array> = () => Promise.resolve(new Uint8Array(0));
  onClose: () => Promise<void> = () => Promise.resolve();
  #closing = false;

  write(report: Uint8Array): Promise<unknown> {
    if (this.#closing) return Promise.reject(new TypeError('device has been closed'));
    this.written.push([...report]);
    return this.onWrite();
  }

  sendFeatureReport(report: Uint8Array): Promise<unknown> {
    this.features.push([...report]);
    return this.onWrite();
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    this.asked.push([reportId, length]);
    return this.onFeature();
  }

  async close(): Promise<void> {
    if (this.#closing) throw new TypeError('device is already closed');
    this.#closing = true;
    this.closed += 1;
    await this.onClose();
    this.removeAllListeners();
  }

  /** An input report, as it comes from the node. */
  report(...bytes: number[]): void {
    this.emit('data', Buffer.from(bytes));
  }

  /** The plug is pulled: told only to those who listen for data, and unheard errors end a process. */
  unplug(error: unknown = DISCONNECTED): void {
    if (this.listenerCount('data') > 0 && !this.#closing) this.emit('error', error);
  }
}

/** What `HIDAsync` says, a string. */
export const DISCONNECTED =
  'could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)';

/** `node-hid` that opens `handle`, or whatever `open` does. */
export function fakeHidLibrary(open: HidLibrary['open']): OptionalLibrary<HidLibrary> {
  return { diagnostics: () => [], load: () => Promise.resolve({ open }) };
}
