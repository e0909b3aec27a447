import { busSource, DeviceError, DeviceManager } from '@buergerkoffer/core';
import {
  breakingAt,
  ippUsbPrinter,
  LabBus,
  plugUsb,
  printerAsUsb,
  virtualPrinter,
  type Breaking,
  type VirtualUsbDevice,
} from '@buergerkoffer/device-lab';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { ippUsbDriver, memoryJournal, PRINTER, usbPrinterDriver } from '@buergerkoffer/print';
import { ippService, SimulatedIppPrinter } from '@buergerkoffer/print/simulator';
import { inVirtualTime } from '../../../device-lab/test/support/virtual-time.js';
import { DOCUMENT, eventsOf, fresh } from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const DEVICE_ID = 'MFG:Lab;MDL:Plain 1;CMD:PDF;';

/**
 * From opening to closing: one document. The error that it ended with, undefined for none. Digests take time that is not virtual: patience is
 * so long that they never use it up.
 */
async function session(device: VirtualUsbDevice): Promise<unknown> {
  const bus = new LabBus('usb');
  const options = { journal: memoryJournal(), pollMs: 1_000, toleranceMs: 0, watchMs: 1_000 };
  const manager = new DeviceManager([busSource(bus, [ippUsbDriver(options), usbPrinterDriver(options)])]);
  const { unplug } = plugUsb(bus, device);
  try {
    const [candidate] = await firstValueFrom(manager.of(PRINTER));
    if (candidate === undefined) throw new Error('no printer');
    const lease = await manager.open(candidate, { owner: 'test', reason: 'test' });
    try {
      await eventsOf(lease.device.print(DOCUMENT, { ...fresh(), patienceMs: 600_000 }));
      return undefined;
    } finally {
      await lease.release();
      await lease.ended;
    }
  } catch (error) {
    return error;
  } finally {
    unplug();
  }
}

describe.each([
  ['with IPP over USB', () => ippUsbPrinter(ippService(new SimulatedIppPrinter({ paceMs: 1 })))],
  ['of the plain class', () => printerAsUsb(virtualPrinter({ deviceId: DEVICE_ID }))],
])('a printer %s', (_, make) => {
  it.each(['vanish', 'stall'] as const satisfies readonly Breaking['fault'][])(
    'that breaks at any step of its protocol (%s) is a typed error, and nothing hangs',
    async (fault) => {
      const sound = breakingAt(make());
      expect(await inVirtualTime(() => session(sound))).toBeUndefined();
      for (let step = 1; step <= sound.steps; step += 1) {
        const error = await inVirtualTime(() => session(breakingAt(make(), { step, fault })));
        if (error === undefined) continue;
        expect(error, `step ${step}`).toBeInstanceOf(DeviceError);
        if (fault === 'vanish') expect(error, `step ${step}`).toMatchObject({ code: 'lost' });
      }
    },
  );
});
