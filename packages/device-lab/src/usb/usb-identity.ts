import type { VirtualUsbDevice } from './virtual-usb-device.js';

/** What a thing that is put behind USB says of itself. */
export type UsbIdentity = Partial<
  Pick<
    VirtualUsbDevice,
    'vendorId' | 'productId' | 'deviceVersion' | 'maker' | 'model' | 'serialNumber' | 'speed'
  >
>;

/** Bytes of a bulk packet at a speed (USB 2.0, 5.8.3; USB 3.2, 8.12.1). */
export function bulkPacketBytes(speed: UsbIdentity['speed']): number {
  return { full: 64, high: 512, super: 1024 }[speed ?? 'high'];
}
