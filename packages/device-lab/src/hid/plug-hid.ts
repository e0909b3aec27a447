import { DeviceError, type HidCollection, type HidPort } from '@buergerkoffer/core';
import type { LabBus, Plugged } from '../lab-bus.js';
import type { PlugOptions } from '../usb/plug-usb.js';
import { HidEngine } from './hid-engine.js';
import type { VirtualHidDevice } from './virtual-hid-device.js';
import { VirtualHidTransport } from './virtual-hid-transport.js';

/**
 * Plugs a HID device into a bus of this process: it gets power, and each of its top-level collections is a port. They
 * share one node, as on Linux: while one is open the others are `busy`, and reports of all of them come from it.
 * Throws `InputError` when the report descriptor is none.
 */
export function plugHid(
  bus: LabBus<'hid'>,
  device: VirtualHidDevice,
  options: PlugOptions = {},
): Plugged<'hid'> {
  const { place, address } = bus.assign(options.place);
  const engine = new HidEngine(device, options.failed);
  const { collections } = engine.descriptor;
  const ports = collections.map((collection, index) => portOf(device, collection, { place, address, index }));
  let open = false;
  const connect = async (_: unknown, unplugged: AbortSignal) => {
    await Promise.resolve();
    if (open) throw new DeviceError('busy', 'another collection of the device is open');
    open = true;
    const transport = new VirtualHidTransport(engine, unplugged);
    void transport.ended.then(() => {
      open = false;
    });
    return transport;
  };
  const pull = bus.plug(...ports.map((port) => ({ port, connect })));
  return {
    ports,
    unplug: () => {
      pull();
      engine.powerDown();
    },
  };
}

function portOf(
  { vendorId, productId, maker, model, serialNumber }: VirtualHidDevice,
  { usagePage, usage }: HidCollection,
  { place, address, index }: { readonly place: string; readonly address: number; readonly index: number },
): HidPort {
  return {
    bus: 'hid',
    id: `hid:${place}@${address}:${index}`,
    path: `/dev/hidraw${address}`,
    physical: `usb:${place}`,
    vendorId,
    productId,
    usagePage,
    interfaceNumber: 0,
    ...(usage === undefined ? {} : { usage }),
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  };
}
