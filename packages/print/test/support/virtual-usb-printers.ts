import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { ippService, type SimulatedIppPrinter } from '@buergerkoffer/print/simulator';

const ENDPOINTS = [
  { direction: 'out', number: 1, type: 'bulk', packetSize: 512 },
  { direction: 'in', number: 1, type: 'bulk', packetSize: 512 },
] as const;

/** How a printer over USB writes its answers. */
export interface IppUsbOptions {
  /** In chunks of HTTP, with an interim answer in front. */
  readonly chunked?: boolean;
}

/** A simulated printer as a device with an interface of IPP over USB. */
export function ippUsbDevice(
  printer: SimulatedIppPrinter,
  { chunked = false }: IppUsbOptions = {},
): VirtualUsbDevice {
  return {
    vendorId: 0x1209,
    productId: 0x0631,
    maker: 'Lab',
    model: 'IPP-USB printer',
    interfaces: [
      { number: 0, interfaceClass: 7, interfaceSubclass: 1, interfaceProtocol: 4, endpoints: ENDPOINTS },
    ],
    powerUp: (host) => {
      let kept = Buffer.alloc(0);
      const off = new AbortController();
      const answer = async (path: string, body: Buffer): Promise<void> => {
        const request = { method: 'POST', path, body: new Uint8Array(body) };
        const response = await ippService(printer)(request, off.signal);
        const parts: Uint8Array[] = [];
        for await (const part of response.body) parts.push(part);
        host.send(1, new Uint8Array(written(response.status, Buffer.concat(parts), chunked)), false);
      };
      return {
        received: async (_, data) => {
          kept = Buffer.concat([kept, data]);
          const head = kept.indexOf('\r\n\r\n');
          if (head < 0) return;
          const text = kept.toString('latin1', 0, head);
          const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
          if (kept.length < head + 4 + length) return;
          const body = kept.subarray(head + 4, head + 4 + length);
          kept = kept.subarray(head + 4 + length);
          // A line that is cut on a network is silence on USB.
          await answer(text.split(' ')[1] ?? '', body).catch(() => undefined);
        },
        powerDown: () => {
          off.abort();
        },
      };
    },
  };
}

function written(status: number, body: Buffer, chunked: boolean): Buffer {
  const head = `HTTP/1.1 ${status} Fine\r\nContent-Type: application/ipp\r\n`;
  if (!chunked) return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
  const half = Math.ceil(body.length / 2);
  const chunk = (part: Buffer): Buffer =>
    part.length === 0
      ? part
      : Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${head}Transfer-Encoding: chunked\r\n\r\n`),
    chunk(body.subarray(0, half)),
    chunk(body.subarray(half)),
    Buffer.from('0\r\n\r\n'),
  ]);
}

/** What a virtual printer of the plain class has, and what came into it. */
export interface PlainPrinter {
  readonly received: Uint8Array[];
  resets: number;
  /** Bits of the port status; 0x18 is ready, 0x20 paper empty. */
  status: number;
  /** While it is true nothing is taken. */
  isFull: boolean;
}

/** A printer of the plain USB class with this IEEE 1284 device id. */
export function plainUsbDevice(id: string): {
  readonly device: VirtualUsbDevice;
  readonly printer: PlainPrinter;
} {
  const printer: PlainPrinter = { received: [], resets: 0, status: 0x18, isFull: false };
  const device: VirtualUsbDevice = {
    vendorId: 0x1209,
    productId: 0x0007,
    maker: 'Lab',
    model: 'Plain printer',
    interfaces: [
      { number: 0, interfaceClass: 7, interfaceSubclass: 1, interfaceProtocol: 2, endpoints: ENDPOINTS },
    ],
    powerUp: () => {
      let off = false;
      return {
        controlIn: ({ request }) => {
          if (request === 0) return Uint8Array.of(...lengthOf(id), ...Buffer.from(id));
          return request === 1 ? Uint8Array.of(printer.status) : undefined;
        },
        controlOut: ({ request }) => {
          if (request !== 2) return false;
          printer.resets += 1;
          return true;
        },
        received: async (_, data) => {
          while (printer.isFull && !off) await new Promise((resolve) => setTimeout(resolve, 20));
          printer.received.push(data);
        },
        powerDown: () => {
          off = true;
        },
      };
    },
  };
  return { device, printer };
}

function lengthOf(id: string): readonly [number, number] {
  return [(id.length + 2) >> 8, (id.length + 2) & 0xff];
}
