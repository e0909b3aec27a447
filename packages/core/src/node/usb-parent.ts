import { dirname, join } from 'node:path';
import { numberAttribute, textAttribute } from './sysfs.js';
import { usbPlaceInPath } from './topology.js';

/** The USB device that a HID device or a serial line is a part of, as the kernel read it when it was plugged in. */
export interface UsbParent {
  /** `usb:1-4.2`, as in `Port.physical`. */
  readonly place: string;
  /** Changes each time it is plugged in, such as `1.17`: bus and address. */
  readonly attachment: string;
  readonly interfaceNumber?: number;
  readonly vendorId?: number;
  readonly productId?: number;
  /** What it calls itself, as fields of a port. */
  readonly names: { readonly maker?: string; readonly model?: string; readonly serialNumber?: string };
}

/** Folders between a line or a HID device and its USB device, at most: interface, port of a converter. */
const MAX_LEVELS = 4;

/** The USB device above `device`, a resolved path of the device tree; undefined for what is not on USB. */
export async function usbParentOf(device: string): Promise<UsbParent | undefined> {
  const place = usbPlaceInPath(device);
  if (place === undefined) return undefined;
  let folder = device;
  let interfaceNumber: number | undefined;
  for (let level = 0; level <= MAX_LEVELS; level++, folder = dirname(folder)) {
    interfaceNumber ??= await numberAttribute(join(folder, 'bInterfaceNumber'), 16);
    const vendorId = await numberAttribute(join(folder, 'idVendor'), 16);
    if (vendorId === undefined) continue;
    const [productId, bus, address, maker, model, serialNumber] = await Promise.all([
      numberAttribute(join(folder, 'idProduct'), 16),
      numberAttribute(join(folder, 'busnum'), 10),
      numberAttribute(join(folder, 'devnum'), 10),
      textAttribute(join(folder, 'manufacturer')),
      textAttribute(join(folder, 'product')),
      textAttribute(join(folder, 'serial')),
    ]);
    return {
      place,
      attachment: `${bus ?? 0}.${address ?? 0}`,
      vendorId,
      ...(interfaceNumber === undefined ? {} : { interfaceNumber }),
      ...(productId === undefined ? {} : { productId }),
      names: {
        ...(maker === undefined ? {} : { maker }),
        ...(model === undefined ? {} : { model }),
        ...(serialNumber === undefined ? {} : { serialNumber }),
      },
    };
  }
  return undefined;
}
