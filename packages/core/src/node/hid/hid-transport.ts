import { Subject, type Observable } from 'rxjs';
import { CallQueue } from '../../call-queue.js';
import { delay, withDeadline } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import { DeviceLife } from '../../device-life.js';
import type { HidReportDescriptor } from '../../hid/report-descriptor.js';
import type { CallOptions, HidReport, HidTransport } from '../../transport.js';
import { hidFailure } from './hid-errors.js';
import type { HidHandle } from './hid-library.js';

/** How long closing waits for the library, in milliseconds: it needs 50 to stop reading. */
const CLOSE_MS = 1_000;
/** How long a refusal is held back until it is known whether the device is going, in milliseconds; the kernel takes 14. */
const LOSS_MS = 200;

/** What a transport is told about its node. */
export interface HidTransportOptions {
  readonly path: string;
  readonly descriptor: HidReportDescriptor;
  /** Called once when the library has let go of the node, which may be after `close()` has resolved. */
  readonly released: () => void;
}

/**
 * A hidraw node opened by `node-hid`. The library does one thing at a time: while a feature report waits for the device
 * (up to 5 s in the kernel) later calls wait too, each within its own deadline, and `close()` resolves after a second.
 */
export class NodeHidTransport implements HidTransport {
  readonly ended: Promise<End>;
  readonly inputReports: Observable<HidReport>;
  readonly #handle: HidHandle;
  readonly #options: HidTransportOptions;
  readonly #reports = new Subject<HidReport>();
  readonly #calls = new CallQueue();
  readonly #life: DeviceLife;

  private constructor(handle: HidHandle, options: HidTransportOptions) {
    this.#handle = handle;
    this.#options = options;
    this.#life = new DeviceLife(() => this.#release());
    this.ended = this.#life.ended;
    this.inputReports = this.#reports.asObservable();
    void this.ended.then((end) => {
      if (end.reason === 'lost') this.#reports.error(end.error);
      else this.#reports.complete();
    });
  }

  /** Takes over `handle` and begins to read, so that the kernel's queue of 63 reports never fills. */
  static async start(handle: HidHandle, options: HidTransportOptions): Promise<NodeHidTransport> {
    const transport = new NodeHidTransport(handle, options);
    handle.on('error', (error) => {
      transport.#lose(error);
    });
    handle.on('data', (data) => {
      transport.#received(data);
    });
    // The library begins to read in the next tick, and throws there, uncaught, when it was closed before.
    await new Promise<void>((resolve) => {
      process.nextTick(resolve);
    });
    return transport;
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async sendReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void> {
    const report = this.#framed('output', reportId, data);
    await this.#call(`output report ${reportId}`, options, () => this.#handle.write(report));
  }

  async sendFeatureReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void> {
    const report = this.#framed('feature', reportId, data);
    await this.#call(`feature report ${reportId}`, options, () => this.#handle.sendFeatureReport(report));
  }

  async receiveFeatureReport(reportId: number, options?: CallOptions): Promise<Uint8Array> {
    const length = this.#lengthOf('feature', reportId);
    const what = `reading feature report ${reportId}`;
    const answer = await this.#call(what, options, () => this.#handle.getFeatureReport(reportId, 1 + length));
    if (answer[0] !== reportId && this.#options.descriptor.numbered) {
      throw new DeviceError('protocol', `${what}: the device answered with report ${answer[0] ?? 'nothing'}`);
    }
    return Uint8Array.from(answer.subarray(1));
  }

  #received(data: Uint8Array): void {
    if (this.#life.over !== undefined) return;
    const { numbered } = this.#options.descriptor;
    this.#reports.next({
      reportId: numbered ? (data[0] ?? 0) : 0,
      data: Uint8Array.from(numbered ? data.subarray(1) : data),
    });
  }

  /** The report as the kernel takes it: its number first, its data filled up with zeros. */
  #framed(kind: 'output' | 'feature', reportId: number, data: Uint8Array): Buffer {
    const length = this.#lengthOf(kind, reportId);
    if (data.length > length) {
      const what = `${data.length} bytes are given for ${kind} report ${reportId} of ${length}`;
      throw new DeviceError('invalid-request', what, { path: 'data' });
    }
    const report = Buffer.alloc(1 + length);
    report[0] = reportId;
    report.set(data, 1);
    return report;
  }

  #lengthOf(kind: 'output' | 'feature', reportId: number): number {
    const length = this.#options.descriptor[kind].get(reportId);
    if (length !== undefined) return length;
    throw new DeviceError('invalid-request', `the device has no ${kind} report ${reportId}`, {
      path: 'reportId',
    });
  }

  #call<T>(what: string, options: CallOptions | undefined, work: () => Promise<T>): Promise<T> {
    return this.#calls.run(what, options, async () => {
      try {
        return await work();
      } catch (error) {
        const failure = hidFailure(error, what);
        if (failure.code === 'lost') this.#lose(error);
        // A device that is going refuses what is pending, and is told to be gone a moment later.
        else if (failure.code === 'protocol') await this.#lostSoon();
        throw this.#life.over ?? failure;
      }
    });
  }

  async #lostSoon(): Promise<void> {
    const enough = new AbortController();
    await Promise.race([this.ended, delay(LOSS_MS, enough.signal)]);
    enough.abort();
  }

  #lose(cause: unknown): void {
    const error = new DeviceError('lost', `${this.#options.path} has gone`, { cause });
    this.#life.lose(error);
    this.#calls.end(error);
  }

  async #release(): Promise<void> {
    this.#calls.end(this.#life.over ?? new DeviceError('closed', 'the device was closed'));
    const closing = this.#handle.close().catch(() => undefined);
    void closing.then(this.#options.released);
    await withDeadline('closing', CLOSE_MS, () => closing).catch(() => undefined);
  }
}
