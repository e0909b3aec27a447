import { expectThat } from '../contract.js';
import { keeps, sameBytes } from './expectations.js';
import { limitsOf, PATIENT } from './limits.js';
import { fnv1a, patternBytes } from './pattern.js';
import type { TransportCase } from './transport-under-test.js';
import { onUsb } from './usb-kit.js';
import { USB_CONTROL_BYTES, USB_REFERENCE, USB_REQUEST } from './usb-protocol.js';
import { roomFor } from './usb-reference.js';

const MIB = 1024 * 1024;
/** Sizes of the data stage of control transfers, around those of packets. */
const CONTROL_SIZES = [0, 1, 7, 8, 9, 63, 64, 65, 511, 512, 513, 1024, USB_CONTROL_BYTES] as const;

/** What a USB transport promises of transfers, whatever their size. */
export function usbTransfers(): readonly TransportCase<'usb'>[] {
  return [
    {
      name: 'the endpoints are those of the interface',
      run: (subject) =>
        onUsb(subject, (device) => {
          const { bulk, interrupt, other } = USB_REFERENCE.endpoint;
          const said = device.transport.endpoints
            .map(({ direction, number, type }) => `${type} ${direction} ${number}`)
            .sort((a, b) => a.localeCompare(b));
          const wanted = [
            ...[bulk, other].flatMap((number) => [`bulk in ${number}`, `bulk out ${number}`]),
            `interrupt in ${interrupt}`,
          ].sort((a, b) => a.localeCompare(b));
          expectThat(said.join() === wanted.join(), `the endpoints are said to be ${said.join(', ')}`);
          const sizes = device.transport.endpoints.map(({ packetSize }) => packetSize);
          expectThat(
            sizes.every((size) => Number.isInteger(size) && size >= 8 && size <= 1024),
            `the packets are said to have ${sizes.join(', ')} bytes`,
          );
          return Promise.resolve();
        }),
    },
    {
      name: 'control transfers carry data of every size, both ways',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          for (const size of CONTROL_SIZES) {
            const bytes = patternBytes(size, size);
            const out = device.transport.controlTransferOut(device.setup(USB_REQUEST.store), bytes);
            const sent = await keeps(`a request with ${size} bytes`, patienceMs, out);
            expectThat(
              sent.status === 'ok' && sent.bytesWritten === size,
              `a request with ${size} bytes says ${JSON.stringify(sent)}`,
            );
            const back = device.ask(USB_REQUEST.store, USB_CONTROL_BYTES);
            sameBytes('what was stored', await keeps(`an answer of ${size} bytes`, patienceMs, back), bytes);
          }
        }),
    },
    {
      name: 'a control request goes out without data, and to the device as a whole',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const whole = {
            requestType: 'vendor',
            recipient: 'device',
            request: USB_REQUEST.store,
            value: 0,
            index: 0,
          } as const;
          const bytes = patternBytes(20, 1);
          await keeps('a request', patienceMs, device.transport.controlTransferOut(whole, bytes));
          const stored = await keeps('an answer', patienceMs, device.ask(USB_REQUEST.store, 20));
          sameBytes('what was stored', stored, bytes);
          await keeps('a request without data', patienceMs, device.transport.controlTransferOut(whole));
          const left = await keeps('an answer', patienceMs, device.ask(USB_REQUEST.store, 20));
          expectThat(left.length === 0, 'a request without data carried some');
        }),
    },
    {
      name: 'a control answer is cut to what was asked for',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const bytes = patternBytes(300, 2);
          await device.tell(USB_REQUEST.store, 0, bytes);
          for (const length of [1, 63, 64, 65, 299]) {
            const answer = await keeps('an answer', patienceMs, device.ask(USB_REQUEST.store, length));
            sameBytes(`${length} of 300 bytes`, answer, bytes.subarray(0, length));
          }
        }),
    },
    {
      name: 'bulk messages of every size are echoed',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const p = device.packetSize;
          for (const size of [1, p - 1, p, p + 1, 2 * p, 3 * p, 3 * p + 5, 64 * 1024, 0]) {
            const bytes = patternBytes(size, size);
            const echo = await keeps(`an echo of ${size} bytes`, patienceMs, device.echo(bytes));
            sameBytes(`an echo of ${size} bytes`, echo, bytes);
          }
        }),
    },
    {
      name: 'a megabyte goes out in one call, whole and without an empty packet behind it',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const bytes = patternBytes(MIB, 3);
          await keeps('a write of 1 MiB', patienceMs, device.write(bytes, PATIENT));
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.bytes === MIB, `${counts.bytes} of ${MIB} bytes came`);
          expectThat(counts.hash === fnv1a(bytes), 'other bytes came than were written');
          expectThat(counts.empty === 0, `${counts.empty} empty packets came that nobody sent`);
        }),
    },
    {
      name: 'a megabyte comes in one call',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          await device.queue(MIB, 4);
          const reading = device.read(roomFor(MIB, device.packetSize), PATIENT);
          const came = await keeps('a read of 1 MiB', patienceMs, reading);
          sameBytes('a megabyte', came, patternBytes(MIB, 4));
        }),
    },
    {
      name: 'a write of whole packets is not followed by an empty one, an empty write is one',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const p = device.packetSize;
          for (const size of [p, 3 * p]) {
            await keeps(`a write of ${size} bytes`, patienceMs, device.write(patternBytes(size, 1)));
          }
          const before = await keeps('the counts', patienceMs, device.counts());
          expectThat(before.bytes === 4 * p && before.empty === 0, `${before.empty} empty packets came`);
          await keeps('an empty write', patienceMs, device.write(new Uint8Array(0)));
          const after = await keeps('the counts', patienceMs, device.counts());
          expectThat(after.empty === 1, `${after.empty} empty packets came, 1 was sent`);
        }),
    },
    {
      name: 'messages come on interrupt endpoints, one at a time',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const endpoint = USB_REFERENCE.endpoint.interrupt;
          for (const length of [1, 8, 63]) await device.queue(length, length, { endpoint });
          for (const length of [1, 8, 63]) {
            const answer = await keeps('a message', patienceMs, device.transport.transferIn(endpoint, 64));
            expectThat(answer.status === 'ok', 'an interrupt endpoint stalls');
            sameBytes('a message', answer.data, patternBytes(length, length));
          }
        }),
    },
  ];
}
