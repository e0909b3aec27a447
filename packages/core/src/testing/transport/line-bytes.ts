import { expectThat } from '../contract.js';
import { keeps, sameBytes } from './expectations.js';
import { limitsOf, PATIENT } from './limits.js';
import { asked, type LineKind } from './line-kit.js';
import { LINE_FRAME, lineFrame } from './line-protocol.js';
import { fnv1a, joined, patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';
import type { LineReference } from './line-reference.js';
import type { ByteTransport } from '../../transport.js';

const MIB = 1024 * 1024;
/** Around the sizes of packets and buffers. */
const SIZES = [1, 2, 63, 64, 65, 255, 256, 511, 512, 513, 4095, 4096, 4097, 16_384] as const;

/** What a line promises of bytes: all of them, as they are, in their order, both ways. */
export function lineBytes<K extends LineKind>(): readonly TransportCase<K>[] {
  return [
    {
      name: 'every value of a byte passes both ways, in messages of every size',
      run: (subject) =>
        onLine(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const values = Uint8Array.from({ length: 256 }, (_, value) => value);
          for (const bytes of [values, ...SIZES.map((size) => patternBytes(size, size))]) {
            const echo = await keeps(`an echo of ${bytes.length} bytes`, patienceMs, device.echo(bytes));
            sameBytes(`an echo of ${bytes.length} bytes`, echo, bytes);
          }
        }),
    },
    {
      name: 'a write of nothing resolves and sends nothing',
      run: (subject) =>
        onLine(subject, async (device, line) => {
          const { patienceMs, quietMs } = limitsOf(subject);
          await keeps('a write of nothing', patienceMs, line.write(new Uint8Array(0)));
          await sameEcho(device, patienceMs);
          expectThat(quietMs > 0 && device.reader.waiting === 0, 'something came that nobody sent');
        }),
    },
    {
      name: 'a megabyte that is written at once arrives whole',
      run: (subject) =>
        onLine(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const bytes = patternBytes(MIB, 7);
          await keeps('a write of 1 MiB', patienceMs, device.send(LINE_FRAME.take, bytes, PATIENT));
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.bytes === MIB, `the device has taken ${counts.bytes} of ${MIB} bytes`);
          expectThat(counts.hash === fnv1a(bytes), 'the device has taken other bytes than were written');
        }),
    },
    {
      name: 'a megabyte that is said at once is read whole',
      run: (subject) =>
        onLine(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          await device.say({ length: MIB, seed: 8 });
          const said = await keeps('1 MiB', patienceMs, device.reader.take(MIB));
          sameBytes('what was said', said, patternBytes(MIB, 8));
        }),
    },
    {
      name: 'both directions run at once',
      run: (subject) =>
        onLine(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const bytes = patternBytes(MIB / 4, 9);
          await device.say({ length: MIB / 4, seed: 10, chunk: 1000 });
          const writing = device.send(LINE_FRAME.take, bytes, PATIENT);
          const said = await keeps('what is said', patienceMs, device.reader.take(MIB / 4));
          sameBytes('what was said', said, patternBytes(MIB / 4, 10));
          await keeps('the write', patienceMs, writing);
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.hash === fnv1a(bytes), 'the device has taken other bytes than were written');
        }),
    },
    {
      name: 'chunk boundaries mean nothing',
      run: (subject) =>
        onLine(subject, async (device, line) => {
          const { patienceMs } = limitsOf(subject);
          for (const chunk of [1, 7, 64]) {
            await device.say({ length: 700, seed: chunk, chunk });
            const said = await keeps(`chunks of ${chunk} bytes`, patienceMs, device.reader.take(700));
            sameBytes(`chunks of ${chunk} bytes`, said, patternBytes(700, chunk));
          }
          const message = patternBytes(40, 3);
          for (const byte of lineFrame(LINE_FRAME.echo, message)) await line.write(Uint8Array.of(byte));
          const echo = await keeps('an echo of single bytes', patienceMs, device.reader.take(message.length));
          sameBytes('an echo of single bytes', echo, message);
        }),
    },
    {
      name: 'writes that nobody waits for go out in their order',
      run: (subject) =>
        onLine(subject, async (device) => {
          const { patienceMs } = limitsOf(subject);
          // Long and short ones in turn.
          const sizes = Array.from({ length: 40 }, (_, index) => 1 + 37 * ((17 * index) % 40));
          const messages = sizes.map((size, index) => patternBytes(size, index));
          const writes = messages.map((message) => device.send(LINE_FRAME.take, message));
          await keeps('all writes', patienceMs, Promise.all(writes));
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.hash === fnv1a(joined(messages)), 'the messages did not arrive in their order');
        }),
    },
    {
      name: 'bytes that were handed over belong to the caller again',
      run: (subject) =>
        onLine(subject, async (device, line) => {
          const { patienceMs } = limitsOf(subject);
          const message = patternBytes(5000, 4);
          const frame = lineFrame(LINE_FRAME.take, message);
          const writing = line.write(frame);
          await keeps('the write', patienceMs, writing);
          frame.fill(0);
          const counts = await keeps('the counts', patienceMs, device.counts());
          expectThat(counts.hash === fnv1a(message), 'bytes changed after they were written');
        }),
    },
  ];
}

/** Opens the line and reads it while `body` talks to the device at its far end. */
export async function onLine<K extends LineKind>(
  subject: TransportUnderTest<K>,
  body: (device: LineReference, line: ByteTransport) => Promise<void>,
): Promise<void> {
  await withTransport(subject, (line) => asked(line, (device) => body(device, line)));
}

async function sameEcho(device: LineReference, patienceMs: number): Promise<void> {
  const bytes = patternBytes(100, 5);
  sameBytes('an echo', await keeps('an echo', patienceMs, device.echo(bytes)), bytes);
}
