import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PcscPort, UsbTransport } from '@buergerkoffer/core';
import {
  ccidReader,
  LabBus,
  plugUsb,
  virtualReader,
  type CcidOptions,
  type VirtualCard,
} from '@buergerkoffer/device-lab';
import { counting } from '../support/echo-device.js';

const PORT: PcscPort = { bus: 'pcsc', id: 'r', path: 'Reader 00', physical: 'usb:1-5', reader: 'Reader 00' };
const ATR = [0x3b, 0x80, 0x80, 0x01, 0x01];

/** A card that answers with its command and 90 00. */
const echo: VirtualCard = {
  atr: new Uint8Array(ATR),
  transmit: (command) => Promise.resolve(new Uint8Array([...command, 0x90, 0])),
};

async function plugged(options: CcidOptions = {}) {
  const reader = virtualReader(PORT);
  const bus = new LabBus('usb');
  const { ports, unplug } = plugUsb(bus, ccidReader(reader, options));
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { reader, unplug, usb: await bus.open(port, {}) };
}

const command = (type: number, data: readonly number[] = [], level = 0, slot = 0): Uint8Array =>
  new Uint8Array([
    type,
    data.length & 255,
    (data.length >> 8) & 255,
    (data.length >> 16) & 255,
    0,
    slot,
    7,
    0,
    level & 255,
    level >> 8,
    ...data,
  ]);

/** Type, status, error, third byte and data of the next message. */
async function answer(usb: UsbTransport) {
  const result = await usb.transferIn(2, 65_536 + 512);
  if (result.status === 'stall') throw new Error('stalled');
  const [type = 0, a = 0, b = 0, c = 0, , , sequence, status = 0, error = 0, extra = 0] = result.data;
  expect(sequence).toBe(7);
  expect(result.data.length).toBe(10 + a + b * 256 + c * 65_536);
  return { type, status, error, extra, data: [...result.data.subarray(10)] };
}

async function ask(usb: UsbTransport, ...message: Parameters<typeof command>) {
  await usb.transferOut(3, command(...message));
  return answer(usb);
}

const [POWER_ON, POWER_OFF, SLOT_STATUS, TRANSFER, ABORT] = [0x62, 0x63, 0x65, 0x6f, 0x72];

async function powered(card: VirtualCard = echo, options: CcidOptions = {}) {
  const all = await plugged(options);
  all.reader.insert(card);
  await ask(all.usb, POWER_ON);
  return all;
}

describe('a card reader behind USB', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('describes itself with the 54 bytes of its class', async () => {
    const { usb } = await plugged({ messageBytes: 271 });
    const setup = {
      requestType: 'standard',
      recipient: 'interface',
      request: 6,
      value: 0x2100,
      index: 0,
    } as const;
    const result = await usb.controlTransferIn(setup, 255);
    const bytes = result.status === 'ok' ? result.data : new Uint8Array();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expect([bytes.length, view.getUint32(40, true), view.getUint32(44, true)]).toEqual([54, 0x404be, 271]);
  });

  it('tells whether a card is in, and its answer to reset', async () => {
    const { reader, usb } = await plugged();
    expect(await ask(usb, SLOT_STATUS)).toMatchObject({ type: 0x81, status: 2 });
    expect(await ask(usb, POWER_ON)).toMatchObject({ type: 0x80, status: 0x42, error: 0xfe });
    reader.insert(echo);
    expect(await ask(usb, SLOT_STATUS)).toMatchObject({ status: 1 });
    expect(await ask(usb, POWER_ON)).toMatchObject({ type: 0x80, status: 0, data: ATR });
    expect(await ask(usb, POWER_OFF)).toMatchObject({ type: 0x81, status: 1 });
    expect(await ask(usb, 0x6c)).toMatchObject({ type: 0x82, extra: 1 });
  });

  it('notifies its host of a card that is put in and taken out', async () => {
    const { reader, usb } = await plugged();
    const notice = async () => {
      const result = await usb.transferIn(1, 8);
      return result.status === 'ok' ? [...result.data] : [];
    };
    const first = notice();
    reader.insert(echo);
    expect(await first).toEqual([0x50, 3]);
    reader.remove();
    expect(await notice()).toEqual([0x50, 2]);
  });

  it('carries an APDU to the card and its answer back, of any length', async () => {
    const { usb } = await powered();
    expect(await ask(usb, TRANSFER, [0, 0xa4, 4, 0])).toMatchObject({
      type: 0x80,
      status: 0,
      extra: 0,
      data: [0, 0xa4, 4, 0, 0x90, 0],
    });
    const long = [...counting(60_000)];
    expect((await ask(usb, TRANSFER, long)).data).toEqual([...long, 0x90, 0]);
  });

  it('carries in parts what does not fit into its messages', async () => {
    const { usb } = await powered(echo, { messageBytes: 271 });
    const apdu = [...counting(600)];
    expect(await ask(usb, TRANSFER, apdu.slice(0, 261), 1)).toMatchObject({ extra: 0x10, data: [] });
    expect(await ask(usb, TRANSFER, apdu.slice(261, 522), 3)).toMatchObject({ extra: 0x10 });
    const first = await ask(usb, TRANSFER, apdu.slice(522), 2);
    const second = await ask(usb, TRANSFER, [], 0x10);
    const third = await ask(usb, TRANSFER, [], 0x10);
    expect([first.extra, second.extra, third.extra]).toEqual([1, 3, 2]);
    expect([...first.data, ...second.data, ...third.data]).toEqual([...apdu, 0x90, 0]);
  });

  it('asks for more time while the card works, and is busy for everything else', async () => {
    vi.useFakeTimers();
    let respond: (bytes: Uint8Array) => void = () => undefined;
    const slow: VirtualCard = {
      atr: echo.atr,
      transmit: () =>
        new Promise((resolve) => {
          respond = resolve;
        }),
    };
    const { usb } = await powered(slow);
    await usb.transferOut(3, command(TRANSFER, [1]));
    expect(await ask(usb, SLOT_STATUS)).toMatchObject({ status: 0x40, error: 0xe0 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer(usb)).toMatchObject({ type: 0x80, status: 0x80, error: 1 });
    respond(new Uint8Array([0x90, 0]));
    expect(await answer(usb)).toMatchObject({ status: 0, data: [0x90, 0] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, (all: Awaited<ReturnType<typeof powered>>) => Promise<unknown>, object]>([
    [
      'the card is taken out',
      ({ reader }) => Promise.resolve(reader.remove()),
      { type: 0x80, status: 0x42, error: 0xfe },
    ],
    ['its host aborts', ({ usb }) => usb.transferOut(3, command(ABORT)), { type: 0x81, status: 0 }],
  ])('lets go of what the card is at when %s', async (_, end, expected) => {
    vi.useFakeTimers();
    const all = await powered({ atr: echo.atr, transmit: () => new Promise(() => undefined) });
    await all.usb.transferOut(3, command(TRANSFER, [1]));
    await end(all);
    expect(await answer(all.usb)).toMatchObject(expected);
    all.unplug();
    await all.usb.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer when it is unplugged while the card works', async () => {
    vi.useFakeTimers();
    const { usb, unplug } = await powered({ atr: echo.atr, transmit: () => new Promise(() => undefined) });
    await usb.transferOut(3, command(TRANSFER, [1]));
    unplug();
    await usb.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not carry to a card without power, to another slot, nor what it does not know', async () => {
    const { reader, usb } = await plugged();
    reader.insert(echo);
    expect(await ask(usb, TRANSFER, [1])).toMatchObject({ type: 0x80, status: 0x41, error: 0xfe });
    expect(await ask(usb, SLOT_STATUS, [], 0, 1)).toMatchObject({ status: 0x41, error: 5 });
    expect(await ask(usb, 0x6b)).toMatchObject({ type: 0x81, status: 0x41, error: 0 });
  });

  it('shows a card that fails or says too much as hardware that fails, and tells of it', async () => {
    const failed: unknown[] = [];
    let next: () => Promise<Uint8Array> = () => Promise.reject(new Error('card'));
    const card: VirtualCard = { atr: echo.atr, transmit: () => next() };
    const { usb } = await powered(card, { failed: (error) => failed.push(error) });
    expect(await ask(usb, TRANSFER, [1])).toMatchObject({ status: 0x40, error: 0xfb });
    next = () => Promise.resolve(new Uint8Array(65_539));
    expect(await ask(usb, TRANSFER, [1])).toMatchObject({ status: 0x40, error: 0xfb });
    expect(failed).toHaveLength(2);
  });

  it('halts its OUT endpoint on a message that is longer than it may be', async () => {
    const { usb } = await plugged({ messageBytes: 271 });
    const head = new Uint8Array([TRANSFER, 0xff, 0xff, 0xff, 0xff, 0, 7, 0, 0, 0]);
    await expect(usb.transferOut(3, head)).resolves.toEqual({ status: 'stall' });
    await usb.clearHalt('out', 3);
    expect(await ask(usb, SLOT_STATUS)).toMatchObject({ type: 0x81 });
  });

  it('bears whatever its host sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (messages) => {
        const failed: unknown[] = [];
        const { usb, unplug } = await powered(echo, { failed: (error) => failed.push(error) });
        for (const message of messages) await usb.transferOut(3, message);
        unplug();
        expect(failed).toEqual([]);
      }),
    );
  });

  it.each([270, 65_545, 300.5])('is not made for messages of %s bytes', (messageBytes) => {
    expect(() => ccidReader(virtualReader(PORT), { messageBytes })).toThrow('271 to 65544');
  });
});
