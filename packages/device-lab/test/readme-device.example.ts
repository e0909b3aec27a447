import { LabBus, plugUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';

const parrot: VirtualUsbDevice = {
  vendorId: 0x1209,
  productId: 0x0001,
  model: 'Parrot',
  interfaces: [
    {
      number: 0,
      interfaceClass: 0xff,
      endpoints: [
        { direction: 'in', number: 1, type: 'bulk', packetSize: 512 },
        { direction: 'out', number: 2, type: 'bulk', packetSize: 512 },
      ],
    },
  ],
  powerUp: (host) => ({
    received: (_endpoint, bytes) => {
      host.send(1, bytes);
    },
  }),
};

const bus = new LabBus('usb');
const { ports, unplug } = plugUsb(bus, parrot);
const [port] = ports;
if (port === undefined) throw new Error('no interface');
const usb = await bus.open(port, {});
await usb.transferOut(2, new TextEncoder().encode('Guten Tag'));
console.log(await usb.transferIn(1, 512)); // { status: 'ok', data: the same bytes }
unplug();
