import { busSource, DeviceManager } from '@buergerkoffer/core';
import { FaultScript, type Fault } from '@buergerkoffer/core/simulation';
import type { DeviceUnderTest } from '@buergerkoffer/core/testing';
import {
  ippUsbPrinter,
  LabBus,
  plugUsb,
  virtualPrinter,
  type IppUsbOptions,
} from '@buergerkoffer/device-lab';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { ippUsbDriver, memoryJournal, PRINTER, usbPrinterDriver, type Printer } from '@buergerkoffer/print';
import { ippService, SimulatedIppPrinter } from '@buergerkoffer/print/simulator';
import { PRINTER_CONTRACT } from '@buergerkoffer/print/testing';
import { DOCUMENT, eventsOf, failureOf, fresh, typesOf } from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** A printer on a USB bus of this process. */
function bench(options: IppUsbOptions = {}) {
  const printer = new SimulatedIppPrinter({ paceMs: 40 });
  const bus = new LabBus('usb');
  const driver = ippUsbDriver({ pollMs: 20, toleranceMs: 0, watchMs: 1_000, journal: memoryJournal() });
  const manager = new DeviceManager([busSource(bus, [usbPrinterDriver(), driver])]);
  const device = ippUsbPrinter(ippService(printer), options);
  const faults = new FaultScript();
  let plugged = plugUsb(bus, device, { faults });
  return {
    printer,
    faults,
    open: async (signal?: AbortSignal): Promise<Printer> => {
      const [candidate] = await firstValueFrom(manager.of(PRINTER));
      if (candidate === undefined) throw new Error('no printer on the bus');
      return (await manager.open(candidate, { owner: 'test', reason: 'test' }, signal)).device;
    },
    unplug: () => {
      plugged.unplug();
    },
    plug: () => {
      plugged = plugUsb(bus, device);
    },
  };
}

describe('a printer that speaks IPP over USB', () => {
  it.each(PRINTER_CONTRACT)('$name', async (contractCase) => {
    const { printer, open, plug, unplug } = bench();
    const show = (fault: Fault): void => {
      if (fault.type === 'paper-out') printer.stop('media-empty', 2);
      else if (fault.type === 'jam') printer.stop('media-jam', 2);
      else if (fault.type === 'vanish') printer.onNextSide(unplug);
      else printer.line.plan({ operation: 'Get-Job-Attributes', type: 'silence' });
    };
    const subject: DeviceUnderTest<Printer> = {
      open,
      plug,
      unplug,
      fault: (_, fault) => {
        show(fault);
      },
      clear: () => {
        printer.clear();
      },
    };
    try {
      await contractCase.run(subject);
    } finally {
      printer.restart();
    }
  });

  it('prints when it answers in chunks, behind interim answers', async () => {
    const { printer, open } = bench({ chunked: true });
    const device = await open();
    expect(typesOf(await eventsOf(device.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    expect(printer.printed).toHaveLength(1);
    await device.close();
  });

  it.each(['alternate', 'first'] as const)('prints where IPP over USB is the %s setting', async (setting) => {
    const plain = virtualPrinter({ deviceId: 'MFG:Lab;MDL:Both;CMD:PDF;' });
    const { printer, open } = bench({ setting, plain });
    const device = await open();
    expect(typesOf(await eventsOf(device.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    expect([printer.printed.length, plain.received.length]).toEqual([1, 0]);
    await device.close();
  });

  it('can be spoken to again after an answer that did not come', async () => {
    const { printer, open } = bench();
    const device = await open();
    printer.line.plan({ operation: 'Get-Printer-Attributes', type: 'garbage' });
    await expect(device.status()).rejects.toMatchObject({ code: 'protocol' });
    expect(await device.status()).toMatchObject({ state: 'idle' });
    printer.line.plan({ operation: 'Get-Jobs', type: 'silence' });
    expect(await failureOf(device.print(DOCUMENT, { ...fresh(), patienceMs: 300 }))).toMatchObject({
      code: 'timeout',
    });
    await device.close();
  });

  it('hears the next request when the one before was only half said', async () => {
    const { faults, open } = bench();
    const device = await open();
    faults.plan({ operation: 'out', onCall: 2, fault: { type: 'time-out' } });
    await expect(device.status(AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await device.status()).toMatchObject({ state: 'idle' });
    await device.close();
  });
});
