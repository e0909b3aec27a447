import { describe, expect, it } from 'vitest';
import type { UsbSetup, UsbTransport } from '@buergerkoffer/core';
import {
  LabBus,
  lineAsCdcAcm,
  plugUsb,
  type LineSettings,
  type VirtualLineDevice,
} from '@buergerkoffer/device-lab';
import { counting } from '../support/echo-device.js';

async function opened(device: VirtualLineDevice) {
  const bus = new LabBus('usb');
  const { ports } = plugUsb(bus, lineAsCdcAcm(device, { serialNumber: 'L1' }));
  const [control, data] = await Promise.all(ports.map((port) => bus.open(port, {})));
  if (control === undefined || data === undefined) throw new Error('no ports');
  return { ports, control, data };
}

const setup = (request: number, value = 0): UsbSetup => ({
  requestType: 'class',
  recipient: 'interface',
  request,
  value,
  index: 0,
});

async function read(usb: UsbTransport): Promise<number[]> {
  const result = await usb.transferIn(1, 4096);
  return result.status === 'ok' ? [...result.data] : [];
}

const echo: VirtualLineDevice = {
  powerUp: (send) => ({
    received: (bytes) => {
      send(bytes);
    },
  }),
};

describe('a line device behind USB', () => {
  it('is a modem with two interfaces', async () => {
    const { ports, data } = await opened(echo);
    expect(ports.map(({ interfaceClass }) => interfaceClass)).toEqual([2, 10]);
    expect(data.endpoints.map(({ direction, type }) => `${type} ${direction}`)).toEqual([
      'bulk in',
      'bulk out',
    ]);
  });

  it.each([1, 512, 700])('carries %i bytes there and back', async (length) => {
    const { data } = await opened(echo);
    await data.transferOut(2, counting(length));
    expect(await read(data)).toEqual([...counting(length)]);
  });

  it('tells the device how its host has set the line', async () => {
    const heard: LineSettings[] = [];
    const { control } = await opened({
      powerUp: () => ({ received: () => undefined, settings: (settings) => heard.push(settings) }),
    });
    await control.controlTransferOut(setup(0x20), new Uint8Array([0x00, 0xc2, 0x01, 0x00, 2, 2, 7]));
    await control.controlTransferOut(setup(0x22, 3));
    await control.controlTransferOut(setup(0x20), new Uint8Array([0x80, 0x25, 0, 0, 1, 3, 5]));
    const coding = { baudRate: 115_200, stopBits: 2, parity: 'even', dataBits: 7 };
    expect(heard).toEqual([
      coding,
      { ...coding, dtr: true, rts: true },
      { baudRate: 9600, dtr: true, rts: true },
    ]);
    await expect(control.controlTransferIn(setup(0x21), 7)).resolves.toEqual({
      status: 'ok',
      data: new Uint8Array([0x80, 0x25, 0, 0, 1, 3, 5]),
    });
  });

  it('takes a break, and stalls on what a modem does not know', async () => {
    const { control } = await opened(echo);
    await expect(control.controlTransferOut(setup(0x23))).resolves.toMatchObject({ status: 'ok' });
    await expect(control.controlTransferOut(setup(0x20), counting(6))).resolves.toEqual({ status: 'stall' });
    await expect(control.controlTransferOut(setup(0x02))).resolves.toEqual({ status: 'stall' });
    await expect(control.controlTransferIn(setup(0x02), 1)).resolves.toEqual({ status: 'stall' });
  });
});
