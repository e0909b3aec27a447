import { Subject } from 'rxjs';
import {
  DeviceError,
  DeviceLife,
  type CallOptions,
  type HidReport,
  type HidTransport,
} from '@buergerkoffer/core';
import { pendingCall } from '../pending-call.js';
import { lossOf, onAbort } from '../signals.js';
import type { HidAnswer, HidCall, HidEngine } from './hid-engine.js';

/** A HID device of this process, opened. Data shorter than its report is filled up with zeros, as the kernel does. */
export class VirtualHidTransport implements HidTransport {
  readonly ended;
  readonly inputReports;
  readonly #engine: HidEngine;
  readonly #life: DeviceLife;
  readonly #over = new AbortController();

  /** `unplugged` is aborted, with the `lost` error as reason, when the plug is pulled. */
  constructor(engine: HidEngine, unplugged: AbortSignal) {
    const reports = new Subject<HidReport>();
    const deaf = engine.listen((report) => {
      reports.next(report);
    });
    this.#engine = engine;
    this.#life = new DeviceLife(() => {
      deaf();
      return Promise.resolve();
    });
    this.ended = this.#life.ended;
    this.inputReports = reports.asObservable();
    void this.ended.then((end) => {
      if (end.reason === 'lost') reports.error(end.error);
      else reports.complete();
    });
    onAbort(
      unplugged,
      () => {
        const error = lossOf(unplugged);
        this.#life.lose(error);
        this.#over.abort(error);
      },
      this.ended,
    );
  }

  async sendReport(reportId: number, data: Uint8Array, options: CallOptions = {}): Promise<void> {
    const report = this.#filled('output', reportId, data);
    await this.#call(`output report ${reportId}`, { type: 'output', report }, options);
  }

  async sendFeatureReport(reportId: number, data: Uint8Array, options: CallOptions = {}): Promise<void> {
    const report = this.#filled('feature', reportId, data);
    await this.#call(`feature report ${reportId}`, { type: 'set-feature', report }, options);
  }

  async receiveFeatureReport(reportId: number, options: CallOptions = {}): Promise<Uint8Array> {
    this.#lengthOf('feature', reportId);
    return this.#call(`reading feature report ${reportId}`, { type: 'get-feature', reportId }, options);
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the device was closed'));
    return this.#life.close();
  }

  async #call(what: string, call: HidCall, options: CallOptions): Promise<Uint8Array> {
    const answer = await pendingCall<HidAnswer>(what, options, this.#over.signal, (answered) =>
      this.#engine.call(call, answered),
    );
    switch (answer.status) {
      case 'ok':
        return answer.data;
      case 'refused':
        throw new DeviceError('protocol', `the device refused ${what}`);
      case 'gone':
        throw new DeviceError('lost', 'the device has gone');
      default:
        return answer satisfies never;
    }
  }

  #filled(kind: 'output' | 'feature', reportId: number, data: Uint8Array): HidReport {
    const length = this.#lengthOf(kind, reportId);
    if (data.length > length) {
      const what = `${data.length} bytes are given for ${kind} report ${reportId} of ${length}`;
      throw new DeviceError('invalid-request', what, { path: 'data' });
    }
    const filled = new Uint8Array(length);
    filled.set(data);
    return { reportId, data: filled };
  }

  #lengthOf(kind: 'output' | 'feature', reportId: number): number {
    const length = this.#engine.descriptor[kind].get(reportId);
    if (length !== undefined) return length;
    throw new DeviceError('invalid-request', `the device has no ${kind} report ${reportId}`, {
      path: 'reportId',
    });
  }
}
