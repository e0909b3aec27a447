import type { UsbInResult, UsbOutResult } from '../../transport.js';
import { expectThat } from '../contract.js';
import { begun, keeps, refuses, sameBytes, staysPending } from './expectations.js';
import { limitsOf } from './limits.js';
import { patternBytes } from './pattern.js';
import type { TransportCase } from './transport-under-test.js';
import { onUsb } from './usb-kit.js';
import { USB_REFERENCE, USB_REQUEST } from './usb-protocol.js';

/** What a USB transport promises of stalls, and of endpoints that it does not have or that are in use. */
export function usbHalts(): readonly TransportCase<'usb'>[] {
  return [
    {
      name: 'a control request that is not understood is answered by a stall, the next one as ever',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const setup = device.setup(USB_REQUEST.none);
          const { transport } = device;
          for (let time = 0; time < 2; time += 1) {
            stalls(await keeps('a request IN', patienceMs, transport.controlTransferIn(setup, 8)));
            stalls(await keeps('a request OUT', patienceMs, transport.controlTransferOut(setup)));
            await keeps('the next request', patienceMs, device.ask(USB_REQUEST.store, 8));
          }
        }),
    },
    {
      name: 'a halted IN endpoint stalls until the halt is cleared, and loses nothing',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { endpoint, packetSize, transport } = device;
          await device.tell(USB_REQUEST.halt, endpoint | 0x80);
          for (let time = 0; time < 2; time += 1) {
            stalls(await keeps('a read', patienceMs, transport.transferIn(endpoint, packetSize)));
          }
          await device.queue(30, 1);
          await keeps('clearHalt()', patienceMs, transport.clearHalt('in', endpoint));
          sameBytes(
            'a message',
            await keeps('a read', patienceMs, device.read(packetSize)),
            patternBytes(30, 1),
          );
          const { haltsCleared } = await keeps('the counts', patienceMs, device.counts());
          expectThat(haltsCleared >= 1, 'the device did not hear that the halt was cleared');
        }),
    },
    {
      name: 'a halted OUT endpoint stalls until the halt is cleared, and takes nothing',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { endpoint, transport } = device;
          await device.tell(USB_REQUEST.halt, endpoint);
          for (let time = 0; time < 2; time += 1) {
            stalls(await keeps('a write', patienceMs, transport.transferOut(endpoint, patternBytes(30, 1))));
          }
          await keeps('clearHalt()', patienceMs, transport.clearHalt('out', endpoint));
          await keeps('a write', patienceMs, device.write(patternBytes(40, 2)));
          const { bytes } = await keeps('the counts', patienceMs, device.counts());
          expectThat(bytes === 40, `${bytes} bytes came, 40 were taken`);
        }),
    },
    {
      name: 'a read that is pending when the endpoint halts is answered by the stall',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs, quietMs } = limitsOf(subject);
          const { endpoint, packetSize, transport } = device;
          const pending = begun(transport.transferIn(endpoint, packetSize));
          await staysPending('a read', quietMs, pending);
          await device.tell(USB_REQUEST.halt, endpoint | 0x80);
          stalls(await keeps('the read', patienceMs, pending));
          await keeps('clearHalt()', patienceMs, transport.clearHalt('in', endpoint));
          await device.queue(30, 1);
          sameBytes(
            'a message',
            await keeps('a read', patienceMs, device.read(packetSize)),
            patternBytes(30, 1),
          );
        }),
    },
    {
      name: 'a halt concerns one endpoint in one direction',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { endpoint, transport } = device;
          const { other } = USB_REFERENCE.endpoint;
          await device.tell(USB_REQUEST.halt, endpoint | 0x80);
          await keeps('a write to its OUT side', patienceMs, device.write(patternBytes(30, 1)));
          await device.queue(20, 2, { endpoint: other });
          const answer = await keeps('a read elsewhere', patienceMs, transport.transferIn(other, 1024));
          expectThat(answer.status === 'ok', 'another endpoint stalls');
          sameBytes('a message elsewhere', answer.data, patternBytes(20, 2));
          await keeps('clearHalt()', patienceMs, transport.clearHalt('in', endpoint));
        }),
    },
    {
      name: 'clearing a halt that is not there changes nothing',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { endpoint, transport } = device;
          await keeps('clearHalt() IN', patienceMs, transport.clearHalt('in', endpoint));
          await keeps('clearHalt() OUT', patienceMs, transport.clearHalt('out', endpoint));
          const bytes = patternBytes(50, 1);
          sameBytes('an echo', await keeps('an echo', patienceMs, device.echo(bytes)), bytes);
        }),
    },
    {
      name: 'an endpoint that the interface does not have is an invalid request',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { atOnceMs } = limitsOf(subject);
          const { transport } = device;
          const { interrupt, sibling } = USB_REFERENCE.endpoint;
          const wrong = [
            { what: 'transferIn() on 15', call: transport.transferIn(15, 64) },
            { what: 'transferIn() on 0', call: transport.transferIn(0, 64) },
            { what: 'transferIn() on an address', call: transport.transferIn(device.endpoint | 0x80, 64) },
            { what: "transferIn() on the other interface's", call: transport.transferIn(sibling, 64) },
            {
              what: 'transferOut() on an IN endpoint',
              call: transport.transferOut(interrupt, new Uint8Array(1)),
            },
            { what: 'clearHalt() on 15', call: transport.clearHalt('in', 15) },
            { what: 'clearHalt() on an IN endpoint', call: transport.clearHalt('out', interrupt) },
          ];
          for (const { call } of wrong) void begun<unknown>(call);
          for (const { what, call } of wrong) await refuses(what, atOnceMs, call, 'invalid-request');
        }),
    },
    {
      name: 'a second read of an endpoint is busy, and the first one goes on',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const pending = begun(device.read(device.packetSize));
          await refuses('a second read', atOnceMs, device.read(device.packetSize), 'busy');
          await device.queue(30, 1);
          sameBytes(
            'the first read',
            await keeps('the first read', patienceMs, pending),
            patternBytes(30, 1),
          );
        }),
    },
    {
      name: 'a second write to an endpoint is busy, and the first one goes on',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          await device.tell(USB_REQUEST.hold, 1);
          const pending = begun(device.write(patternBytes(30, 1)));
          await refuses('a second write', atOnceMs, device.write(patternBytes(31, 2)), 'busy');
          await device.tell(USB_REQUEST.hold, 0);
          await keeps('the first write', patienceMs, pending);
          const { bytes } = await keeps('the counts', patienceMs, device.counts());
          expectThat(bytes === 30, `${bytes} bytes came, 30 were taken`);
        }),
    },
    {
      name: 'transfers on different endpoints and control requests run beside one another',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { packetSize, transport } = device;
          const { interrupt, other } = USB_REFERENCE.endpoint;
          const bulk = begun(device.read(packetSize));
          const events = begun(transport.transferIn(interrupt, 64));
          const elsewhere = begun(transport.transferIn(other, packetSize));
          await keeps('a write', patienceMs, device.write(patternBytes(70, 1)));
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.bytes === 70, `${counts.bytes} bytes came beside pending reads, 70 were sent`);
          await device.queue(12, 3, { endpoint: other });
          await device.queue(11, 2, { endpoint: interrupt });
          await device.queue(10, 1);
          const answers = [
            await keeps('the event', patienceMs, events),
            await keeps('the read elsewhere', patienceMs, elsewhere),
          ];
          for (const [index, answer] of answers.entries()) {
            expectThat(answer.status === 'ok', 'an endpoint stalls');
            sameBytes('a message', answer.data, patternBytes(11 + index, 2 + index));
          }
          sameBytes('the read', await keeps('the read', patienceMs, bulk), patternBytes(10, 1));
        }),
    },
  ];
}

function stalls(answer: UsbInResult | UsbOutResult): void {
  expectThat(answer.status === 'stall', 'a stall is not answered as one');
}
