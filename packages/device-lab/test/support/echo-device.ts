import type { UsbFunction, UsbHost, VirtualUsbDevice } from '@buergerkoffer/device-lab';

/** A device with one bulk pair, packets of 64 bytes: what comes in goes out again, unless `make` says otherwise. */
export function echoDevice(
  make: (host: UsbHost) => UsbFunction = (host) => ({
    received: (endpoint, data) => {
      host.send(endpoint, data);
    },
  }),
): VirtualUsbDevice {
  return {
    vendorId: 0x1209,
    productId: 1,
    maker: 'Test',
    model: 'Echo',
    serialNumber: 'E1',
    speed: 'full',
    interfaces: [
      {
        number: 0,
        interfaceClass: 0xff,
        endpoints: [
          { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
          { direction: 'out', number: 1, type: 'bulk', packetSize: 64 },
        ],
      },
    ],
    powerUp: make,
  };
}

/** Bytes that tell where they are from. */
export function counting(length: number): Uint8Array {
  return new Uint8Array(length).map((_, i) => i);
}
