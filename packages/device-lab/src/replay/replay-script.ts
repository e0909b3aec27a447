import {
  type DeviceError,
  fits,
  lengthOf,
  withDeadline,
  type CallOptions,
  type PlainCall,
  type TrafficInput,
  type TrafficLine,
} from '@buergerkoffer/core';
import { CALL_MS } from '../pending-call.js';
import { replayMismatch, type ReplayProgress } from './replay-progress.js';

/** A line of a recording that is a call which got an answer. */
export type CallLine = Extract<TrafficLine, { readonly took: number }>;
/** A line of a recording that came by itself. */
export type InputLine = Extract<TrafficLine, TrafficInput>;

/** What ends a replay. */
export interface ReplayListener {
  input(line: InputLine): void;
  lost(): void;
}

/** Calls that got no answer: a driver that is faster or slower than the recorded one makes them, or not. */
const UNANSWERED: ReadonlySet<string> = new Set(['aborted', 'timeout', 'closed', 'busy']);

/**
 * The calls of a recording in their order. Each kind of call on each endpoint is a lane of its own, because a driver
 * may read on one endpoint while it writes on another; within a lane the order is that of the recording. What was
 * received is handed out when all calls that were over before it have been made again.
 */
export class ReplayScript {
  readonly #lines: readonly TrafficLine[];
  readonly #asked = new Set<number>();
  readonly #waiting = new Map<number, () => void>();
  #listener: ReplayListener | undefined;
  #front = 0;
  #mismatch: string | undefined;

  constructor(lines: readonly TrafficLine[]) {
    this.#lines = inOrderOfCause(lines).filter(
      (line) => !('result' in line && line.result === 'failed' && UNANSWERED.has(line.code)),
    );
  }

  /** How far it has come. */
  get progress(): ReplayProgress {
    const calls = this.#lines.filter(isCall).length;
    return {
      played: this.#asked.size,
      of: calls,
      ...(this.#mismatch === undefined ? {} : { mismatch: this.#mismatch }),
    };
  }

  /** Tells `listener` what comes by itself, from the beginning of the recording. */
  start(listener: ReplayListener): void {
    this.#listener = listener;
    this.#advance();
  }

  /**
   * The recorded line of `call`, when its time has come. Rejects `protocol` with the place when the recording has another
   * call there, or none; `timeout` and `signal.reason` like any transfer.
   */
  async answer(call: PlainCall, options: CallOptions = {}): Promise<CallLine> {
    options.signal?.throwIfAborted();
    const index = this.#find(call);
    const line = this.#lines[index];
    if (line === undefined || !isCall(line)) throw this.#refuse(`${call.op} was not recorded any more`);
    const difference = differenceOf(call, line);
    if (difference !== undefined) {
      throw this.#refuse(`call ${this.#asked.size + 1}: ${difference}`);
    }
    if (!isOutgoing(line)) await this.#itsTurn(index, options);
    this.#asked.add(index);
    this.#advance();
    return line;
  }

  /** The input lines that follow `line` directly: the body of an HTTP answer. */
  following(line: CallLine): readonly InputLine[] {
    const from = this.#lines.indexOf(line) + 1;
    const rest = this.#lines.slice(from);
    const end = rest.findIndex((one) => !isInput(one));
    return (end < 0 ? rest : rest.slice(0, end)).filter(isInput);
  }

  #find(call: PlainCall): number {
    if (this.#mismatch !== undefined) return -1;
    return this.#lines.findIndex(
      (line, index) =>
        isCall(line) && laneOf(line) === laneOf(call) && !this.#asked.has(index) && !this.#waiting.has(index),
    );
  }

  async #itsTurn(index: number, options: CallOptions): Promise<void> {
    if (this.#front >= index) return;
    try {
      await withDeadline(
        'the recorded answer',
        options.timeoutMs ?? CALL_MS,
        () =>
          new Promise<void>((resolve) => {
            this.#waiting.set(index, resolve);
          }),
        options.signal,
      );
    } finally {
      this.#waiting.delete(index);
    }
  }

  /** Goes on to the first call that was not made yet, telling what came by itself on the way. */
  #advance(): void {
    for (;;) {
      const line = this.#lines[this.#front];
      if (line === undefined) return;
      if (isCall(line)) {
        if (!this.#asked.has(this.#front)) break;
      } else if (isInput(line)) this.#listener?.input(line);
      else if (line.reason === 'lost') this.#listener?.lost();
      this.#front += 1;
    }
    this.#waiting.get(this.#front)?.();
  }

  #refuse(what: string): DeviceError {
    this.#mismatch ??= what;
    return replayMismatch(this.#mismatch);
  }
}

/** What goes out stands where it began, for it may cause what came before it was over; all else where it ended. */
function inOrderOfCause(lines: readonly TrafficLine[]): readonly TrafficLine[] {
  return lines
    .map((line, index) => ({ line, order: isOutgoing(line) ? line.begun - 0.5 : index }))
    .sort((a, b) => a.order - b.order)
    .map(({ line }) => line);
}

function isOutgoing(line: TrafficLine): line is CallLine {
  return line.op === 'transferOut' || line.op === 'write' || line.op === 'sendReport';
}

function isCall(line: TrafficLine): line is CallLine {
  return 'took' in line;
}

function isInput(line: TrafficLine): line is InputLine {
  return line.op === 'input' || line.op === 'inputReport' || line.op === 'card';
}

function laneOf(call: CallLine | PlainCall): string {
  return 'endpoint' in call ? `${call.op} ${call.endpoint}` : call.op.replace(/^controlTransfer.*/, 'ep0');
}

/** What `call` asks otherwise than `line`, in words without any of its bytes. */
function differenceOf(call: PlainCall, line: CallLine): string | undefined {
  if (call.op !== line.op) return `${call.op} instead of ${line.op}`;
  for (const field of FIELDS) {
    if (valueOf(call, field) !== valueOf(line, field)) return `${call.op} with another ${field}`;
  }
  if (!('sent' in call) || !('sent' in line) || fits(line.sent, call.sent)) return undefined;
  const bytes = call.sent.length;
  return lengthOf(line.sent) === bytes
    ? `${call.op} with ${bytes} other bytes`
    : `${call.op} with ${bytes} instead of ${lengthOf(line.sent)} bytes`;
}

/** Lengths of reads may differ: another host asks for other multiples of the packet size. */
const FIELDS = ['setup', 'reportId', 'mode', 'controlCode', 'method', 'path', 'direction'];

function valueOf(call: object, field: string): string {
  return JSON.stringify(Object.entries(call).find(([name]) => name === field)?.[1]);
}
