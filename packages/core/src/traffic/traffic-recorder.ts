import { DeviceError } from '../device-error.js';
import type { End } from '../device.js';
import { masked } from './mask.js';
import type { TrafficBytes } from './traffic-bytes.js';
import type {
  Masking,
  Outcome,
  TrafficCall,
  TrafficHead,
  TrafficInput,
  TrafficLine,
} from './traffic-line.js';

/** Where a recording goes: its head once, then lines as things are over. Must not throw. */
export interface TrafficSink {
  head(head: TrafficHead): void;
  line(line: TrafficLine): void;
}

/** A call with its bytes as they are, before any are hidden. */
type RawCall<C> = C extends { readonly sent: TrafficBytes }
  ? Omit<C, 'sent'> & { readonly sent: Uint8Array }
  : C;

/** What came of a call, with its bytes as they are. */
export type RawOutcome =
  | {
      readonly result: 'ok';
      readonly received?: Uint8Array;
      readonly status?: number;
      readonly contentType?: string;
    }
  | { readonly result: 'stall' };

/** Writes down what happens on one transport, with times since it was opened. */
export class TrafficRecorder {
  readonly #sink: TrafficSink;
  readonly #masking: Masking;
  readonly #clock: () => number;
  readonly #startedMs: number;

  /** `clock` in milliseconds, monotonic. */
  constructor(sink: TrafficSink, masking: Masking, clock: () => number) {
    this.#sink = sink;
    this.#masking = masking;
    this.#clock = clock;
    this.#startedMs = clock();
  }

  /** Runs `work`, the call `call`; `told` says what its answer was. The answer or error is the caller's as ever. */
  async call<T>(
    call: RawCall<TrafficCall>,
    work: () => Promise<T>,
    told: (answer: T) => RawOutcome,
  ): Promise<T> {
    const at = this.#now();
    try {
      const answer = await work();
      this.#finished(call, at, told(answer));
      return answer;
    } catch (error) {
      this.#write(call, at, { result: 'failed', code: codeOf(error) });
      throw error;
    }
  }

  /** Something came by itself. */
  input(op: TrafficInput['op'], bytes: Uint8Array, reportId = 0): void {
    const received = masked(this.#masking, op, 'received', bytes);
    const at = this.#now();
    this.#sink.line(op === 'inputReport' ? { op, reportId, received, at } : { op, received, at });
  }

  /** The transport is over. */
  ended({ reason }: End): void {
    this.#sink.line({ op: 'ended', at: this.#now(), reason });
  }

  #finished(call: RawCall<TrafficCall>, at: number, outcome: RawOutcome): void {
    if (outcome.result === 'stall') {
      this.#write(call, at, outcome);
      return;
    }
    const { received, ...rest } = outcome;
    this.#write(call, at, {
      ...rest,
      ...(received === undefined ? {} : { received: masked(this.#masking, call.op, 'received', received) }),
    });
  }

  #write(
    call: RawCall<TrafficCall>,
    at: number,
    outcome: Outcome & { readonly status?: number; readonly contentType?: string },
  ): void {
    const times = { at, took: round(this.#now() - at) };
    if ('sent' in call) {
      const sent = masked(this.#masking, call.op, 'sent', call.sent);
      this.#sink.line({ ...call, sent, ...times, ...outcome });
    } else this.#sink.line({ ...call, ...times, ...outcome });
  }

  #now(): number {
    return round(this.#clock() - this.#startedMs);
  }
}

/** To the microsecond: clocks give more digits than they know. */
function round(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

function codeOf(error: unknown): DeviceError['code'] | 'aborted' | 'other' {
  if (error instanceof DeviceError) return error.code;
  return error instanceof DOMException && error.name === 'AbortError' ? 'aborted' : 'other';
}
