import { describe, expect, it } from 'vitest';
import { firstValueFrom, map, scan, filter } from 'rxjs';
import { webSerialBus } from '@buergerkoffer/core/web';
import { FakeLine, FakeSerial, rejects } from '../lab/fake-platform.js';
import { failureOf, openedFirst } from '../lab/opening.js';

const OPTIONS = { baudRate: 9600 };

async function opened() {
  const line = new FakeLine();
  const serial = new FakeSerial(line);
  return { line, serial, transport: await openedFirst(webSerialBus(serial), OPTIONS) };
}

/** Lets the reader come to its next read. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('a serial line of the browser', () => {
  it.each([
    ['InvalidStateError', 'busy'],
    ['NetworkError', 'busy'],
    ['TypeError', 'invalid-request'],
    ['UnknownError', 'protocol'],
  ])('that does not open with %s is %s', async (name, code) => {
    const line = new FakeLine();
    line.open = rejects(name);
    expect((await failureOf(openedFirst(webSerialBus(new FakeSerial(line)), OPTIONS))).code).toBe(code);
  });

  it('is opened as asked for, with room for a burst', async () => {
    const line = new FakeLine();
    const bus = webSerialBus(new FakeSerial(line));
    await openedFirst(bus, { baudRate: 300, dataBits: 7, stopBits: 2, parity: 'even', rtscts: true });
    expect(line.options).toEqual([
      {
        baudRate: 300,
        dataBits: 7,
        stopBits: 2,
        parity: 'even',
        flowControl: 'hardware',
        bufferSize: 65_536,
      },
    ]);
  });

  it.each(['BreakError', 'FramingError', 'ParityError'])('reads on after %s', async (name) => {
    const { line, transport } = await opened();
    const read = firstValueFrom(
      transport.input.pipe(
        scan((all: number[], bytes) => [...all, ...bytes], []),
        filter(({ length }) => length === 2),
      ),
    );
    line.source?.enqueue(Uint8Array.of(1));
    await turn();
    line.fail(name);
    await turn();
    line.source?.enqueue(Uint8Array.of(2));
    expect(await read).toEqual([1, 2]);
    await transport.close();
  });

  it('bears any number of errors as long as good bytes come in between', async () => {
    const { line, transport } = await opened();
    for (let time = 0; time < 20; time += 1) {
      line.source?.enqueue(Uint8Array.of(1));
      await turn();
      line.fail('ParityError');
      await turn();
    }
    expect((await firstValueFrom(transport.input)).length).toBe(20);
    await transport.close();
  });

  it('that delivers nothing but framing errors ends as a protocol error that names the baud rate', async () => {
    const { line, transport } = await opened();
    for (let time = 0; time < 20; time += 1) {
      line.fail('FramingError');
      await turn();
    }
    const end = await transport.ended;
    expect(end).toMatchObject({ reason: 'lost', error: { code: 'protocol' } });
    expect(end.reason === 'lost' && end.error.remedy).toMatch(/baud rate/);
  });

  it.each([
    ['BufferOverrunError', 'protocol'],
    ['UnknownError', 'protocol'],
    ['NetworkError', 'lost'],
  ])('that fails with %s ends as %s, and its reader hears of it', async (name, code) => {
    const { line, transport } = await opened();
    const reading = failureOf(firstValueFrom(transport.input));
    line.fail(name, true);
    expect((await reading).code).toBe(code);
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: { code } });
    await transport.close();
    expect(line.isOpen).toBe(false);
  });

  it('sends what was written before it closes', async () => {
    const { line, transport } = await opened();
    await transport.write(Uint8Array.of(1, 2, 3));
    await transport.close();
    expect([line.written, line.drained, line.isOpen]).toEqual([[1, 2, 3], 3, false]);
  });

  it('takes back a write that is given up, and writes on', async () => {
    const { line, transport } = await opened();
    line.hold = new Promise(() => undefined);
    expect((await failureOf(transport.write(Uint8Array.of(1), { timeoutMs: 5 }))).code).toBe('timeout');
    line.hold = Promise.resolve();
    await transport.write(Uint8Array.of(2));
    expect(line.written).toEqual([2]);
    expect(await Promise.race([transport.ended, turn().then(() => 'alive')])).toBe('alive');
  });

  it('closes while a read and a write are pending', async () => {
    const { line, serial, transport } = await opened();
    line.hold = new Promise(() => undefined);
    const writing = failureOf(transport.write(Uint8Array.of(1)));
    const completed = firstValueFrom(transport.input.pipe(map(() => 'bytes')), { defaultValue: 'complete' });
    await turn();
    await transport.close();
    expect([(await writing).code, await completed, line.isOpen, serial.listeners]).toEqual([
      'closed',
      'complete',
      false,
      0,
    ]);
  });
});
