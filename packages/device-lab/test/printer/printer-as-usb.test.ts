import { describe, expect, it } from 'vitest';
import type { UsbSetup } from '@buergerkoffer/core';
import {
  LabBus,
  plugUsb,
  printerAsUsb,
  virtualPrinter,
  type PrinterUsbOptions,
} from '@buergerkoffer/device-lab';

const DEVICE_ID = 'MFG:Lab;MDL:Plain;CMD:PDF;';

async function plugged(options: PrinterUsbOptions = {}) {
  const printer = virtualPrinter({ deviceId: DEVICE_ID });
  const bus = new LabBus('usb');
  const { ports, unplug } = plugUsb(bus, printerAsUsb(printer, options));
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  const usb = await bus.open(port, {});
  const ask = async (request: number, index = 0) => {
    const setup: UsbSetup = { requestType: 'class', recipient: 'interface', request, value: 0, index };
    const answer = await usb.controlTransferIn(setup, 1_023);
    return answer.status === 'ok' ? answer.data : answer.status;
  };
  const reset = () =>
    usb.controlTransferOut(
      { requestType: 'class', recipient: 'interface', request: 2, value: 0, index: 0 },
      new Uint8Array(),
    );
  return { printer, port, usb, unplug, ask, reset };
}

describe('a printer of the plain USB class', () => {
  it('tells its device id behind a length that counts itself, and stalls for an interface that it does not have', async () => {
    const { ask } = await plugged();
    expect(await ask(0)).toEqual(
      Uint8Array.of(0, DEVICE_ID.length + 2, ...new TextEncoder().encode(DEVICE_ID)),
    );
    expect(await ask(0, 1 << 8)).toBe('stall');
  });

  it.each([
    ['paper-empty', 0x30],
    ['not-selected', 0x08],
    ['error', 0x10],
  ] as const)('tells in its port status that it is %s', async (hindrance, status) => {
    const { printer, ask } = await plugged();
    expect(await ask(1)).toEqual(Uint8Array.of(0x18));
    printer.hinder(hindrance);
    expect(await ask(1)).toEqual(Uint8Array.of(status));
  });

  it('takes nothing while something stops it, and the rest when somebody has seen to it', async () => {
    const { printer, usb } = await plugged();
    printer.hinder('paper-empty');
    const sent = usb.transferOut(1, Uint8Array.of(1, 2, 3));
    await expect(
      usb.controlTransferIn(
        { requestType: 'class', recipient: 'interface', request: 1, value: 0, index: 0 },
        1,
      ),
    ).resolves.toBeDefined();
    expect(printer.received).toEqual([]);
    printer.clear();
    expect(await sent).toEqual({ status: 'ok', bytesWritten: 3 });
    expect(printer.received).toEqual([Uint8Array.of(1, 2, 3)]);
  });

  it('forgets what it has when it is reset, and the transfer that waits', async () => {
    const { printer, usb, reset } = await plugged();
    await usb.transferOut(1, Uint8Array.of(1));
    printer.hinder('error');
    const waiting = usb.transferOut(1, Uint8Array.of(2));
    await reset();
    await waiting;
    printer.clear();
    expect([printer.received, printer.resets]).toEqual([[], 1]);
  });

  it('has no pipe to its host where it is unidirectional', async () => {
    const { usb, port } = await plugged({ protocol: 'unidirectional' });
    expect(usb.endpoints.map(({ direction }) => direction)).toEqual(['out']);
    expect(port.interfaceProtocol).toBe(1);
  });
});
