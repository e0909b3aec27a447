import { DeviceError } from '../device-error.js';
import { presentable } from './wire-error.js';

/** What a served operation sends about itself. */
export type Report =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: Error };

/** Sends one report; throws when a value cannot travel. */
export type SendReport = (report: Report) => void;

/** The reports of one operation: values, then one ending, then silence. */
export class CallReport {
  readonly #operation: string;
  readonly #send: SendReport;
  #over = false;

  constructor(operation: string, send: SendReport) {
    this.#operation = operation;
    this.#send = send;
  }

  /** Sends `value`; one that cannot travel fails the operation instead, and the answer is false. */
  value(value: unknown): boolean {
    if (this.#over) return false;
    try {
      this.#send({ type: 'value', value });
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  /** The operation has ended well. */
  done(): void {
    this.#last({ type: 'done' });
  }

  /** The operation has failed; foreign errors leave their text behind. */
  failed(error: unknown): void {
    this.#last({ type: 'failed', error: presentable(error, this.#operation) });
  }

  /** Nothing more is sent. */
  mute(): void {
    this.#over = true;
  }

  /** The error of a device whose method does not return what its kind lists. */
  misshaped(wanted: string): DeviceError {
    return new DeviceError('protocol', `${this.#operation} of this device does not return ${wanted}`);
  }

  #last(report: Report): void {
    if (this.#over) return;
    this.#over = true;
    this.#send(report);
  }
}
