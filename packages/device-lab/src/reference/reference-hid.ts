import type { HidReport } from '@buergerkoffer/core';
import {
  fnv1a,
  HID_COMMAND,
  HID_REFERENCE,
  patternBytes,
  readHidCommand,
  writeHidStatus,
  type HidCommand,
  type HidReferenceLayout,
  type HidReferenceModel,
  type HidStatus,
} from '@buergerkoffer/core/testing';
import type { HidFunction, VirtualHidDevice } from '../hid/virtual-hid-device.js';
import { Timers } from './timers.js';

const NOTHING_SEEN: Omit<HidStatus, 'mark'> = {
  count: 0,
  hash: fnv1a(new Uint8Array(0)),
  lastId: 0,
  lastLength: 0,
};

/** One of the two devices that the suite for HID transports talks to; `role` is which of two of its model. */
export function referenceHid(model: HidReferenceModel, role: 'first' | 'second' = 'first'): VirtualHidDevice {
  const { vendorId, maker, serialNumber, layout } = HID_REFERENCE;
  const { productId, model: name, reportDescriptor } = layout[model];
  return {
    vendorId,
    productId,
    maker,
    model: name,
    serialNumber: serialNumber[role],
    reportDescriptor,
    powerUp: (send) => new ReferenceHid(layout[model], send),
  };
}

/** What becomes of the next reading of the status. */
type Reading =
  | { readonly type: 'answered' }
  | { readonly type: 'refused' }
  | { readonly type: 'late'; readonly ms: number };
const ANSWERED: Reading = { type: 'answered' };

class ReferenceHid implements HidFunction {
  readonly #layout: HidReferenceLayout;
  readonly #send: (report: HidReport) => void;
  readonly #timers = new Timers();
  #seen = NOTHING_SEEN;
  #mark = 0;
  #stored: Uint8Array;
  #next: Reading = ANSWERED;

  constructor(layout: HidReferenceLayout, send: (report: HidReport) => void) {
    this.#layout = layout;
    this.#send = send;
    this.#stored = new Uint8Array(layout.store?.length ?? 0);
  }

  report(reportId: number, data: Uint8Array): void {
    const { count, hash } = this.#seen;
    this.#seen = { count: count + 1, hash: fnv1a(data, hash), lastId: reportId, lastLength: data.length };
    this.#send({ reportId, data });
  }

  setFeature(reportId: number, data: Uint8Array): boolean {
    if (reportId === this.#layout.store?.reportId) {
      this.#stored = data;
      return true;
    }
    return reportId === this.#layout.control.reportId && this.#obey(readHidCommand(data));
  }

  getFeature(reportId: number): Uint8Array | undefined | Promise<Uint8Array> {
    if (reportId === this.#layout.store?.reportId) return this.#stored;
    if (reportId !== this.#layout.control.reportId) return undefined;
    const next = this.#next;
    this.#next = ANSWERED;
    switch (next.type) {
      case 'answered':
        return this.#status();
      case 'refused':
        return undefined;
      case 'late':
        return this.#timers.pause(next.ms).then(() => this.#status());
      default:
        return next satisfies never;
    }
  }

  powerDown(): void {
    this.#timers.end();
  }

  /** Whether the command is understood. */
  #obey(command: HidCommand): boolean {
    switch (command.code) {
      case HID_COMMAND.reset:
        this.#timers.end();
        this.#seen = NOTHING_SEEN;
        this.#next = ANSWERED;
        return true;
      case HID_COMMAND.send:
        return this.#sendMany(command);
      case HID_COMMAND.late:
        this.#next = { type: 'late', ms: command.afterMs };
        return true;
      case HID_COMMAND.refuse:
        this.#next = { type: 'refused' };
        return true;
      case HID_COMMAND.mark:
        this.#mark = command.seed;
        return true;
      default:
        return false;
    }
  }

  #sendMany({ reportId, count, seed, afterMs, everyMs }: HidCommand): boolean {
    const length = this.#layout.echoed.find((report) => report.reportId === reportId)?.length;
    if (length === undefined) return false;
    for (let number = 0; number < count; number += 1) {
      const data = patternBytes(length, seed + number);
      const whenMs = afterMs + number * everyMs;
      if (whenMs === 0) this.#send({ reportId, data });
      else {
        this.#timers.after(whenMs, () => {
          this.#send({ reportId, data });
        });
      }
    }
    return true;
  }

  #status(): Uint8Array {
    const status = new Uint8Array(this.#layout.control.length);
    status.set(writeHidStatus({ ...this.#seen, mark: this.#mark }));
    return status;
  }
}
