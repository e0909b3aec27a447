import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom, map, take, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PcscPort, PortEvent } from '@buergerkoffer/core';
import { pcscBusOn } from '../../../src/node/pcsc/pcsc-bus.js';
import { pcscError } from '../../../src/node/pcsc/pcsc-errors.js';
import { ATR, FakeReader, FakeService, pcscFailure } from '../../support/fake-pcsc.js';

let sysfs: string;
let service: FakeService;
beforeEach(() => {
  sysfs = mkdtempSync(join(tmpdir(), 'pcsc-'));
  const device = join(sysfs, 'bus/usb/devices/1-4.2');
  mkdirSync(device, { recursive: true });
  writeFileSync(join(device, 'busnum'), '1\n');
  writeFileSync(join(device, 'devnum'), '5\n');
  service = new FakeService();
});
afterEach(() => {
  rmSync(sysfs, { recursive: true });
});

const bus = () => pcscBusOn({ sysfs, library: service.library });
const port: PcscPort = { bus: 'pcsc', id: 'pcsc:R', path: 'R', physical: 'usb:1-4.2', reader: 'R' };

async function slot(reader = new FakeReader('R')) {
  service.plug(reader);
  const transport = await bus().open(port, {});
  return { reader, transport };
}

async function card(reader = new FakeReader('R')) {
  const opened = await slot(reader);
  reader.insert();
  return { ...opened, connection: await opened.transport.connect('exclusive') };
}

describe('the readers of the PC/SC service', () => {
  it('are ports with the place of their USB device', async () => {
    service.plug(new FakeReader('R'));
    expect(await firstValueFrom(bus().events.pipe(filter(({ type }) => type === 'attached')))).toEqual({
      type: 'attached',
      port,
    });
    expect(service.clients).toBe(0);
  });

  it.each([
    ['does not tell', pcscFailure('UnsupportedFeature')],
    ['hangs on something else', new Uint8Array([1, 0, 1, 0])],
    ['tells nonsense', new Uint8Array([1])],
    ['is a USB device that is not listed', new Uint8Array([9, 9, 0x20, 0])],
  ])('are things of their own where the reader %s', async (_, channel) => {
    const reader = new FakeReader('R');
    reader.channel = channel;
    service.plug(reader);
    const attached = bus().events.pipe(filter(({ type }) => type === 'attached'));
    expect(await firstValueFrom(attached)).toMatchObject({ port: { physical: 'pcsc:R' } });
  });

  it('with two slots are two parts of one thing, the first one without a name', async () => {
    service.plug(new FakeReader('Reader (contact) 00 00'));
    service.plug(new FakeReader('Reader (contactless) 01 00'));
    const attached = bus().events.pipe(filter((event) => event.type === 'attached'));
    const ports = (await firstValueFrom(attached.pipe(take(2), toArray()))).map((event) => event.port);
    expect(ports.map(({ physical, part }) => [physical, part])).toEqual([
      ['usb:1-4.2', undefined],
      ['usb:1-4.2', '01 00'],
    ]);
  });

  it('come and go', async () => {
    const { events } = bus();
    const comesAndGoes = events.pipe(
      filter((event) => event.type === 'attached' || event.type === 'detached'),
      map(({ type }) => type),
    );
    const told = firstValueFrom(comesAndGoes.pipe(take(2), toArray()));
    const came = firstValueFrom(comesAndGoes);
    await Promise.resolve();
    const reader = service.plug(new FakeReader('R'));
    await came;
    service.unplug(reader);
    expect(await told).toEqual(['attached', 'detached']);
  });

  it('are waited for while the service does not run, and gone while it is stopped', async () => {
    vi.useFakeTimers();
    try {
      service.runs = false;
      service.readers.push(new FakeReader('R'));
      const events: PortEvent<'pcsc'>[] = [];
      const watching = bus().events.subscribe((event) => events.push(event));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(events.at(-2)).toMatchObject({ diagnostics: [{ code: 'pcsc.service-missing' }] });
      expect(events.at(-1)).toEqual({ type: 'listed' });
      service.runs = true;
      await vi.advanceTimersByTimeAsync(2_000);
      await vi.waitFor(() => {
        expect(events.at(-1)).toMatchObject({ type: 'attached' });
      });
      service.stop();
      expect(events.map(({ type }) => type)).toContain('detached');
      expect(events.at(-1)).toMatchObject({ diagnostics: [{ code: 'pcsc.service-missing' }] });
      watching.unsubscribe();
      expect(vi.getTimerCount()).toBe(0);
      expect(service.clients).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are not found when they are not there', async () => {
    vi.useFakeTimers();
    try {
      const opening = expect(bus().open(port, {})).rejects.toMatchObject({ code: 'not-found' });
      await vi.advanceTimersByTimeAsync(3_000);
      await opening;
      expect(service.clients).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('cannot be opened without the library, and say what to install', async () => {
    const { pcscBus } = await import('@buergerkoffer/core/node');
    await expect(pcscBus().open(port, {})).rejects.toMatchObject({
      code: 'unsupported',
      remedy: /pcsc-mini/,
    });
  });
});

describe('a slot', () => {
  it('tells what is in it, and every change', async () => {
    const { reader, transport } = await slot();
    reader.remove();
    const told = firstValueFrom(transport.card.pipe(take(3), toArray()));
    reader.insert();
    reader.remove();
    expect(await told).toEqual([{ state: 'absent' }, { state: 'present', atr: ATR }, { state: 'absent' }]);
    await transport.close();
    expect(service.clients).toBe(0);
  });

  it('is lost with its reader, and so is the card', async () => {
    const { reader, transport, connection } = await card();
    service.unplug(reader);
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
    await expect(transport.connect('shared')).rejects.toMatchObject({ code: 'lost' });
  });

  it('speaks to the reader itself', async () => {
    const { transport } = await slot();
    expect(await transport.control(0x42, new Uint8Array([7]))).toEqual(new Uint8Array([0x42, 7]));
    await transport.close();
    await expect(transport.control(1, new Uint8Array(0))).rejects.toMatchObject({ code: 'closed' });
  });

  it.each([
    ['NoSmartCard', 'attention'],
    ['SharingViolation', 'busy'],
    ['UnresponsiveCard', 'protocol'],
    ['UnpoweredCard', 'attention'],
    ['SomethingNew', 'protocol'],
  ])('says what %s means', async (code, meant) => {
    const { reader, transport } = await slot();
    reader.refuses = pcscFailure(code);
    await expect(transport.connect('exclusive')).rejects.toMatchObject({ code: meant });
    await transport.close();
  });
});

describe('a connection to a card', () => {
  it('knows its answer to reset and carries commands', async () => {
    const { connection, reader } = await card();
    expect(connection.atr).toEqual(ATR);
    expect(await connection.transmit(new Uint8Array([0, 0xa4, 4, 0]))).toEqual(new Uint8Array([0x90, 0]));
    await connection.close();
    await connection.close();
    expect(await connection.ended).toEqual({ reason: 'closed' });
    expect(reader.calls.filter((call) => call === 'disconnect 1')).toHaveLength(1);
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'closed' });
  });

  it('ends with the card, the slot does not', async () => {
    const { reader, transport, connection } = await card();
    reader.answer = () => new Promise(() => undefined);
    const waiting = connection.transmit(new Uint8Array(4));
    await vi.waitFor(() => {
      expect(reader.calls).toContain('transmit');
    });
    reader.remove();
    await expect(waiting).rejects.toMatchObject({ code: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
    expect(await firstValueFrom(transport.card)).toEqual({ state: 'absent' });
    await transport.close();
  });

  it('never gives a command the answer to another that was given up', async () => {
    const { reader, connection } = await card();
    let late: (answer: Uint8Array) => void = () => undefined;
    reader.answer = () => new Promise((resolve) => (late = resolve));
    const first = connection.transmit(new Uint8Array([1]), { timeoutMs: 10 });
    await expect(first).rejects.toMatchObject({ code: 'timeout' });
    reader.answer = () => Promise.resolve(new Uint8Array([2]));
    const second = connection.transmit(new Uint8Array([2]));
    late(new Uint8Array([1]));
    expect(await second).toEqual(new Uint8Array([2]));
    expect(reader.calls.slice(-3)).toEqual(['transmit', 'reset', 'transmit']);
  });

  it('is given up with the reason of a signal, and closes while a command hangs', async () => {
    const { reader, connection } = await card();
    reader.answer = () => new Promise(() => undefined);
    const stop = new AbortController();
    const waiting = connection.transmit(new Uint8Array([1]), { signal: stop.signal });
    await vi.waitFor(() => {
      expect(reader.calls).toContain('transmit');
    });
    stop.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await connection.close();
  });

  it('is lost when PC/SC says that the card has gone', async () => {
    const { reader, connection } = await card();
    reader.answer = () => Promise.reject(pcscFailure('RemovedCard'));
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
  });
});

describe('the codes of PC/SC', () => {
  it('are told with a remedy, without what the library says beside', () => {
    const error = pcscError(Object.assign(new Error('secret'), { code: 'ServiceStopped' }), 'R');
    expect(error).toMatchObject({ code: 'lost', remedy: 'systemctl restart pcscd' });
    expect(error.message).not.toContain('secret');
    expect(pcscError('text', 'R').message).toBe('R: PC/SC says unknown');
  });
});
