import { busSource, DeviceManager, supportedDevices, udevRules } from '@buergerkoffer/core';
import {
  LabBus,
  plugUsb,
  printerAsUsb,
  virtualPrinter,
  type PrinterUsbOptions,
} from '@buergerkoffer/device-lab';
import fc from 'fast-check';
import { firstValueFrom, take } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { ippUsbDriver, memoryJournal, PRINTER, usbPrinterDriver, type Printer } from '@buergerkoffer/print';
import { formatsOf, readDeviceId } from '../../src/usb/device-id.js';
import { DOCUMENT, eventsOf, failureOf, fresh, typesOf } from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const ID = 'MFG:Lab;MDL:Plain 1;CMD:PDF,PWG;SN:42;';

async function bench(deviceId = ID, options: PrinterUsbOptions = {}) {
  const bus = new LabBus('usb');
  const printer = virtualPrinter({ deviceId });
  const plugged = plugUsb(bus, printerAsUsb(printer, options));
  const manager = new DeviceManager([busSource(bus, [usbPrinterDriver({ journal: memoryJournal() })])]);
  const [candidate] = await firstValueFrom(manager.of(PRINTER));
  if (candidate === undefined) throw new Error('no printer on the bus');
  const open = async (): Promise<Printer> =>
    (await manager.open(candidate, { owner: 'test', reason: 'test' })).device;
  return { printer, plugged, open };
}

describe('a printer of the plain USB class', () => {
  it.each(['bidirectional', 'unidirectional'] as const)(
    'is given the document as it is, once (%s)',
    async (protocol) => {
      const { printer, open } = await bench(ID, { protocol });
      const device = await open();
      expect(device.info).toMatchObject({ maker: 'Lab', model: 'Plain 1', serialNumber: '42' });
      expect(device.capabilities.documentFormats).toEqual(['application/pdf', 'image/pwg-raster']);
      const job = fresh();
      expect(typesOf(await eventsOf(device.print(DOCUMENT, job)))).toEqual(['queued', 'done']);
      expect(typesOf(await eventsOf(device.print(DOCUMENT, job)))).toEqual(['queued', 'done']);
      expect(Buffer.concat(printer.received)).toEqual(Buffer.from(DOCUMENT.bytes));
      await device.close();
    },
  );

  it('asks for paper while it takes nothing, and goes on by itself', async () => {
    const { printer, open } = await bench();
    const device = await open();
    printer.hinder('paper-empty');
    expect(await device.status()).toMatchObject({ state: 'stopped', reasons: [{ stem: 'media-empty' }] });
    const events = eventsOf(device.print({ ...DOCUMENT, bytes: big(64) }, fresh()));
    await vi.waitFor(async () => {
      expect(await device.status()).toMatchObject({ state: 'stopped' });
    });
    setTimeout(() => {
      printer.clear();
    }, 1_500);
    expect(typesOf(await events)).toEqual(['attention', 'queued', 'done']);
    await device.close();
  });

  it('throws away what it has when the job is cancelled, and the job is not begun anew when nobody knows how it ended', async () => {
    const { printer, open } = await bench();
    const device = await open();
    printer.hinder('paper-empty');
    const job = fresh();
    const document = { ...DOCUMENT, bytes: big(64) };
    await eventsOf(device.print(document, job).pipe(take(1)));
    await vi.waitFor(() => {
      expect(printer.resets).toBe(1);
    });
    printer.clear();
    expect(printer.received).toEqual([]);
    expect(await failureOf(device.print(document, job))).toMatchObject({ code: 'lost' });
    await device.close();
  });

  it('that is pulled out is lost', async () => {
    const { printer, plugged, open } = await bench();
    const device = await open();
    printer.hinder('error');
    const failure = failureOf(device.print({ ...DOCUMENT, bytes: big(64) }, fresh()));
    setTimeout(() => {
      plugged.unplug();
    }, 50);
    expect(await failure).toMatchObject({ code: 'lost' });
  });

  it('that understands its own language only is not opened, and says what to do', async () => {
    const { open } = await bench('MFG:Lab;MDL:GDI 1;CMD:GDI;');
    await expect(open()).rejects.toMatchObject({
      code: 'unsupported',
      remedy: expect.stringContaining('CUPS') as string,
    });
  });
});

describe('a device id', () => {
  it('is read with short and long keys, in any order', () => {
    const bytes = Buffer.from('\0\x40COMMAND SET:PJL,PDF,URF;MODEL:X 1;MANUFACTURER:Y;');
    expect(readDeviceId(bytes)).toEqual({
      maker: 'Y',
      model: 'X 1',
      serialNumber: undefined,
      commands: ['PJL', 'PDF', 'URF'],
    });
    expect(formatsOf(['PJL', 'PDF1.7', 'JPG'])).toEqual(['application/pdf', 'image/jpeg']);
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        try {
          readDeviceId(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('the drivers of printers on USB', () => {
  it('are named in the list of supported devices, and in the rules for udev', () => {
    const drivers = [ippUsbDriver(), usbPrinterDriver()];
    expect(supportedDevices(drivers).map(({ driver }) => driver)).toEqual([
      'ipp-usb',
      'usb-printer',
      'usb-printer',
    ]);
    const { text } = udevRules(drivers);
    expect(text).toContain(':070104:');
    expect(text).toContain(':070102:');
  });
});

/** A document of this many kilobytes. */
function big(kilobytes: number): Uint8Array {
  const bytes = new Uint8Array(kilobytes * 1024).fill(0x20);
  bytes.set(DOCUMENT.bytes);
  return bytes;
}
