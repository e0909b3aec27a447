import { delay } from '../../deadline.js';
import { expectThat } from '../contract.js';
import { begun, firstOf, keeps, refuses, sameBytes } from './expectations.js';
import { limitsOf } from './limits.js';
import { asked, type LineKind } from './line-kit.js';
import { LineReader, LineReference } from './line-reference.js';
import { LINE_FRAME, lineFrame, writeLineSaying } from './line-protocol.js';
import { joined, patternBytes } from './pattern.js';
import { opened, withTransport } from './reference-ports.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';
import type { ByteTransport } from '../../transport.js';
import { hearsOfTheLoss } from './unplugging.js';

/** What waits for a reader at most, in bytes. */
const KEPT_BYTES = 64 * 1024;
const SAYING = { seed: 4, afterMs: 0, chunk: 4096 } as const;

/** What a line promises whoever reads its input, and whoever does not. */
export function lineReading<K extends LineKind>(): readonly TransportCase<K>[] {
  return [
    {
      name: 'what comes while nobody reads is kept, 64 KiB of it',
      run: (subject) =>
        withTransport(subject, async (line) => {
          const said = await unread(subject, line, KEPT_BYTES);
          const reader = new LineReader(line.input);
          const kept = await keeps('what was kept', limitsOf(subject).patienceMs, reader.take(KEPT_BYTES));
          reader.stop();
          sameBytes('what was kept', kept, said);
        }),
    },
    {
      name: 'more than 64 KiB that nobody reads are a protocol error for good',
      run: (subject) =>
        withTransport(subject, async (line) => {
          const { atOnceMs } = limitsOf(subject);
          await unread(subject, line, 16 * KEPT_BYTES);
          for (const time of ['first', 'second']) {
            const reader = new LineReader(line.input);
            await refuses(`the ${time} reader`, atOnceMs, reader.end(), 'protocol');
          }
        }),
    },
    {
      name: 'a second reader is busy and does not disturb the first',
      run: (subject) =>
        withTransport(subject, (line) =>
          asked(line, async (device) => {
            const { atOnceMs, patienceMs } = limitsOf(subject);
            const second = new LineReader(line.input);
            await refuses('a second reader', atOnceMs, second.end(), 'busy');
            const bytes = patternBytes(100, 2);
            sameBytes('an echo', await keeps('an echo', patienceMs, device.echo(bytes)), bytes);
          }),
        ),
    },
    {
      name: 'the next reader goes on where the last one stopped',
      run: (subject) =>
        withTransport(subject, async (line) => {
          const { patienceMs } = limitsOf(subject);
          await asked(line, () => Promise.resolve());
          await line.write(
            lineFrame(LINE_FRAME.say, writeLineSaying({ ...SAYING, length: 1000, chunk: 10 })),
          );
          const front = await keeps('a first chunk', patienceMs, firstOf(line.input));
          const next = new LineReader(line.input);
          const rest = await keeps('the rest', patienceMs, next.take(1000 - front.length));
          next.stop();
          sameBytes('the front and the rest', joined([front, rest]), patternBytes(1000, SAYING.seed));
        }),
    },
    {
      name: 'a reader sees its input complete when the line is closed',
      run: async (subject) => {
        const { atOnceMs, closeMs } = limitsOf(subject);
        const line = await opened(subject);
        const reader = new LineReader(line.input);
        const ending = begun(reader.end());
        await keeps('close() while somebody reads', closeMs, line.close());
        await keeps('the input completes', atOnceMs, ending);
        await keeps('the input of a closed line', atOnceMs, new LineReader(line.input).end());
      },
    },
    {
      name: 'a reader hears of a loss, also one that comes later',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, lossMs } = limitsOf(subject);
        const line = await opened(subject);
        const ending = begun(new LineReader(line.input).end());
        await subject.unplug?.();
        await refuses('the input', lossMs, ending, 'lost');
        await hearsOfTheLoss(subject, line);
        await refuses('the input of a lost line', atOnceMs, new LineReader(line.input).end(), 'lost');
      },
    },
    {
      name: 'what came before a loss can be read after it',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs } = limitsOf(subject);
        const line = await opened(subject);
        const said = await unread(subject, line, 1000);
        await subject.unplug?.();
        await hearsOfTheLoss(subject, line);
        const reader = new LineReader(line.input);
        sameBytes('what came', await keeps('what came', atOnceMs, reader.take(1000)), said);
        await refuses('the input behind it', atOnceMs, reader.end(), 'lost');
      },
    },
    {
      name: 'a line that is closed in the middle of a flood closes',
      run: async (subject) => {
        const { closeMs } = limitsOf(subject);
        const line = await opened(subject);
        const device = new LineReference(line);
        await device.sync();
        await device.say({ length: 256 * 1024 * 1024, seed: 5, chunk: 4096 });
        await device.reader.take(1);
        await keeps('close() in a flood', closeMs, line.close());
        const end = await keeps('ended', closeMs, line.ended);
        expectThat(end.reason === 'closed', `ended says ${end.reason}`);
      },
    },
  ];
}

/** Lets the device say `length` bytes while nobody reads, and waits until they have come. */
async function unread<K extends LineKind>(
  subject: TransportUnderTest<K>,
  line: ByteTransport,
  length: number,
): Promise<Uint8Array> {
  await asked(line, () => Promise.resolve());
  const saying = writeLineSaying({ ...SAYING, length });
  await line.write(lineFrame(LINE_FRAME.say, saying));
  // Nothing tells that bytes have come but reading them.
  await delay(10 * limitsOf(subject).quietMs);
  return patternBytes(length, SAYING.seed);
}
