import type { Subscription } from 'rxjs';
import type { CallOptions, HidReport, HidTransport } from '../../transport.js';
import { sameBytes } from './expectations.js';
import {
  HID_COMMAND,
  readHidStatus,
  writeHidCommand,
  type HidCommand,
  type HidReferenceLayout,
  type HidStatus,
} from './hid-protocol.js';

/** Listens to input reports from the moment it is made: what came waits until it is asked for. */
export class HidListener {
  readonly #subscription: Subscription;
  readonly #came: HidReport[] = [];
  #end: { readonly error: unknown } | 'completed' | undefined;
  #changed: () => void = () => undefined;

  constructor(transport: HidTransport) {
    this.#subscription = transport.inputReports.subscribe({
      next: (report) => {
        this.#came.push(report);
        this.#changed();
      },
      error: (error: unknown) => {
        this.#end = { error };
        this.#changed();
      },
      complete: () => {
        this.#end = 'completed';
        this.#changed();
      },
    });
  }

  /** The next report; rejects with the error of the stream, or when it has completed. */
  async next(): Promise<HidReport> {
    for (;;) {
      const report = this.#came.shift();
      if (report !== undefined) return report;
      if (this.#end === 'completed') throw new Error('the input reports completed');
      await this.#change();
    }
  }

  /** Resolves when the stream completes, rejects with its error. */
  async end(): Promise<void> {
    while (this.#end !== 'completed') await this.#change();
  }

  /** How many reports came and were not asked for. */
  get waiting(): number {
    return this.#came.length;
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }

  #change(): Promise<void> {
    const end = this.#end;
    if (end !== undefined && end !== 'completed') throw end.error;
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}

/** A HID reference device, as a host talks to it. */
export class HidReference {
  readonly transport: HidTransport;
  readonly layout: HidReferenceLayout;
  readonly #options: CallOptions | undefined;

  /** `options` go with every call. */
  constructor(transport: HidTransport, layout: HidReferenceLayout, options?: CallOptions) {
    this.transport = transport;
    this.layout = layout;
    this.#options = options;
  }

  /** Sends a command. */
  tell(code: number, more: Partial<HidCommand> = {}): Promise<void> {
    const command = { code, reportId: 0, count: 0, seed: 0, afterMs: 0, everyMs: 0, ...more };
    const { reportId } = this.layout.control;
    return this.transport.sendFeatureReport(reportId, writeHidCommand(command), this.#options);
  }

  reset(): Promise<void> {
    return this.tell(HID_COMMAND.reset);
  }

  async status(): Promise<HidStatus> {
    const { reportId } = this.layout.control;
    return readHidStatus(await this.transport.receiveFeatureReport(reportId, this.#options));
  }

  /** Sends an output report and must hear it as an input report, filled up with zeros. */
  async echo(reportId: number, data: Uint8Array, length: number): Promise<void> {
    const listener = new HidListener(this.transport);
    try {
      await this.transport.sendReport(reportId, data, this.#options);
      const report = await listener.next();
      sameBytes('the id of an echo', Uint8Array.of(report.reportId), Uint8Array.of(reportId));
      const filled = new Uint8Array(length);
      filled.set(data);
      sameBytes(`an echo of ${data.length} bytes`, report.data, filled);
    } finally {
      listener.stop();
    }
  }
}
