import type { DeviceError } from '../../device-error.js';
import { LOST, nameOf, webFailure } from '../web-failure.js';
import { READING } from './serial-meanings.js';
import type { WebSerialPort } from './web-serial.js';

/** What a line does when it is plugged in, or a bit flips: the byte is dropped, as Linux does (termios, IGNPAR). */
const NOISE: ReadonlySet<string> = new Set(['BreakError', 'FramingError', 'ParityError']);
/** So many errors with no good byte in between are no noise. */
const NOISE_LIMIT = 16;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Reads a line from its opening to its end, through the errors that the browser goes on after. */
export class LineReader {
  readonly #port: WebSerialPort;
  readonly #received: (bytes: Uint8Array) => void;
  readonly #failed: (error: DeviceError) => void;
  #reader: Reader | undefined;
  #reading: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `failed` is called once, when nothing can come any more and nobody has stopped it. */
  constructor(
    port: WebSerialPort,
    received: (bytes: Uint8Array) => void,
    failed: (error: DeviceError) => void,
  ) {
    this.#port = port;
    this.#received = received;
    this.#failed = failed;
  }

  start(): void {
    this.#reading = this.#read().catch((error: unknown) => {
      if (!this.#stopped) this.#failed(webFailure('reading', error, READING));
    });
  }

  /** Ends a pending read and gives the stream back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reader?.cancel().catch(() => undefined);
    await this.#reading;
  }

  /** Asked anew each time: somebody may stop it meanwhile. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  async #read(): Promise<void> {
    let noise = 0;
    while (!this.#isStopped()) {
      // Null after a fatal error: the browser has said why already, or says so next.
      const reader = this.#port.readable?.getReader();
      if (reader === undefined) throw webFailure('reading', new Error('the line has gone'), { Error: LOST });
      this.#reader = reader;
      try {
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
          noise = 0;
          this.#received(chunk.value);
        }
        if (!this.#isStopped()) throw webFailure('reading', new Error('the stream ended'), { Error: LOST });
      } catch (error) {
        noise += 1;
        if (!NOISE.has(nameOf(error)) || noise >= NOISE_LIMIT) throw error;
      } finally {
        reader.releaseLock();
        this.#reader = undefined;
      }
    }
  }
}
