import { describe, expect, it } from 'vitest';
import type { UsbPort, UsbTransport } from '@buergerkoffer/core';
import {
  ippUsbPrinter,
  LabBus,
  plugUsb,
  virtualPrinter,
  type HttpService,
  type IppUsbOptions,
} from '@buergerkoffer/device-lab';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (data: Uint8Array): string => new TextDecoder().decode(data);
const asked = (body: string): Uint8Array =>
  bytes(`POST /ipp/print HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

/** Answers with what it is asked, in two parts. */
const echo: HttpService = ({ path, body = new Uint8Array() }) => {
  async function* parts() {
    await Promise.resolve();
    yield bytes(`${path} `);
    yield body;
  }
  return Promise.resolve({ status: 200, headers: { 'content-type': 'application/ipp' }, body: parts() });
};

function plugged(service: HttpService, options: IppUsbOptions = {}) {
  const bus = new LabBus('usb');
  const { ports } = plugUsb(bus, ippUsbPrinter(service, options));
  const isIpp = ({ interfaceProtocol, interfaceNumber }: UsbPort, number: number) =>
    interfaceProtocol === 4 && interfaceNumber === number;
  const open = (number = 0): Promise<UsbTransport> => {
    const port = ports.find((one) => isIpp(one, number));
    if (port === undefined) throw new Error('no such interface');
    return bus.open(port, {});
  };
  return { bus, ports, open };
}

async function said(usb: UsbTransport, endpoint = 1): Promise<string> {
  const answer = await usb.transferIn(endpoint, 16_384);
  return answer.status === 'ok' ? textOf(answer.data) : answer.status;
}

describe('a printer with IPP over USB', () => {
  it('has it as a second setting, beside the plain class and what is its own, as most have', () => {
    const { ports } = plugged(echo, { pipes: 3 });
    expect(
      ports.map((port) => [port.interfaceNumber, port.alternateSetting, port.interfaceProtocol]),
    ).toEqual([
      ...[0, 1, 2].map((number) => [number, 1, 4]),
      ...[0, 1, 2].map((number) => [number, undefined, number === 0 ? 2 : 0]),
    ]);
  });

  it('carries a request to its service, in whatever pieces, and the answer back', async () => {
    const usb = await plugged(echo).open();
    const request = asked('Hallo');
    await usb.transferOut(1, request.subarray(0, 20));
    await usb.transferOut(1, request.subarray(20));
    expect(await said(usb)).toBe(
      'HTTP/1.1 200 Answer\r\ncontent-type: application/ipp\r\nContent-Length: 16\r\n\r\n/ipp/print Hallo',
    );
  });

  it('answers in chunks behind an interim answer where it is asked to', async () => {
    const usb = await plugged(echo, { chunked: true }).open();
    await usb.transferOut(1, asked('Hallo'));
    const answer = await said(usb);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    expect(answer).toMatch(/\r\n\r\nb\r\n\/ipp\/print \r\n5\r\nHallo\r\n0\r\n\r\n$/);
  });

  it('answers in each of its pipes what was asked there, a slow one keeping none waiting', async () => {
    const slowly: HttpService = async (request, signal) => {
      if (textOf(request.body ?? new Uint8Array()) === 'slow') await new Promise(() => undefined);
      return echo(request, signal);
    };
    const { open } = plugged(slowly);
    const [first, second] = [await open(0), await open(1)];
    await first.transferOut(1, asked('slow'));
    await second.transferOut(2, asked('quick'));
    expect(await said(second, 2)).toMatch(/quick$/);
  });

  it('takes what comes behind half a request for its rest, until it is reset', async () => {
    const usb = await plugged(echo).open();
    const half = bytes('POST /ipp/print HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf');
    await usb.transferOut(1, half);
    await usb.transferOut(1, asked('swallowed'));
    const reset = { requestType: 'class', recipient: 'interface', request: 2, value: 0, index: 0 } as const;
    await usb.controlTransferOut(reset, new Uint8Array());
    await usb.transferOut(1, asked('heard'));
    expect(await said(usb)).toMatch(/\/ipp\/print heard$/);
  });

  it('stalls what is no request, and tells whoever wants to hear', async () => {
    const failures: unknown[] = [];
    const usb = await plugged(echo, { failed: (error) => failures.push(error) }).open();
    expect(await usb.transferOut(1, bytes('%!PS\r\n\r\n'))).toEqual({ status: 'stall' });
    expect(failures).toHaveLength(1);
  });

  it('is the plain printer in its first setting, or takes nothing there', async () => {
    const plain = virtualPrinter({ deviceId: 'MFG:Lab;MDL:Both;' });
    const transferOf = async (options: IppUsbOptions) => {
      const { bus, ports } = plugged(echo, options);
      const port = ports.find(({ interfaceProtocol }) => interfaceProtocol === 2);
      if (port === undefined) throw new Error('no plain class');
      return (await bus.open(port, {})).transferOut(1, bytes('%PDF'));
    };
    expect(await transferOf({ plain })).toEqual({ status: 'ok', bytesWritten: 4 });
    expect(plain.received.map(textOf)).toEqual(['%PDF']);
    expect(await transferOf({})).toEqual({ status: 'stall' });
  });

  it('has one pipe at least', () => {
    expect(() => ippUsbPrinter(echo, { pipes: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    );
  });
});
