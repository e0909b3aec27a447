import { DeviceError, type ByteTransport, type SerialPort } from '@buergerkoffer/core';
import type { WebSerial, WebSerialFilter, WebSerialOptions, WebSerialPort } from '@buergerkoffer/core/web';
import { LabBus, plugSerial, type VirtualLineDevice } from '@buergerkoffer/device-lab';
import { browserError, CountedTarget, NEVER } from './browser-events.js';

const NAMES = { lost: 'NetworkError', busy: 'NetworkError', 'not-found': 'NetworkError' };

/** `navigator.serial` of a browser whose computer is the lab; the person has given every line to the page. */
export class LabWebSerial extends CountedTarget implements WebSerial {
  readonly #bus = new LabBus('serial');
  readonly #lines = new Set<LabWebSerialPort>();
  /** What `requestPort` was asked for. */
  readonly asked: (WebSerialFilter[] | undefined)[] = [];

  /** Plugs a line in; the returned function pulls the plug. */
  plug(
    device: VirtualLineDevice,
    place: string,
    ids: { vendorId?: number; productId?: number } = {},
  ): () => void {
    const plugged = plugSerial(this.#bus, device, { port: { path: place, ...ids }, place });
    const lines = plugged.ports.map((port) => new LabWebSerialPort(this.#bus, port));
    for (const line of lines) {
      this.#lines.add(line);
      this.#tell('connect', line);
    }
    return () => {
      plugged.unplug();
      for (const line of lines) {
        this.#lines.delete(line);
        this.#tell('disconnect', line);
      }
    };
  }

  getPorts(): Promise<WebSerialPort[]> {
    return Promise.resolve([...this.#lines]);
  }

  async requestPort(options: { filters?: WebSerialFilter[] } = {}): Promise<WebSerialPort> {
    this.asked.push(options.filters);
    const [first] = await this.getPorts();
    if (first === undefined) throw new DOMException('no port selected', 'NotFoundError');
    return first;
  }

  /** The event bubbles from the line, which stays its target. */
  #tell(type: string, line: LabWebSerialPort): void {
    const event = new Event(type);
    Object.defineProperty(event, 'target', { value: line });
    this.dispatchEvent(event);
  }
}

/** Streams that behave as Web Serial, 4.6 and 4.7, has them. */
class LabWebSerialPort implements WebSerialPort {
  readonly connected = true;
  readonly #bus: LabBus<'serial'>;
  readonly #port: SerialPort;
  #transport: ByteTransport | undefined;
  #readable: ReadableStream<Uint8Array> | null = null;
  #writable: WritableStream<Uint8Array> | null = null;
  #gone = false;

  constructor(bus: LabBus<'serial'>, port: SerialPort) {
    this.#bus = bus;
    this.#port = port;
  }

  get readable(): ReadableStream<Uint8Array> | null {
    if (this.#transport === undefined || this.#gone) return null;
    return (this.#readable ??= this.#newReadable(this.#transport));
  }

  get writable(): WritableStream<Uint8Array> | null {
    if (this.#transport === undefined || this.#gone) return null;
    return (this.#writable ??= this.#newWritable(this.#transport));
  }

  getInfo(): { usbVendorId?: number | undefined; usbProductId?: number | undefined } {
    return { usbVendorId: this.#port.vendorId, usbProductId: this.#port.productId };
  }

  async open({ flowControl, bufferSize, ...options }: WebSerialOptions): Promise<void> {
    if (this.#transport !== undefined) throw new DOMException('already open', 'InvalidStateError');
    if (bufferSize === 0) throw new TypeError('a buffer of no bytes');
    try {
      this.#transport = await this.#bus.open(this.#port, { ...options, rtscts: flowControl === 'hardware' });
      void this.#transport.ended.then((end) => {
        this.#gone ||= end.reason === 'lost';
      });
    } catch (error) {
      throw browserError(error, NAMES);
    }
  }

  async close(): Promise<void> {
    const transport = this.#transport;
    if (transport === undefined) throw new DOMException('not open', 'InvalidStateError');
    await Promise.all([this.#readable?.cancel(), this.#writable?.abort()]);
    this.#transport = undefined;
    this.#gone = false;
    await transport.close();
  }

  #newReadable(transport: ByteTransport): ReadableStream<Uint8Array> {
    let stop = (): void => undefined;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const reading = transport.input.subscribe({
          next: (bytes) => {
            controller.enqueue(bytes);
          },
          error: (error: unknown) => {
            this.#gone ||= error instanceof DeviceError && error.code === 'lost';
            this.#readable = null;
            controller.error(browserError(error, NAMES));
          },
        });
        stop = () => {
          reading.unsubscribe();
        };
      },
      cancel: () => {
        stop();
        this.#readable = null;
      },
    });
  }

  #newWritable(transport: ByteTransport): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      write: async (bytes, { signal }) => {
        try {
          await transport.write(bytes, { ...NEVER, signal });
        } catch (error) {
          throw signal.aborted ? signal.reason : browserError(error, NAMES);
        }
      },
      close: () => {
        this.#writable = null;
      },
      abort: () => {
        this.#writable = null;
      },
    });
  }
}
