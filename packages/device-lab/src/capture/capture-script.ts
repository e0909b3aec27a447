import { DeviceError, withDeadline } from '@buergerkoffer/core';
import { replayMismatch, type ReplayProgress } from '../replay/replay-progress.js';
import type { CaptureStep, DeviceStep, HostAction, HostStep } from './capture-step.js';

/** How long a step may wait for those before it on other endpoints, in milliseconds. */
const TURN_MS = 2_000;

/**
 * The steps of a recording, which a host must make again. Each endpoint is a lane of its own, because a driver may
 * write on one while it asks on another; within a lane the order is that of the recording, and a step is answered
 * when all before it were made.
 */
export class CaptureScript {
  readonly #steps: readonly CaptureStep[];
  readonly #send: (step: DeviceStep) => void;
  readonly #over = new AbortController();
  /** What is to be asked on each endpoint, the next one last. */
  readonly #lanes = new Map<number, number[]>();
  readonly #asked = new Set<number>();
  readonly #waiting = new Map<number, () => void>();
  #front = 0;
  #mismatch: string | undefined;

  /** `send` is told what the device sends when its time has come. */
  constructor(steps: readonly CaptureStep[], send: (step: DeviceStep) => void) {
    this.#steps = steps;
    this.#send = send;
    for (const [index, step] of [...steps.entries()].reverse()) {
      if (step.type === 'in') continue;
      const lane = this.#lanes.get(laneOf(step)) ?? [];
      this.#lanes.set(laneOf(step), lane);
      lane.push(index);
    }
  }

  /** How far it has come. */
  get progress(): ReplayProgress {
    return {
      played: this.#front,
      of: this.#steps.length,
      ...(this.#mismatch === undefined ? {} : { mismatch: this.#mismatch }),
    };
  }

  /** Sends what the device sent before anybody asked. */
  start(): void {
    this.#advance();
  }

  /** The recorded step that `action` is; rejects `protocol` with its number where the host does something else. */
  async take(action: HostAction): Promise<HostStep> {
    this.#over.signal.throwIfAborted();
    if (this.#mismatch !== undefined) throw replayMismatch(this.#mismatch);
    const index = this.#lanes.get(laneOf(action))?.pop() ?? this.#steps.length;
    const step = this.#steps[index];
    if (step === undefined || step.type === 'in') {
      throw this.#refuse(this.#front + 1, `${nameOf(action)} more than was recorded`);
    }
    const difference = differenceOf(action, step);
    if (difference !== undefined) throw this.#refuse(index + 1, difference);
    this.#asked.add(index);
    await this.#itsTurn(index, action);
    this.#advance();
    return step;
  }

  /** The plug is pulled: nothing waits any more. */
  end(): void {
    this.#over.abort(new DeviceError('lost', 'the replayed device was unplugged'));
  }

  async #itsTurn(index: number, action: HostAction): Promise<void> {
    if (this.#front === index) return;
    try {
      await withDeadline(
        'the steps before it',
        TURN_MS,
        () => new Promise<void>((resolve) => this.#waiting.set(index, resolve)),
        this.#over.signal,
      );
    } catch (error) {
      if (this.#over.signal.aborted) throw error;
      throw this.#refuse(this.#front + 1, `${nameOf(action)} of step ${index + 1} before it`);
    } finally {
      this.#waiting.delete(index);
    }
  }

  /** Goes on to the first step that the host has not made, sending what the device sent on the way. */
  #advance(): void {
    for (;;) {
      const step = this.#steps[this.#front];
      if (step === undefined || (step.type !== 'in' && !this.#asked.has(this.#front))) return;
      const waiting = this.#waiting.get(this.#front);
      if (waiting !== undefined) {
        waiting(); // it goes on by itself
        return;
      }
      this.#front += 1;
      if (step.type === 'in') this.#send(step);
    }
  }

  #refuse(step: number, what: string): DeviceError {
    this.#mismatch ??= `step ${step} of ${this.#steps.length}: ${what}`;
    return replayMismatch(this.#mismatch);
  }
}

function laneOf(step: HostAction): number {
  return step.type === 'out' ? step.endpoint : 0;
}

function nameOf(step: HostAction): string {
  return step.type === 'out' ? `a transfer to endpoint ${step.endpoint}` : `a ${step.type} request`;
}

/** What `action` is otherwise than `step`, in words without any of its bytes. */
function differenceOf(action: HostAction, step: HostStep): string | undefined {
  if (action.type !== step.type) return `${nameOf(action)} instead of ${nameOf(step)}`;
  if ('setup' in action && 'setup' in step) {
    for (const field of SETUP_FIELDS) {
      if (action.setup[field] !== step.setup[field]) return `${nameOf(action)} with another ${field}`;
    }
  }
  if (!('data' in action)) return undefined;
  const { data } = action;
  if (data.length !== step.data.length) {
    return `${nameOf(action)} with ${data.length} instead of ${step.data.length} bytes`;
  }
  const at = data.findIndex((byte, index) => byte !== step.data[index]);
  return at < 0 ? undefined : `${nameOf(action)} whose byte ${at} differs`;
}

const SETUP_FIELDS = ['requestType', 'recipient', 'request', 'value', 'index'] as const;
