import { delay, DeviceError, withDeadline } from '@buergerkoffer/core';
import { codeText, OPERATION, RESPONSE } from '../ptp/codes.js';
import { readDeviceInfo, type PtpDeviceInfo } from '../ptp/device-info.js';
import type { PtpPipe, PtpReply } from './pipe.js';
import { understood } from './protocol-error.js';
import { refusal } from './refusal.js';
import { TurnQueue } from './turn-queue.js';

/** How one operation is carried out. */
export interface OperationOptions {
  /** Data that goes to the camera. */
  readonly data?: Uint8Array;
  /** Aborting gives the operation up, in the camera as well. */
  readonly signal?: AbortSignal;
  /** How long it may take from its turn on, questions again included, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
  /** How much data may come, in bytes. Default 4 MiB. */
  readonly maxBytes?: number;
  /** Told while data comes in, in bytes. */
  readonly progress?: (received: number, total: number) => void;
  /** Whether a camera that is busy is asked again until the deadline. Default true. */
  readonly whileBusy?: boolean;
}

/** How a session is opened. */
export interface SessionOptions {
  readonly signal: AbortSignal;
  /** The number of the first operation, for recorded sessions. Default 1. */
  readonly firstTransaction?: number;
}

const OPERATION_MS = 20_000;
/** Opening a session: a camera that answers nothing is told soon. In milliseconds. */
const OPEN_MS = 5_000;
const CLOSE_MS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;
/** A busy camera is asked again after these pauses, in milliseconds; the last one repeats. */
const BUSY_PAUSES_MS = [5, 10, 20, 50] as const;
const SESSION = 1;
/** The last number of a transaction; 0xffffffff means any. */
const LAST_TRANSACTION = 0xffff_fffe;

/**
 * An open session (ISO 15740, 9.2). All operations, of live view, questions and downloads, go through one queue: the
 * protocol carries one at a time. Each has a deadline; one that is given up is cancelled in the camera before the next
 * begins.
 */
export class PtpSession {
  readonly #pipe: PtpPipe;
  readonly #turns = new TurnQueue();
  /** The last operation has ended on the wire as well. */
  #settled: Promise<void> = Promise.resolve();
  #transaction: number;
  #info: PtpDeviceInfo | undefined;

  private constructor(pipe: PtpPipe, firstTransaction: number) {
    this.#pipe = pipe;
    this.#transaction = firstTransaction;
  }

  /**
   * Opens a session and asks the camera what it is. A session that somebody left open is closed first. Rejects
   * `timeout` where nothing answers, `protocol`, or with the refusal of the camera; the pipe stays open then.
   */
  static async open(pipe: PtpPipe, { signal, firstTransaction = 1 }: SessionOptions): Promise<PtpSession> {
    const session = new PtpSession(pipe, firstTransaction);
    await session.#begin(signal);
    const { data } = await session.run(OPERATION.getDeviceInfo, [], { signal, timeoutMs: OPEN_MS });
    session.#info = understood('DeviceInfo', () => readDeviceInfo(data));
    return session;
  }

  /** What the camera says about itself. */
  get info(): PtpDeviceInfo {
    if (this.#info === undefined) throw new DeviceError('invalid-request', 'the session is not open yet');
    return this.#info;
  }

  get events(): PtpPipe['events'] {
    return this.#pipe.events;
  }

  get ended(): PtpPipe['ended'] {
    return this.#pipe.ended;
  }

  /** Whether the camera says that it knows `operation`. */
  supports(operation: number): boolean {
    return this.info.operations.has(operation);
  }

  /**
   * The answer to an operation, whatever its response. Rejects `timeout`, `protocol`, `lost`, `closed`, or with
   * `signal.reason`. A camera that stays busy until the deadline has answered: busy.
   */
  async ask(
    operation: number,
    parameters: readonly number[] = [],
    options: OperationOptions = {},
  ): Promise<PtpReply> {
    const { signal = NEVER_ABORTED, timeoutMs = OPERATION_MS, whileBusy = true } = options;
    const endsAt = performance.now() + timeoutMs;
    for (let attempt = 0; ; attempt += 1) {
      const reply = await this.#turns.run(signal, () =>
        this.#once(operation, parameters, { ...options, signal, timeoutMs }),
      );
      const pauseMs = BUSY_PAUSES_MS[attempt] ?? BUSY_PAUSES_MS[3];
      const isLate = performance.now() + pauseMs >= endsAt;
      if (reply.code !== RESPONSE.deviceBusy || !whileBusy || isLate) return reply;
      await delay(pauseMs, signal);
    }
  }

  /** {@link ask} for operations that must go well: every response but OK rejects, as the response says. */
  async run(
    operation: number,
    parameters: readonly number[] = [],
    options: OperationOptions = {},
  ): Promise<PtpReply> {
    const reply = await this.ask(operation, parameters, options);
    if (reply.code !== RESPONSE.ok) throw refusal(operation, reply.code);
    return reply;
  }

  /** Closes the session as far as the camera lets it, then the pipe. */
  async close(): Promise<void> {
    await withDeadline('closing the session', CLOSE_MS, (signal) =>
      this.ask(OPERATION.closeSession, [], { signal }),
    ).catch(() => undefined);
    await this.#pipe.close();
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const first = await this.#openOnce(signal).catch((error: unknown) => {
      // Half an answer that whoever used the camera before left behind: it is thrown away by now.
      if (error instanceof DeviceError && error.code === 'protocol') return this.#openOnce(signal);
      throw error;
    });
    if (first !== RESPONSE.sessionAlreadyOpen) {
      if (first !== RESPONSE.ok) throw refusal(OPERATION.openSession, first);
      return;
    }
    const number = this.#transaction;
    // Strict cameras want the number that the other program would have come to.
    const { code } = await this.ask(OPERATION.closeSession, [], { signal, timeoutMs: OPEN_MS });
    if (code !== RESPONSE.ok) await this.#pipe.reset();
    this.#transaction = number;
    const second = await this.#openOnce(signal);
    if (second !== RESPONSE.ok) throw refusal(OPERATION.openSession, second);
  }

  async #openOnce(signal: AbortSignal): Promise<number> {
    const options = { signal, timeoutMs: OPEN_MS, transaction: 0 };
    const { code } = await this.#turns.run(signal, () =>
      this.#once(OPERATION.openSession, [SESSION], options),
    );
    return code;
  }

  /** One transaction: the caller is answered at the deadline, the next one waits until the wire is free. */
  async #once(
    operation: number,
    parameters: readonly number[],
    options: OperationOptions & {
      readonly signal: AbortSignal;
      readonly timeoutMs: number;
      readonly transaction?: number;
    },
  ): Promise<PtpReply> {
    await this.#settled;
    options.signal.throwIfAborted();
    const transaction = options.transaction ?? this.#number();
    const { signal, timeoutMs, maxBytes = MAX_BYTES, progress, data } = options;
    const request = { code: operation, transaction, parameters, ...(data === undefined ? {} : { data }) };
    return withDeadline(
      `operation ${codeText(operation)}`,
      timeoutMs,
      (inner) => {
        const transacting = this.#pipe.transact(request, { signal: inner, maxBytes, progress });
        this.#settled = transacting.then(
          () => undefined,
          () => this.#pipe.recover(transaction),
        );
        return transacting;
      },
      signal,
    );
  }

  #number(): number {
    const transaction = this.#transaction;
    this.#transaction = transaction >= LAST_TRANSACTION ? 1 : transaction + 1;
    return transaction;
  }
}

const NEVER_ABORTED = new AbortController().signal;
