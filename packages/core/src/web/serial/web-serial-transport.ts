import type { Observable } from 'rxjs';
import { ByteInput } from '../../byte-input.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import type { SerialPort } from '../../port.js';
import { writeOptions } from '../../line-time.js';
import type { ByteTransport, CallOptions, OpenOptionsOf } from '../../transport.js';
import { TransportLife } from '../transport-life.js';
import { webFailure } from '../web-failure.js';
import { LineReader } from './line-reader.js';
import { LineWriter } from './line-writer.js';
import { OPENING, WRITING } from './serial-meanings.js';
import type { WebSerial, WebSerialEvent, WebSerialPort } from './web-serial.js';

/** What the browser buffers in each direction, in bytes; its own default of 255 overruns at once. */
const BUFFER_BYTES = 64 * 1024;

/** Opens the line and begins to read; rejects `busy`, or `invalid-request` for options that the browser refuses. */
export async function openWebSerial(
  serial: WebSerial,
  line: WebSerialPort,
  port: SerialPort,
  { rtscts = false, ...options }: OpenOptionsOf['serial'],
): Promise<ByteTransport> {
  try {
    await line.open({
      ...options,
      flowControl: rtscts ? 'hardware' : 'none',
      bufferSize: BUFFER_BYTES,
    });
  } catch (error) {
    throw webFailure(`opening ${port.path}`, error, OPENING);
  }
  return new WebSerialTransport(serial, line, port, options.baudRate);
}

/** A serial line opened through Web Serial. */
class WebSerialTransport implements ByteTransport {
  readonly input: Observable<Uint8Array>;
  readonly ended: Promise<End>;
  readonly #baudRate: number;
  readonly #writer: LineWriter;
  readonly #life: TransportLife;

  constructor(serial: WebSerial, line: WebSerialPort, port: SerialPort, baudRate: number) {
    this.#baudRate = baudRate;
    const input = new ByteInput();
    this.input = input.stream;
    this.#writer = new LineWriter(line);
    const lose = (error: DeviceError): void => {
      this.#life.lose(error);
    };
    const reader = new LineReader(
      line,
      (bytes) => {
        input.push(bytes);
      },
      lose,
    );
    const onDisconnect = (event: WebSerialEvent): void => {
      if (event.target === line) lose(new DeviceError('lost', `${port.path} has gone`));
    };
    this.#life = new TransportLife(async (end) => {
      serial.removeEventListener('disconnect', onDisconnect);
      input.end(end);
      // Both streams must be given back, or the browser does not close the line.
      await Promise.all([reader.stop(), this.#writer.finish()]);
      await line.close();
    });
    this.ended = this.#life.ended;
    serial.addEventListener('disconnect', onDisconnect);
    reader.start();
  }

  write(bytes: Uint8Array, options?: CallOptions): Promise<void> {
    const within = writeOptions(bytes.length, this.#baudRate, options);
    return this.#life.call('writing', within, async (signal) => {
      try {
        await this.#writer.write(bytes, signal);
      } catch (error) {
        // What is taken back fails as well.
        if (signal.aborted) throw error;
        const failure = webFailure('writing', error, WRITING);
        if (failure.code === 'lost') this.#life.lose(failure);
        throw failure;
      }
    });
  }

  close(): Promise<void> {
    return this.#life.close();
  }
}
