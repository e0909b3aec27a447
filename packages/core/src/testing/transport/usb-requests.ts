import { expectThat } from '../contract.js';
import { begun, keeps, refuses, sameBytes, staysPending } from './expectations.js';
import { limitsOf } from './limits.js';
import { joined, patternBytes } from './pattern.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';
import { onUsb } from './usb-kit.js';
import { USB_REQUEST } from './usb-protocol.js';
import type { UsbReference } from './usb-reference.js';

/** A message that is sent, or a request for so many bytes and what it must be answered with. */
type Step =
  | { readonly sent: number; readonly seed: number; readonly zeroLengthEnd?: boolean }
  | { readonly asked: number; readonly answer: Uint8Array };

/** What a USB transport promises of the packets that a message comes in, and of the requests that take them. */
export function usbRequests(): readonly TransportCase<'usb'>[] {
  return [
    steps('a request is answered at a packet that is not full', (p) => [
      { sent: p + 10, seed: 1 },
      { sent: 3, seed: 2 },
      { asked: 4 * p, answer: patternBytes(p + 10, 1) },
      { asked: 4 * p, answer: patternBytes(3, 2) },
    ]),
    steps('a request is answered when it is full, and the next one goes on there', (p) => [
      { sent: 3 * p + 5, seed: 1 },
      { asked: p, answer: patternBytes(3 * p + 5, 1).subarray(0, p) },
      { asked: 2 * p, answer: patternBytes(3 * p + 5, 1).subarray(p, 3 * p) },
      { asked: p, answer: patternBytes(3 * p + 5, 1).subarray(3 * p) },
    ]),
    steps('an empty packet is an empty answer', (p) => [
      { sent: 0, seed: 0 },
      { sent: 5, seed: 1 },
      { asked: p, answer: new Uint8Array(0) },
      { asked: p, answer: patternBytes(5, 1) },
    ]),
    steps('the empty packet that ends a message of whole packets answers the request behind it', (p) => [
      { sent: 2 * p, seed: 1 },
      { asked: 2 * p, answer: patternBytes(2 * p, 1) },
      { asked: p, answer: new Uint8Array(0) },
      { sent: 2 * p, seed: 2 },
      { asked: 3 * p, answer: patternBytes(2 * p, 2) },
    ]),
    steps('messages of whole packets that nothing ends run into one another', (p) => [
      { sent: 2 * p, seed: 1, zeroLengthEnd: false },
      { sent: 10, seed: 2 },
      { asked: 4 * p, answer: joined([patternBytes(2 * p, 1), patternBytes(10, 2)]) },
    ]),
    steps(
      'a request for less than a packet: the rest of the packet comes first with the next, by itself',
      (p) => [
        { sent: p - 4, seed: 1 },
        { sent: 20, seed: 2 },
        { asked: 10, answer: patternBytes(p - 4, 1).subarray(0, 10) },
        { asked: 4 * p, answer: patternBytes(p - 4, 1).subarray(10) },
        { asked: 4 * p, answer: patternBytes(20, 2) },
      ],
    ),
    steps('a request that ends inside a later packet leaves the rest of that packet alone', (p) => [
      { sent: 2 * p + 7, seed: 1 },
      { asked: p + 10, answer: patternBytes(2 * p + 7, 1).subarray(0, p + 10) },
      { asked: 4 * p, answer: patternBytes(2 * p + 7, 1).subarray(p + 10, 2 * p) },
      { asked: 4 * p, answer: patternBytes(2 * p + 7, 1).subarray(2 * p) },
    ]),
    steps('the rest of a packet is asked for byte by byte, and its empty end follows', (p) => [
      { sent: p, seed: 1 },
      { asked: p - 2, answer: patternBytes(p, 1).subarray(0, p - 2) },
      { asked: 1, answer: patternBytes(p, 1).subarray(p - 2, p - 1) },
      { asked: 1, answer: patternBytes(p, 1).subarray(p - 1) },
      { asked: p, answer: new Uint8Array(0) },
    ]),
    {
      name: 'a request waits for more behind packets that are full',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs, quietMs } = limitsOf(subject);
          const p = device.packetSize;
          await device.queue(p, 1, { zeroLengthEnd: false });
          const pending = begun(device.read(3 * p));
          await staysPending('a request behind a full packet', quietMs, pending);
          await device.queue(9, 2);
          const answer = await keeps('the request', patienceMs, pending);
          sameBytes('the answer', answer, joined([patternBytes(p, 1), patternBytes(9, 2)]));
        }),
    },
    {
      name: 'a request for no bytes, or not for a number of them, is refused',
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          for (const length of [0, -1, 1.5, Number.NaN]) {
            await refuses(`a request for ${length} bytes`, atOnceMs, device.read(length), 'invalid-request');
          }
          await keeps('the next request', patienceMs, device.ask(USB_REQUEST.store, 8));
        }),
    },
  ];
}

/** A case that sends messages and asks for them; `make` is told the size of a packet. */
function steps(name: string, make: (packetSize: number) => readonly Step[]): TransportCase<'usb'> {
  return {
    name,
    run: (subject) => onUsb(subject, (device) => runSteps(subject, device, make(device.packetSize))),
  };
}

async function runSteps(
  subject: TransportUnderTest<'usb'>,
  device: UsbReference,
  all: readonly Step[],
): Promise<void> {
  const { patienceMs } = limitsOf(subject);
  for (const step of all) {
    if ('sent' in step) {
      const { sent, seed, zeroLengthEnd = true } = step;
      await keeps('a message is sent', patienceMs, device.queue(sent, seed, { zeroLengthEnd }));
    } else {
      const what = `a request for ${step.asked} bytes`;
      const answer = await keeps(what, patienceMs, device.read(step.asked));
      expectThat(answer.length <= step.asked, `${what}: ${answer.length} came`);
      sameBytes(what, answer, step.answer);
    }
  }
}
