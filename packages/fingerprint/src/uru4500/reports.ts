import { DeviceError, type UsbTransport } from '@buergerkoffer/core';
import { readReport, REPORT, type Report } from './protocol.js';

/** A read of the interrupt endpoint is asked for again after this time, in milliseconds. */
const READ_MS = 60_000;

interface Waiting {
  readonly report: Report;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Reads what the sensor reports, all the time from the first `next` until the transport ends or the endpoint stalls. */
export class Reports {
  readonly #usb: UsbTransport;
  readonly #told: (report: Report) => void;
  readonly #waiting = new Set<Waiting>();
  #reading = false;

  /** `told` hears each report, before those who wait for it. */
  constructor(usb: UsbTransport, told: (report: Report) => void) {
    this.#usb = usb;
    this.#told = told;
  }

  /**
   * Resolves at the next `report`. Rejects with the reason of `signal`, and as the transport does when reading
   * fails: `lost`, `closed`, `protocol` also for a stall, for bytes that are no report, and when the sensor reports
   * that it has lost power.
   */
  async next(report: Report, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const aborted = (): void => {
        waiting.reject(signal.reason);
      };
      const settle = (): void => {
        this.#waiting.delete(waiting);
        signal.removeEventListener('abort', aborted);
      };
      const waiting: Waiting = {
        report,
        resolve: () => {
          settle();
          resolve();
        },
        reject: (error) => {
          settle();
          // The reason of an abort belongs to whoever aborted.
          reject(error);
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', aborted, { once: true });
      if (!this.#reading) void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      for (;;) await this.#readOne();
    } catch (error) {
      this.#reading = false;
      this.#fail(DeviceError.from(error, 'protocol', 'the scanner reported something unknown'));
    }
  }

  async #readOne(): Promise<void> {
    const bytes = await this.#usb
      .transferIn(REPORT.endpoint, REPORT.bytes, { timeoutMs: READ_MS })
      .catch((error: unknown) => {
        if (error instanceof DeviceError && error.code === 'timeout') return undefined;
        throw error;
      });
    if (bytes === undefined) return;
    if (bytes.status === 'stall') {
      await this.#usb.clearHalt('in', REPORT.endpoint);
      throw new DeviceError('protocol', 'the scanner refuses to report');
    }
    if (bytes.data.length === 0) return;
    const report = readReport(bytes.data);
    this.#told(report);
    if (report === 'power-lost') this.#fail(new DeviceError('protocol', 'the sensor lost its power'));
    for (const waiting of this.#waiting) if (waiting.report === report) waiting.resolve();
  }

  #fail(error: DeviceError): void {
    for (const waiting of this.#waiting) waiting.reject(error);
  }
}
