import { parseReportDescriptor, type HidReport, type HidReportDescriptor } from '@buergerkoffer/core';
import { TurnQueue, type TakeBack } from '../turn-queue.js';
import type { HidFunction, VirtualHidDevice } from './virtual-hid-device.js';

/** A call to a HID device: an output report, or a feature report that is written or read. */
export type HidCall =
  | { readonly type: 'output'; readonly report: HidReport }
  | { readonly type: 'set-feature'; readonly report: HidReport }
  | { readonly type: 'get-feature'; readonly reportId: number };

/** Done, with the data of a feature report that was read; refused; or the device has no power any more. */
export type HidAnswer =
  { readonly status: 'ok'; readonly data: Uint8Array } | { readonly status: 'refused' | 'gone' };

const DONE: HidAnswer = { status: 'ok', data: new Uint8Array(0) };
const REFUSED: HidAnswer = { status: 'refused' };

/**
 * Runs a virtual HID device from the moment it gets power: its input reports go to whoever listens, calls are done
 * one after the other. What its code throws is a refusal to the host.
 */
export class HidEngine {
  readonly descriptor: HidReportDescriptor;
  readonly #failed: (error: unknown) => void;
  readonly #listeners = new Set<(report: HidReport) => void>();
  readonly #calls: TurnQueue<HidAnswer>;
  readonly #function: HidFunction;
  #powered = true;

  /** Gives the device power. Throws `InputError` for a report descriptor that is none, or what `powerUp` throws. */
  constructor(device: VirtualHidDevice, failed: (error: unknown) => void = () => undefined) {
    this.descriptor = parseReportDescriptor(device.reportDescriptor);
    this.#failed = failed;
    this.#calls = new TurnQueue((error) => {
      failed(error);
      return REFUSED;
    }, true);
    this.#function = device.powerUp((report) => {
      if (!this.#powered) return;
      for (const listener of this.#listeners) {
        listener({ reportId: report.reportId, data: report.data.slice() });
      }
    });
  }

  /** Hears input reports from now on, each with data of its own; the returned function ends it. */
  listen(listener: (report: HidReport) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Hands a call to the device; its data is the device's from now on. A call that is taken back frees the next. */
  call(call: HidCall, answered: (answer: HidAnswer) => void): TakeBack {
    return this.#calls.submit(() => (this.#powered ? this.#done(call) : { status: 'gone' }), answered);
  }

  /** The plug is pulled: pending calls are answered `gone`, the device's timers end. Idempotent. */
  powerDown(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#calls.end({ status: 'gone' });
    try {
      this.#function.powerDown?.();
    } catch (error) {
      this.#failed(error);
    }
  }

  #done(call: HidCall): HidAnswer | Promise<HidAnswer> {
    switch (call.type) {
      case 'output':
        this.#function.report?.(call.report.reportId, call.report.data);
        return DONE;
      case 'set-feature': {
        const taken = this.#function.setFeature?.(call.report.reportId, call.report.data) ?? false;
        return mapped(taken, (yes) => (yes ? DONE : REFUSED));
      }
      case 'get-feature': {
        const data = this.#function.getFeature?.(call.reportId);
        return mapped(data, (read) => (read === undefined ? REFUSED : { status: 'ok', data: read.slice() }));
      }
      default:
        return call satisfies never;
    }
  }
}

function mapped<T>(value: T | Promise<T>, then: (value: T) => HidAnswer): HidAnswer | Promise<HidAnswer> {
  return value instanceof Promise ? value.then(then) : then(value);
}
