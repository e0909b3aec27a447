import {
  ByteInput,
  DeviceError,
  DeviceLife,
  type ByteTransport,
  type CallOptions,
} from '@buergerkoffer/core';
import { pendingCall } from '../pending-call.js';
import { lossOf, onAbort } from '../signals.js';
import type { LineEngine } from './line-engine.js';
import type { LineSettings } from './virtual-line-device.js';

/** What a transport needs of the line that it opens. */
export interface OpenLine {
  readonly engine: LineEngine;
  readonly settings: LineSettings;
  /** Aborted, with the `lost` error as reason, when the plug is pulled. */
  readonly unplugged: AbortSignal;
  /** Called once when the transport has ended. */
  readonly closed?: () => void;
}

/** A serial line or a TCP connection whose far end is in this process. */
export class LineTransport implements ByteTransport {
  readonly ended;
  readonly input;
  readonly #engine: LineEngine;
  readonly #life: DeviceLife;
  readonly #over = new AbortController();

  constructor({ engine, settings, unplugged, closed }: OpenLine) {
    const input = new ByteInput();
    this.#engine = engine;
    const hangUp = engine.open({
      settings,
      hear: (bytes) => {
        input.push(bytes);
      },
    });
    this.#life = new DeviceLife(() => {
      hangUp();
      closed?.();
      return Promise.resolve();
    });
    this.ended = this.#life.ended;
    this.input = input.stream;
    void this.ended.then((end) => {
      input.end(end);
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

  write(bytes: Uint8Array, options: CallOptions = {}): Promise<void> {
    return pendingCall<undefined>('write', options, this.#over.signal, (answered) =>
      this.#engine.write(bytes.slice(), () => {
        answered(undefined);
      }),
    );
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the line was closed'));
    return this.#life.close();
  }
}
