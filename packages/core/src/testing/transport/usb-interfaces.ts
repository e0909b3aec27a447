import { expectThat } from '../contract.js';
import { begun, keeps, refuses, sameBytes } from './expectations.js';
import { limitsOf } from './limits.js';
import { patternBytes } from './pattern.js';
import { closedAfter, opened, referencePort, withTransport } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';
import { hearsOfTheLoss } from './unplugging.js';
import { onUsb } from './usb-kit.js';
import { USB_REFERENCE, USB_REQUEST } from './usb-protocol.js';
import { UsbReference } from './usb-reference.js';

/** What a USB transport promises as one interface of a device that has several, in several settings. */
export function usbInterfaces(): readonly TransportCase<'usb'>[] {
  return [
    {
      name: 'two interfaces of one device are two ports of one thing, open side by side',
      needs: ['sibling'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const [first, sibling] = [await referencePort(subject), await referencePort(subject, 'sibling')];
        expectThat(first.id !== sibling.id, 'two interfaces have ports with one id');
        expectThat(first.physical === sibling.physical, 'two interfaces are said to be two physical things');
        await onUsb(subject, async (one) => {
          const pending = begun(one.read(one.packetSize));
          await withTransport(
            subject,
            async (transport) => {
              const other = new UsbReference(transport);
              await keeps('the reset of the other interface', patienceMs, other.reset());
              const bytes = patternBytes(50, 1);
              sameBytes('an echo', await keeps('an echo', patienceMs, other.echo(bytes)), bytes);
            },
            'sibling',
          );
          await one.queue(30, 2);
          sameBytes('a read', await keeps('a read', patienceMs, pending), patternBytes(30, 2));
        });
      },
    },
    {
      name: 'all interfaces of an unplugged device are lost',
      needs: ['sibling', 'unplug'],
      run: async (subject) => {
        const both = [await opened(subject), await opened(subject, 'sibling')];
        await subject.unplug?.();
        for (const transport of both) await hearsOfTheLoss(subject, transport);
      },
    },
    {
      name: 'an alternate setting has its own endpoints, and is left again with close()',
      run: async (subject) => {
        const { atOnceMs, patienceMs } = limitsOf(subject);
        const { bulk, other } = USB_REFERENCE.endpoint;
        const chosen = await opened(subject, 'first', { ...subject.openOptions, alternateSetting: 1 });
        await closedAfter(subject, chosen, async () => {
          const numbers = chosen.endpoints.map(({ direction, number }) => `${direction} ${number}`).sort();
          expectThat(
            numbers.join() === `in ${bulk},out ${bulk}`,
            `the endpoints are said to be ${numbers.join(', ')}`,
          );
          const device = new UsbReference(chosen);
          await device.reset();
          const bytes = patternBytes(50, 1);
          sameBytes('an echo', await keeps('an echo', patienceMs, device.echo(bytes)), bytes);
          await refuses('another endpoint', atOnceMs, chosen.transferIn(other, 64), 'invalid-request');
        });
        await onUsb(subject, async (device) => {
          await device.queue(20, 2, { endpoint: other });
          const answer = await keeps(
            'a read',
            patienceMs,
            device.transport.transferIn(other, device.packetSize),
          );
          expectThat(answer.status === 'ok', 'an endpoint of the first setting stalls');
          sameBytes('a message', answer.data, patternBytes(20, 2));
        });
      },
    },
    {
      name: 'an alternate setting that is not there is an invalid request, and the port stays free',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        const opening = subject.bus.open(port, { ...subject.openOptions, alternateSetting: 7 });
        await refuses('open()', patienceMs, opening, 'invalid-request');
        await onUsb(subject, async (device) => {
          await keeps('a request', patienceMs, device.ask(USB_REQUEST.store, 8));
        });
      },
    },
    {
      name: 'a device that leaves the bus in the middle of a write is lost',
      needs: ['replug'],
      run: async (subject) => {
        const { lossMs } = limitsOf(subject);
        const transport = await opened(subject);
        const device = new UsbReference(transport);
        await device.reset();
        const reading = begun(device.read(device.packetSize));
        await device.tell(USB_REQUEST.vanish, 0);
        const writing = begun(device.write(patternBytes(3000, 1)));
        await refuses('the read', lossMs, reading, 'lost');
        await refuses('the write', lossMs, writing, 'lost');
        await hearsOfTheLoss(subject, transport);
        await subject.unplug?.();
        await subject.plug?.();
      },
    },
  ];
}
