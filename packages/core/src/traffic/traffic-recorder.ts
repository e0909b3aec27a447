import { DeviceError } from '../device-error.js';
import type { End } from '../device.js';
import { masked } from './mask.js';
import type { Masking, Outcome, PlainCall, TrafficHead, TrafficInput, TrafficLine } from './traffic-line.js';

/** Where a recording goes: its head once, then lines as things are over. Must not throw. */
export interface TrafficSink {
  head(head: TrafficHead): void;
  line(line: TrafficLine): void;
}

/** What came of a call, with its bytes as they are. */
export type RawOutcome =
  | {
      readonly result: 'ok';
      readonly received?: Uint8Array;
      readonly status?: number;
      readonly contentType?: string;
    }
  | { readonly result: 'stall' };

type Begun = Pick<Extract<TrafficLine, { readonly took: number }>, 'at' | 'begun'>;

/** Writes down what happens on one transport, with times since it was opened. */
export class TrafficRecorder {
  readonly #sink: TrafficSink;
  readonly #masking: Masking;
  readonly #clock: () => number;
  readonly #startedMs: number;
  #lines = 0;

  /** `clock` in milliseconds, monotonic. */
  constructor(sink: TrafficSink, masking: Masking, clock: () => number) {
    this.#sink = sink;
    this.#masking = masking;
    this.#clock = clock;
    this.#startedMs = clock();
  }

  /** Runs `work`, the call `call`; `told` says what its answer was. The answer or error is the caller's as ever. */
  async call<T>(call: PlainCall, work: () => Promise<T>, told: (answer: T) => RawOutcome): Promise<T> {
    const begun = { at: this.#now(), begun: this.#lines };
    try {
      const answer = await work();
      this.#finished(call, begun, told(answer));
      return answer;
    } catch (error) {
      this.#write(call, begun, { result: 'failed', code: codeOf(error) });
      throw error;
    }
  }

  /** Something came by itself. */
  input(op: TrafficInput['op'], bytes: Uint8Array, reportId = 0): void {
    const received = masked(this.#masking, op, 'received', bytes);
    const at = this.#now();
    this.#tell(op === 'inputReport' ? { op, reportId, received, at } : { op, received, at });
  }

  /** The transport is over. */
  ended({ reason }: End): void {
    this.#tell({ op: 'ended', at: this.#now(), reason });
  }

  #finished(call: PlainCall, begun: Begun, outcome: RawOutcome): void {
    if (outcome.result === 'stall') {
      this.#write(call, begun, outcome);
      return;
    }
    const { received, ...rest } = outcome;
    this.#write(call, begun, {
      ...rest,
      ...(received === undefined ? {} : { received: masked(this.#masking, call.op, 'received', received) }),
    });
  }

  #write(
    call: PlainCall,
    begun: Begun,
    outcome: Outcome & { readonly status?: number; readonly contentType?: string },
  ): void {
    const times = { ...begun, took: round(this.#now() - begun.at) };
    if ('sent' in call) {
      const sent = masked(this.#masking, call.op, 'sent', call.sent);
      this.#tell({ ...call, sent, ...times, ...outcome });
    } else this.#tell({ ...call, ...times, ...outcome });
  }

  #tell(line: TrafficLine): void {
    this.#lines += 1;
    this.#sink.line(line);
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
