import { DeviceError, type HttpRequest, type HttpResponse } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import { bulkPacketBytes, type UsbIdentity } from '../usb/usb-identity.js';
import type {
  UsbHost,
  VirtualEndpoint,
  VirtualInterface,
  VirtualUsbDevice,
} from '../usb/virtual-usb-device.js';
import type { HttpService } from '../virtual-http.js';
import { HttpRequestReader } from './http-request-reader.js';
import { PRINTER_CLASS, printerRequests, PROTOCOL, type PrinterInterface } from './printer-requests.js';
import type { VirtualPrinter } from './virtual-printer.js';

/** How a printer that speaks IPP over USB shows itself. */
export interface IppUsbOptions {
  /** Default 1209:0006, a test id of pid.codes. */
  readonly identity?: UsbIdentity;
  /** How many requests it answers side by side, each on an interface of its own, 1 to 7. Default 2, as most have. */
  readonly pipes?: number;
  /**
   * Where IPP over USB stands: `alternate`, as in nearly all printers, is setting 1 of each interface, whose first setting is the plain
   * class (interface 0) or the maker's own; `first` is the only setting. Default `alternate`.
   */
  readonly setting?: 'alternate' | 'first';
  /** The printer of the plain class in the first setting of interface 0; without it that setting takes nothing. */
  readonly plain?: VirtualPrinter;
  /** Answers come in chunks, behind an interim one (100), as some printers send them. Default false. */
  readonly chunked?: boolean;
  /** Hears what the service throws: its host sees silence, as of a line that was cut. */
  readonly failed?: (error: unknown) => void;
}

const IDENTITY = { vendorId: 0x1209, productId: 0x0006, maker: 'Lab', model: 'Virtual IPP printer' } as const;
const DEVICE_ID = 'MFG:Lab;MDL:Virtual IPP printer;CMD:PDF,PWGRaster;';
const MOST_PIPES = 7;
const VENDOR_CLASS = 0xff;

/**
 * A printer that carries the HTTP of `service` over its pipes (IPP over USB 1.0; class 7, 1, 4), as firmware does it: one request after
 * the other in each pipe, and what a host left half said is in the way of the next one until it resets the interface. Throws
 * `invalid-request` for another number of pipes.
 */
export function ippUsbPrinter(service: HttpService, options: IppUsbOptions = {}): VirtualUsbDevice {
  const {
    identity = {},
    pipes = 2,
    setting = 'alternate',
    plain,
    chunked = false,
    failed = () => undefined,
  } = options;
  if (!Number.isInteger(pipes) || pipes < 1 || pipes > MOST_PIPES) {
    throw new DeviceError('invalid-request', `a printer has 1 to ${MOST_PIPES} pipes`, { path: 'pipes' });
  }
  const numbers = Array.from({ length: pipes }, (_, number) => number);
  return {
    ...IDENTITY,
    ...identity,
    interfaces: numbers.flatMap((number) => settingsOf(number, options)),
    powerUp: (host) => {
      const off = new AbortController();
      const lines = numbers.map(
        (number) => new HttpLine(host, number + 1, { service, chunked, failed, off: off.signal }),
      );
      const settings = new Map(setting === 'first' ? numbers.map((number) => [number, 1]) : []);
      const speaksIpp = (number: number): boolean => settings.get(number) === 1;
      const requests = printerRequests(
        new Map(lines.map((line, number) => [number, interfaceOf(line, number === 0 ? plain : undefined)])),
      );
      return {
        ...requests,
        received: (endpoint, data) => {
          if (speaksIpp(endpoint - 1)) return lines[endpoint - 1]?.take(data);
          if (plain !== undefined) return plain.take(data);
          host.halt('out', endpoint);
        },
        alternateSetting: (number, chosen) => {
          settings.set(number, setting === 'first' ? 1 : chosen);
          lines[number]?.reset();
        },
        powerDown: () => {
          off.abort(new DeviceError('lost', 'the printer has no power'));
        },
      };
    },
  };
}

function settingsOf(
  number: number,
  { identity, setting = 'alternate' }: IppUsbOptions,
): readonly VirtualInterface[] {
  const packetSize = bulkPacketBytes(identity?.speed);
  const out: VirtualEndpoint = { direction: 'out', number: number + 1, type: 'bulk', packetSize };
  const endpoints = [out, { ...out, direction: 'in' } as const];
  const ipp = { number, ...PRINTER_CLASS, interfaceProtocol: PROTOCOL.ippOverUsb, endpoints };
  if (setting === 'first') return [ipp];
  const first =
    number === 0
      ? { number, ...PRINTER_CLASS, interfaceProtocol: PROTOCOL.bidirectional, endpoints }
      : { number, interfaceClass: VENDOR_CLASS, endpoints: [] };
  return [first, { ...ipp, alternateSetting: 1 }];
}

function interfaceOf(line: HttpLine, plain: VirtualPrinter | undefined): PrinterInterface {
  return {
    deviceId: plain?.deviceId ?? DEVICE_ID,
    hindrance: () => plain?.hindrance,
    reset: () => {
      line.reset();
      plain?.reset();
    },
  };
}

/** What all pipes of a printer have in common. */
interface HttpLineParts {
  readonly service: HttpService;
  readonly chunked: boolean;
  readonly failed: (error: unknown) => void;
  readonly off: AbortSignal;
}

/** One pipe that carries HTTP. */
class HttpLine {
  readonly #host: UsbHost;
  readonly #endpoint: number;
  readonly #parts: HttpLineParts;
  readonly #reader = new HttpRequestReader();
  #reset = new AbortController();
  #answered: Promise<void> = Promise.resolve();

  constructor(host: UsbHost, endpoint: number, parts: HttpLineParts) {
    this.#host = host;
    this.#endpoint = endpoint;
    this.#parts = parts;
  }

  /** Takes what comes; whoever waits for the answer hears it on the other pipe. */
  take(data: Uint8Array): void {
    const signal = AbortSignal.any([this.#parts.off, this.#reset.signal]);
    const failed = (error: unknown): void => {
      if (!signal.aborted) this.#parts.failed(error);
    };
    try {
      this.#reader.push(data);
      for (let request = this.#reader.next(); request !== undefined; request = this.#reader.next()) {
        const one = request;
        this.#answered = this.#answered.then(() => this.#answer(one, signal)).catch(failed);
      }
    } catch (error) {
      failed(error);
      this.#host.halt('out', this.#endpoint);
    }
  }

  async #answer(request: HttpRequest, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const answer = await written(await this.#parts.service(request, signal), this.#parts.chunked);
    signal.throwIfAborted();
    this.#host.send(this.#endpoint, answer, false);
  }

  /** Forgets what was half said, and what is being answered. */
  reset(): void {
    this.#reset.abort(new DeviceError('lost', 'the host began anew'));
    this.#reset = new AbortController();
    this.#reader.reset();
    this.#answered = Promise.resolve();
    this.#host.discard(this.#endpoint);
  }
}

/** The answer as it travels. */
async function written({ status, headers, body }: HttpResponse, chunked: boolean): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) if (part.length > 0) parts.push(part);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const encoder = new TextEncoder();
  const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const out = new ByteWriter('big');
  const say = (text: string): void => {
    out.bytes(encoder.encode(text));
  };
  if (chunked) say('HTTP/1.1 100 Continue\r\n\r\n');
  say([`HTTP/1.1 ${status} Answer`, ...lines, framing, '', ''].join('\r\n'));
  for (const part of parts) {
    if (chunked) say(`${part.length.toString(16)}\r\n`);
    out.bytes(part);
    if (chunked) say('\r\n');
  }
  if (chunked) say('0\r\n\r\n');
  return out.toBytes();
}
