import { firstValueFrom } from 'rxjs';
import { busSource, DeviceManager } from '@buergerkoffer/core';
import { LabBus, plugUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import {
  FINGERPRINT_SCANNER,
  uru4500,
  type FingerprintEvent,
  type FingerprintScanner,
} from '@buergerkoffer/fingerprint';

/** A device on a bus of this process, opened through the manager as an application does it. */
export function benchOf(device: VirtualUsbDevice, random?: () => number) {
  const bus = new LabBus('usb');
  const manager = new DeviceManager([busSource(bus, [uru4500(random === undefined ? {} : { random })])]);
  let plugged = plugUsb(bus, device);
  let release = (): Promise<void> => Promise.resolve();
  return {
    open: async (signal?: AbortSignal): Promise<FingerprintScanner> => {
      const [candidate] = await firstValueFrom(manager.of(FINGERPRINT_SCANNER));
      if (candidate === undefined) throw new Error('no scanner on the bus');
      // What opened last in vain may still be closing.
      const request = { owner: 'test', reason: 'test', whenBusy: 'wait', waitMs: 5_000 } as const;
      const lease = await manager.open(candidate, request, signal);
      release = () => lease.release();
      return lease.device;
    },
    /** Closes what was opened last, so that it can be opened again. */
    release: () => release(),
    unplug: () => {
      plugged.unplug();
    },
    plug: (another = device) => {
      plugged = plugUsb(bus, another);
    },
  };
}

/** What a capture tells until it is over; rejects as it does. */
export async function eventsOf(
  scanner: FingerprintScanner,
  patienceMs = 30_000,
): Promise<readonly FingerprintEvent[]> {
  const events: FingerprintEvent[] = [];
  await scanner.capture({ finger: 'right-index', patienceMs }).forEach((event) => {
    events.push(event);
  });
  return events;
}

/** The types of events, with the reason of a retry. */
export function told(events: readonly FingerprintEvent[]): readonly string[] {
  return events.map((event) => (event.type === 'retry' ? `retry: ${event.reason}` : event.type));
}
