import { delay } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import { ContractViolation, expectThat } from '../contract.js';
import { begun, endsWith, keeps, sameBytes, staysPending } from './expectations.js';
import { limitsOf } from './limits.js';
import { joined, patternBytes } from './pattern.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';
import { onUsb } from './usb-kit.js';
import { USB_REFERENCE, USB_REQUEST } from './usb-protocol.js';
import type { UsbReference } from './usb-reference.js';

const REASON = new Error('not wanted any more');
/** Messages that come while reads are given up. */
const MESSAGES = 40;
const MESSAGE_BYTES = 20;

/** What a USB transport promises of what comes while calls are given up: nothing is lost, nothing changes places. */
export function usbCancelling(): readonly TransportCase<'usb'>[] {
  return [
    {
      name: 'what comes after an aborted read is delivered in its order',
      needs: ['cancel'],
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          await abortedRead(subject, device, device.packetSize);
          for (const seed of [1, 2, 3]) await device.queue(30, seed);
          for (const seed of [1, 2, 3]) {
            const message = await keeps('a read', patienceMs, device.read(device.packetSize));
            sameBytes(`message ${seed}`, message, patternBytes(30, seed));
          }
        }),
    },
    {
      name: 'what an aborted read had taken is delivered by the next one',
      needs: ['cancel'],
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const p = device.packetSize;
          await device.queue(p, 1, { zeroLengthEnd: false });
          await abortedRead(subject, device, 4 * p);
          await device.queue(9, 2);
          const wanted = joined([patternBytes(p, 1), patternBytes(9, 2)]);
          const came = [await keeps('a read', patienceMs, device.read(4 * p))];
          // What was taken may come by itself.
          if (came[0]?.length === p) came.push(await keeps('a read', patienceMs, device.read(4 * p)));
          sameBytes('what was taken and what followed', joined(came), wanted);
        }),
    },
    {
      name: 'messages that come while reads are aborted all arrive, in their order',
      needs: ['cancel'],
      run: (subject) =>
        messagesThrough(subject, (device, patientMs) => {
          const controller = new AbortController();
          const read = begun(device.read(device.packetSize, { signal: controller.signal }));
          return delay(patientMs).then(() => {
            controller.abort(REASON);
            return read;
          });
        }),
    },
    {
      name: 'messages that come while reads run into their deadline all arrive, in their order',
      needs: ['deadline'],
      run: (subject) =>
        messagesThrough(subject, (device, timeoutMs) => device.read(device.packetSize, { timeoutMs })),
    },
    {
      name: 'an aborted read disturbs nothing that is pending on other endpoints',
      needs: ['cancel'],
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { patienceMs, quietMs } = limitsOf(subject);
          const { other } = USB_REFERENCE.endpoint;
          await device.tell(USB_REQUEST.hold, 1);
          const reading = begun(device.transport.transferIn(other, device.packetSize));
          const writing = begun(device.write(patternBytes(30, 1)));
          await abortedRead(subject, device, device.packetSize);
          await staysPending('a read elsewhere', quietMs, reading);
          await staysPending('a write elsewhere', quietMs, writing);
          await device.queue(12, 2, { endpoint: other });
          const answer = await keeps('the read elsewhere', patienceMs, reading);
          expectThat(answer.status === 'ok', 'another endpoint stalls');
          sameBytes('a message elsewhere', answer.data, patternBytes(12, 2));
          await device.tell(USB_REQUEST.hold, 0);
          await keeps('the write elsewhere', patienceMs, writing);
        }),
    },
    {
      name: 'an aborted write comes before later ones or not at all',
      needs: ['cancel'],
      run: (subject) =>
        onUsb(subject, async (device) => {
          const { atOnceMs, patienceMs, quietMs } = limitsOf(subject);
          await device.tell(USB_REQUEST.echo, 1);
          await device.tell(USB_REQUEST.hold, 1);
          const controller = new AbortController();
          const pending = begun(device.write(patternBytes(30, 1), { signal: controller.signal }));
          await staysPending('a write that is not taken', quietMs, pending);
          controller.abort(REASON);
          await endsWith('the aborted write', atOnceMs, pending, REASON);
          await device.tell(USB_REQUEST.hold, 0);
          await keeps('a later write', patienceMs, device.write(patternBytes(40, 2)));
          const came = [await keeps('an echo', patienceMs, device.read(device.packetSize))];
          if (came[0]?.length === 30)
            came.unshift(await keeps('an echo', patienceMs, device.read(device.packetSize)));
          sameBytes('the later write', came[0] ?? new Uint8Array(0), patternBytes(40, 2));
          const more = begun(device.read(device.packetSize));
          await staysPending('another echo', quietMs, more);
        }),
    },
  ];
}

/** A read that waits and is aborted. */
async function abortedRead(
  subject: TransportUnderTest<'usb'>,
  device: UsbReference,
  length: number,
): Promise<void> {
  const { atOnceMs, quietMs } = limitsOf(subject);
  const controller = new AbortController();
  const pending = begun(device.read(length, { signal: controller.signal }));
  await staysPending('a read', quietMs, pending);
  controller.abort(REASON);
  await endsWith('the aborted read', atOnceMs, pending, REASON);
}

/** Lets messages come one after another while reads are given up after some milliseconds each. */
async function messagesThrough(
  subject: TransportUnderTest<'usb'>,
  read: (device: UsbReference, patientMs: number) => Promise<Uint8Array>,
): Promise<void> {
  await onUsb(subject, async (device) => {
    const { slowness = 1 } = subject;
    const { patienceMs } = limitsOf(subject);
    for (let seed = 0; seed < MESSAGES; seed += 1) {
      await device.queue(MESSAGE_BYTES, seed, { afterMs: 20 + 5 * seed });
    }
    let expected = 0;
    const all = async (): Promise<void> => {
      for (let time = 0; expected < MESSAGES; time += 1) {
        const message = await givenUp(read(device, (1 + (time % 7)) * slowness));
        if (message === undefined) continue;
        sameBytes(`message ${expected}`, message, patternBytes(MESSAGE_BYTES, expected));
        expected += 1;
      }
    };
    await keeps('all messages', patienceMs, all()).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      throw new ContractViolation(`${expected} of ${MESSAGES} messages came: ${detail}`, { cause: error });
    });
  });
}

/** What a read brought; undefined when it was given up. */
async function givenUp(read: Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error === REASON || (error instanceof DeviceError && error.code === 'timeout')) return undefined;
    throw error;
  }
}
