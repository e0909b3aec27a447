import { describe, expect, it } from 'vitest';
import type { UsbSetup, UsbTransport } from '@buergerkoffer/core';
import { hidAsUsb, LabBus, plugUsb, type VirtualHidDevice } from '@buergerkoffer/device-lab';
import { counting } from '../support/echo-device.js';
import { echoHid } from '../support/echo-hid.js';

async function opened(device: VirtualHidDevice): Promise<UsbTransport> {
  const bus = new LabBus('usb');
  const [port] = plugUsb(bus, hidAsUsb(device)).ports;
  if (port === undefined) throw new Error('no port');
  expect(port).toMatchObject({ interfaceClass: 3, model: 'HID echo', serialNumber: 'H1' });
  return bus.open(port, {});
}

const ofClass = (request: number, value: number): UsbSetup => ({
  requestType: 'class',
  recipient: 'interface',
  request,
  value,
  index: 0,
});
const descriptor = (type: number): UsbSetup => ({
  requestType: 'standard',
  recipient: 'interface',
  request: 6,
  value: type << 8,
  index: 0,
});
const [GET_REPORT, SET_REPORT, SET_IDLE] = [1, 9, 10];
const [INPUT, OUTPUT, FEATURE] = [0x100, 0x200, 0x300];

async function bytesOf(read: ReturnType<UsbTransport['transferIn']>): Promise<number[] | 'stall'> {
  const result = await read;
  return result.status === 'ok' ? [...result.data] : 'stall';
}

describe('a HID device behind USB', () => {
  it('describes itself and its reports', async () => {
    const device = echoHid(false);
    const usb = await opened(device);
    const { length } = device.reportDescriptor;
    expect(await bytesOf(usb.controlTransferIn(descriptor(0x21), 255))).toEqual([
      9,
      0x21,
      0x11,
      1,
      0,
      1,
      0x22,
      length,
      0,
    ]);
    expect(await bytesOf(usb.controlTransferIn(descriptor(0x22), 255))).toEqual([...device.reportDescriptor]);
    expect(usb.endpoints).toMatchObject([
      { direction: 'in', number: 1, type: 'interrupt', packetSize: 16 },
      { direction: 'out', number: 2, type: 'interrupt', packetSize: 16 },
    ]);
  });

  it('carries numbered reports with their number first, plain ones without', async () => {
    const numbered = await opened(echoHid(true));
    await numbered.transferOut(2, new Uint8Array([3, 1, 2, 3, 4]));
    expect(await bytesOf(numbered.transferIn(1, 5))).toEqual([3, 1, 2, 3, 4]);
    const plain = await opened(echoHid(false));
    await plain.transferOut(2, counting(16));
    expect(await bytesOf(plain.transferIn(1, 16))).toEqual([...counting(16)]);
    await plain.transferOut(2, counting(16).reverse());
    expect(await bytesOf(plain.transferIn(1, 16))).toEqual([...counting(16).reverse()]);
  });

  it('takes output and feature reports by SET_REPORT, and gives them by GET_REPORT', async () => {
    const usb = await opened(echoHid(true));
    const ok = { status: 'ok' };
    await expect(usb.controlTransferOut(ofClass(SET_IDLE, 0))).resolves.toMatchObject(ok);
    expect(await bytesOf(usb.controlTransferIn(ofClass(GET_REPORT, INPUT | 3), 64))).toEqual([3, 0, 0, 0, 0]);
    await expect(
      usb.controlTransferOut(ofClass(SET_REPORT, OUTPUT | 3), new Uint8Array([3, 9, 8, 7, 6])),
    ).resolves.toMatchObject(ok);
    expect(await bytesOf(usb.controlTransferIn(ofClass(GET_REPORT, INPUT | 3), 64))).toEqual([3, 9, 8, 7, 6]);
    expect(await bytesOf(usb.controlTransferIn(ofClass(GET_REPORT, FEATURE | 7), 64))).toBe('stall');
    await usb.controlTransferOut(ofClass(SET_REPORT, FEATURE | 7), new Uint8Array([7, ...counting(8)]));
    expect(await bytesOf(usb.controlTransferIn(ofClass(GET_REPORT, FEATURE | 7), 64))).toEqual([
      7,
      ...counting(8),
    ]);
  });

  it.each<[string, UsbSetup]>([
    ['the protocol of a boot device', ofClass(3, 0)],
    ['an input report that there is not', ofClass(GET_REPORT, INPUT | 9)],
    ['a vendor request', { ...ofClass(GET_REPORT, FEATURE), requestType: 'vendor' }],
  ])('stalls when it is asked for %s', async (_, setup) => {
    const usb = await opened(echoHid(true));
    expect(await bytesOf(usb.controlTransferIn(setup, 64))).toBe('stall');
  });
});
