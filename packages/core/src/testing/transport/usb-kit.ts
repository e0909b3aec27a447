import type { CallOptions, UsbTransport } from '../../transport.js';
import { keeps, sameBytes } from './expectations.js';
import { HELD_MS, LATE_MS, limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { Mark, TransportKit } from './transport-kit.js';
import type { TransportUnderTest } from './transport-under-test.js';
import { USB_REQUEST } from './usb-protocol.js';
import { roomFor, UsbReference } from './usb-reference.js';

/** Bytes that are no whole packet of any endpoint. */
const SOME_BYTES = 100;

/** How to talk to the USB reference device while a read is not answered, a write not taken, a request not answered. */
export function usbKits(): readonly [TransportKit<'usb'>, ...TransportKit<'usb'>[]] {
  return [
    kit('a pending read', (device) => {
      const { transport, endpoint, packetSize } = device;
      return Promise.resolve((options) => transport.transferIn(endpoint, packetSize, options));
    }),
    kit('a pending write', async (device) => {
      const { transport, endpoint } = device;
      await device.tell(USB_REQUEST.hold, 1);
      return (options) => transport.transferOut(endpoint, patternBytes(SOME_BYTES, 1), options);
    }),
    kit('a pending control request', (device) => {
      const { transport } = device;
      const setup = device.setup(USB_REQUEST.wait, HELD_MS);
      return Promise.resolve((options) => transport.controlTransferIn(setup, 8, options));
    }),
  ];
}

/** The number that is left with a USB reference device. */
export const usbMark: Mark<'usb'> = {
  set: (transport, mark) => new UsbReference(transport).setMark(mark),
  get: (transport) => new UsbReference(transport).getMark(),
};

function kit(
  stuckCall: string,
  stuck: (device: UsbReference) => Promise<(options?: CallOptions) => Promise<unknown>>,
): TransportKit<'usb'> {
  return {
    exchange: async (transport, options) => {
      const device = new UsbReference(transport, { ...PATIENT, ...options });
      await device.reset();
      const bytes = patternBytes(SOME_BYTES, 2);
      sameBytes('an echo', await device.echo(bytes), bytes);
    },
    stuckCall,
    stuck: async (transport) => {
      const device = new UsbReference(transport);
      await device.reset();
      return stuck(device);
    },
    late: async (transport) => {
      const device = new UsbReference(transport);
      await device.reset();
      await device.ask(USB_REQUEST.wait, 8, LATE_MS);
      await device.queue(SOME_BYTES, 3, { afterMs: LATE_MS });
      sameBytes(
        'a late answer',
        await device.read(roomFor(SOME_BYTES, device.packetSize)),
        patternBytes(SOME_BYTES, 3),
      );
    },
    calls,
  };
}

function calls(transport: UsbTransport): ReturnType<TransportKit<'usb'>['calls']> {
  const device = new UsbReference(transport);
  const { endpoint, packetSize } = device;
  const setup = device.setup(USB_REQUEST.store);
  return [
    { name: 'controlTransferIn()', make: () => transport.controlTransferIn(setup, 8) },
    { name: 'controlTransferOut()', make: () => transport.controlTransferOut(setup, new Uint8Array(8)) },
    { name: 'transferIn()', make: () => transport.transferIn(endpoint, packetSize) },
    { name: 'transferOut()', make: () => transport.transferOut(endpoint, new Uint8Array(8)) },
    { name: 'clearHalt()', make: () => transport.clearHalt('in', endpoint) },
  ];
}

/** Opens the first reference device, which begins anew, for `body`. */
export async function onUsb(
  subject: TransportUnderTest<'usb'>,
  body: (device: UsbReference) => Promise<void>,
): Promise<void> {
  await withTransport(subject, async (transport) => {
    const device = new UsbReference(transport);
    await keeps('the reset of the reference device', limitsOf(subject).patienceMs, device.reset());
    await body(device);
  });
}
