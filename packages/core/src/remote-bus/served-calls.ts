import type { Observable } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../device-error.js';
import type { CallOptions } from '../transport.js';
import { serveCall, type ServedCall } from '../wire/served-call.js';
import { fieldsOf, presentable } from '../wire/wire-error.js';
import { STREAM_CREDIT } from './bus-request.js';
import type { Outbox } from './outbox.js';
import { ServedStream } from './served-stream.js';
import type { Reply } from './transport-ends.js';
import { sendWithBytes, type Channel, type Ownership } from './travelling-bytes.js';

/** One call, as the other side can influence it. */
interface Running {
  readonly abort: () => void;
  readonly grant: (count: number) => void;
  readonly cancel: () => void;
  /** Streams only: the transport that it tells of, and how to send what waits. */
  readonly of?: { readonly transport: number; readonly drain: () => void };
}

/** The calls of the other side that run here, by its numbers. */
export class ServedCalls {
  readonly #channel: Channel;
  readonly #running = new Map<number, Running>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Runs one operation and answers it; `name` stands in errors. */
  async run(call: number, name: string, work: (signal: AbortSignal) => Promise<Reply>): Promise<void> {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(new DeviceError('closed', `${name} was given up by its caller`));
    };
    this.#running.set(call, { abort, grant: ignore, cancel: abort });
    try {
      const { value, ownership, body } = await work(controller.signal);
      this.#running.delete(call);
      if (body !== undefined) this.#serveBody(call, body, abort);
      this.#value(call, value, ownership ?? 'owned');
    } catch (error) {
      this.#running.delete(call);
      this.#failed(call, name, error);
    }
  }

  /** Streams `items` of a transport (0: of the bus) as the other side asks for them; the rest waits in `outbox`. */
  stream<T extends object>(
    { call, transport, name }: { readonly call: number; readonly transport: number; readonly name: string },
    items: Observable<T>,
    outbox: Outbox<T>,
  ): void {
    const over = (): void => {
      this.#running.delete(call);
    };
    const report = {
      value: (item: T) => {
        this.#value(call, item, 'borrowed');
      },
      done: () => {
        over();
        this.#channel.send({ type: 'done', call });
      },
      failed: (error: unknown) => {
        over();
        this.#failed(call, name, error);
      },
    };
    const stream = new ServedStream(outbox, report, STREAM_CREDIT);
    const cancel = (): void => {
      stream.cancel();
    };
    const grant = (count: number): void => {
      stream.grant(count);
    };
    const drain = (): void => {
      stream.drain();
    };
    this.#running.set(call, { abort: cancel, grant, cancel, of: { transport, drain } });
    stream.start(items);
  }

  /** A transport is over: sends what its streams have kept. */
  drain(transport: number): void {
    for (const { of } of [...this.#running.values()]) if (of?.transport === transport) of.drain();
  }

  abort(call: number): void {
    this.#running.get(call)?.abort();
  }

  grant(call: number, count: number): void {
    this.#running.get(call)?.grant(count);
  }

  cancel(call: number): void {
    this.#running.get(call)?.cancel();
    this.#running.delete(call);
  }

  /** Nobody listens any more. */
  end(): void {
    for (const { cancel } of [...this.#running.values()]) cancel();
    this.#running.clear();
  }

  /** A body is pulled piece by piece; not pulling it to the end cancels it, by `abort` also in the middle of a piece. */
  #serveBody(call: number, body: AsyncIterable<Uint8Array>, abort: () => void): void {
    const pulled: ServedCall = serveCall(
      'the body',
      'iterate',
      () => body,
      (report) => {
        if (report.type === 'value') {
          this.#value(call, { data: report.value }, 'owned');
          return;
        }
        this.#running.delete(call);
        if (report.type === 'done') this.#channel.send({ type: 'done', call });
        else this.#failed(call, 'the body', report.error);
      },
    );
    const grant = (count: number): void => {
      for (let i = 0; i < count; i += 1) pulled.pull();
    };
    // Whoever aborts now has not seen the answer yet, and will not read the body.
    const cancel = (): void => {
      abort();
      pulled.cancel();
    };
    this.#running.set(call, { abort: cancel, grant, cancel });
  }

  #value(call: number, value: object, ownership: Ownership): void {
    sendWithBytes(this.#channel, { type: 'value', call }, 'value', value, ownership);
  }

  #failed(call: number, name: string, error: unknown): void {
    this.#channel.send({ type: 'failed', call, error: errorFields(refusal(error), name) });
  }
}

/** What cannot be read was asked for wrongly: it came from a caller on the other side. */
function refusal(error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  return new DeviceError('invalid-request', error.message, { path: error.path, cause: error });
}

/** `error` as it travels; a foreign one as a sentence that holds nothing of it. */
export function errorFields(error: unknown, name: string): object {
  return fieldsOf(presentable(error, name));
}

/** Deadline and signal of an operation here. */
export function optionsOf(timeoutMs: number | undefined, signal: AbortSignal): CallOptions {
  return timeoutMs === undefined ? { signal } : { signal, timeoutMs };
}

function ignore(): void {
  // This call has nothing to be granted.
}
