import {
  delay,
  DeviceError,
  withDeadline,
  type CallOptions,
  type End,
  type HttpRequest,
  type HttpResponse,
  type HttpTransport,
  type UsbEndpoint,
  type UsbTransport,
} from '@buergerkoffer/core';
import { HttpAnswerReader, type WholeAnswer } from './http-answer-reader.js';
import { softReset } from './printer-class.js';

/** Deadline of a request that names none, in milliseconds. */
const ANSWER_MS = 5_000;
/** Bytes of one transfer: a printer that has no room takes its time for each. */
const PIECE_BYTES = 16 * 1024;
/** A single transfer must not end before the deadline of the whole request does. */
const TRANSFER_MS = 600_000;
/** Pause after an empty answer, in milliseconds: printers send empty packets while they think. */
const THINKING_MS = 10;
/** After a broken exchange the pipe is emptied until it is quiet so long, at most so often; in milliseconds. */
const QUIET_MS = 150;
const MOST_DRAINS = 64;

/**
 * HTTP over the pipes of an IPP-over-USB interface (class 7, 1, 4): one request after another, each answer read to its end before
 * the next. After an exchange that was broken off the pipe is emptied first; a printer that was told half a request is reset before that, as it
 * would take the next one for the rest.
 */
export class UsbHttpTransport implements HttpTransport {
  readonly ended: Promise<End>;
  readonly #usb: UsbTransport;
  readonly #in: UsbEndpoint;
  readonly #out: UsbEndpoint;
  #before: Promise<unknown> = Promise.resolve();
  #isBroken = true;
  #isHalfSaid = false;

  constructor(usb: UsbTransport) {
    this.#usb = usb;
    this.#in = bulk(usb, 'in');
    this.#out = bulk(usb, 'out');
    this.ended = usb.ended;
  }

  request(request: HttpRequest, { timeoutMs = ANSWER_MS, signal }: CallOptions = {}): Promise<HttpResponse> {
    const before = this.#before;
    const exchange = async (inner: AbortSignal): Promise<HttpResponse> => {
      await before;
      inner.throwIfAborted();
      const { status, headers, body } = await this.#exchange(request, inner);
      return { status, headers, body: once(body) };
    };
    const answered = withDeadline(`${request.method} over USB`, timeoutMs, exchange, signal);
    // The next one waits for the transfers of this one, which end with it.
    this.#before = Promise.allSettled([before, answered]);
    return answered;
  }

  close(): Promise<void> {
    return this.#usb.close();
  }

  async #exchange(request: HttpRequest, signal: AbortSignal): Promise<WholeAnswer> {
    if (this.#isHalfSaid) await softReset(this.#usb, { signal });
    if (this.#isBroken) await this.#empty(signal);
    this.#isBroken = true;
    const head = headOf(request);
    this.#isHalfSaid = true;
    await this.#send(head, signal);
    if (request.body !== undefined) await this.#send(request.body, signal);
    this.#isHalfSaid = false;
    const answer = await new HttpAnswerReader(() => this.#receive(signal)).answer();
    this.#isBroken = false;
    return answer;
  }

  async #send(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const sent = await this.#usb.transferOut(this.#out.number, piece, { timeoutMs: TRANSFER_MS, signal });
      if (sent.status === 'stall') throw await this.#stalled('out', this.#out);
    }
  }

  async #receive(signal: AbortSignal): Promise<Uint8Array> {
    const length = Math.ceil(PIECE_BYTES / this.#in.packetSize) * this.#in.packetSize;
    for (;;) {
      const got = await this.#usb.transferIn(this.#in.number, length, { timeoutMs: TRANSFER_MS, signal });
      if (got.status === 'stall') throw await this.#stalled('in', this.#in);
      if (got.data.length > 0) return got.data;
      await delay(THINKING_MS, signal);
    }
  }

  /** Throws away what an exchange before left in the pipe, this process or another. */
  async #empty(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < MOST_DRAINS; round += 1) {
      try {
        const options = { timeoutMs: QUIET_MS, signal };
        const got = await this.#usb.transferIn(this.#in.number, this.#in.packetSize, options);
        if (got.status === 'stall') await this.#usb.clearHalt('in', this.#in.number, { signal });
        else if (got.data.length === 0) await delay(THINKING_MS, signal);
      } catch (error) {
        if (error instanceof DeviceError && error.code === 'timeout') return;
        throw error;
      }
    }
  }

  async #stalled(direction: 'in' | 'out', { number }: UsbEndpoint): Promise<DeviceError> {
    await this.#usb.clearHalt(direction, number).catch(() => undefined);
    return new DeviceError('protocol', 'the printer refuses to go on: its endpoint stalled');
  }
}

function headOf({ method, path, headers = {}, body }: HttpRequest): Uint8Array {
  const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(body.length) };
  const lines = Object.entries({ host: 'localhost', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const text = [`${method} ${path} HTTP/1.1`, ...lines];
  if (text.some((line) => !/^[ -~]*$/.test(line))) {
    throw new DeviceError('invalid-request', 'the request cannot be sent as HTTP');
  }
  return new TextEncoder().encode(`${text.join('\r\n')}\r\n\r\n`);
}

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  yield body;
}

function bulk(usb: UsbTransport, direction: 'in' | 'out'): UsbEndpoint {
  const found = usb.endpoints.find((one) => one.direction === direction && one.type === 'bulk');
  if (found !== undefined) return found;
  throw new DeviceError('unsupported', `the printer has no bulk ${direction} endpoint`);
}
