import { EventEmitter } from 'node:events';
import type { PcscCard, PcscClient, PcscLibrary, PcscReader } from '../../src/node/pcsc/pcsc-library.js';
import type { OptionalLibrary } from '../../src/node/optional-library.js';

export const ATR = new Uint8Array([0x3b, 0x80, 0x80, 1, 1]);

/** An error as the library throws it. */
export function pcscFailure(code: string): Error {
  return Object.assign(new Error(`PC/SC ${code}`), { code });
}

/** A reader of the service, which a test puts cards into. */
export class FakeReader extends EventEmitter implements PcscReader {
  readonly calls: string[] = [];
  readonly #name: string;
  /** What the card answers; replaced by a test. */
  answer: (command: Uint8Array) => Promise<Uint8Array> = () => Promise.resolve(new Uint8Array([0x90, 0]));
  /** What connecting fails with. */
  refuses: Error | undefined;
  channel: Uint8Array | Error = new Uint8Array([5, 1, 0x20, 0]);

  constructor(name: string) {
    super();
    this.#name = name;
  }

  name(): string {
    return this.#name;
  }

  insert(): void {
    this.emit('change', { raw: 0x20 }, ATR);
  }

  remove(): void {
    this.emit('change', { raw: 0x10 }, new Uint8Array(0));
  }

  connect(mode: number): Promise<PcscCard> {
    this.calls.push(`connect ${mode}`);
    if (this.refuses !== undefined && mode !== 3) return Promise.reject(this.refuses);
    return Promise.resolve({
      transmit: (command) => {
        this.calls.push('transmit');
        return this.answer(command);
      },
      control: (code, data) => Promise.resolve(new Uint8Array([code & 0xff, ...data])),
      attributeGet: () =>
        this.channel instanceof Error ? Promise.reject(this.channel) : Promise.resolve(this.channel),
      reconnect: () => {
        this.calls.push('reset');
        return Promise.resolve();
      },
      disconnect: (disposition) => {
        this.calls.push(`disconnect ${disposition}`);
        return Promise.resolve();
      },
      state: () => Promise.resolve({ atr: ATR }),
    });
  }
}

/** The service, which a test stops and starts. */
export class FakeService {
  runs = true;
  clients = 0;
  readonly readers: FakeReader[] = [];
  #client: EventEmitter | undefined;

  readonly library: OptionalLibrary<PcscLibrary> = {
    diagnostics: () => [],
    load: () => Promise.resolve({ client: () => this.#connect() }),
  };

  plug(reader: FakeReader): FakeReader {
    this.readers.push(reader);
    this.#client?.emit('reader', reader);
    return reader;
  }

  unplug(reader: FakeReader): void {
    this.readers.splice(this.readers.indexOf(reader), 1);
    reader.emit('disconnect');
  }

  stop(): void {
    this.runs = false;
    this.#client?.emit('error', pcscFailure('ServiceStopped'));
  }

  #connect(): PcscClient {
    const client = new EventEmitter();
    return Object.assign(client, {
      start: () => {
        if (!this.runs) throw pcscFailure('NoService');
        this.clients += 1;
        this.#client = client;
        for (const reader of this.readers) client.emit('reader', reader);
      },
      stop: () => {
        if (this.#client !== client) return;
        this.#client = undefined;
        this.clients -= 1;
      },
    });
  }
}
