import { firstValueFrom } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type UsbTransport } from '@buergerkoffer/core';
import { LabBus, plugUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import {
  CAMERA,
  ptpUsbDriver,
  type Camera,
  type CameraEvent,
  type CaptureRequest,
} from '@buergerkoffer/camera';

/**
 * A camera on a bus of this process, opened through the manager as an application does it; `claimed` by another program
 * where that is said.
 */
export function benchOf(device: VirtualUsbDevice, { claimed = false } = {}) {
  const bus = claimed ? new ClaimedBus('usb') : new LabBus('usb');
  const manager = new DeviceManager([busSource(bus, [ptpUsbDriver])]);
  let plugged = plugUsb(bus, device);
  let release = (): Promise<void> => Promise.resolve();
  return {
    open: async (signal?: AbortSignal): Promise<Camera> => {
      const [candidate] = await firstValueFrom(manager.of(CAMERA));
      if (candidate === undefined) throw new Error('no camera on the bus');
      // What opened last in vain may still be closing.
      const request = { owner: 'test', reason: 'test', whenBusy: 'wait', waitMs: 5_000 } as const;
      const lease = await manager.open(candidate, request, signal);
      release = () => lease.release();
      return lease.device;
    },
    /** The interface, past the manager: another program. */
    transport: (): Promise<UsbTransport> => {
      const [port] = plugged.ports;
      if (port === undefined) throw new Error('no camera on the bus');
      return bus.open(port, {});
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

/** A bus on which another program has everything. */
class ClaimedBus extends LabBus<'usb'> {
  override open(): Promise<never> {
    return Promise.reject(new DeviceError('busy', '1-1:1.0 is held by gvfs-gphoto2-vo (pid 812)'));
  }
}

/** What a capture tells until it is over; rejects as it does. */
export async function eventsOf(camera: Camera, request?: CaptureRequest): Promise<readonly CameraEvent[]> {
  const events: CameraEvent[] = [];
  await camera.capture(request).forEach((event) => {
    events.push(event);
  });
  return events;
}

/** The photos among events. */
export function photosOf(events: readonly CameraEvent[]) {
  return events.flatMap((event) => (event.type === 'captured' ? [event.photo] : []));
}
