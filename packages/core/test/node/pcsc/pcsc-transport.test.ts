import { firstValueFrom, take, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { delay } from '@buergerkoffer/core';
import { pcscBusOn } from '../../../src/node/pcsc/pcsc-bus.js';
import { PcscFailure, pcscError } from '../../../src/node/pcsc/pcsc-errors.js';
import { ATR, FakePcscd } from '../../support/fake-pcscd.js';

let service: FakePcscd;
beforeEach(async () => {
  service = new FakePcscd();
  await service.start();
});
afterEach(() => service.remove());

const never = (): Promise<never> => new Promise(() => undefined);

async function slot() {
  const reader = service.plug('R');
  const bus = pcscBusOn({
    sysfs: '/nowhere',
    socket: service.path,
    againMs: 10,
    listMs: 1_000,
    openMs: 5_000,
  });
  const transport = await bus.open({ bus: 'pcsc', id: 'pcsc:R', path: 'R', physical: 'R', reader: 'R' }, {});
  return { reader, transport };
}

async function card(mode: 'exclusive' | 'shared' = 'exclusive') {
  const opened = await slot();
  opened.reader.insert();
  return { ...opened, connection: await opened.transport.connect(mode) };
}

async function comes(call: string): Promise<void> {
  await vi.waitFor(() => {
    expect(service.calls).toContain(call);
  });
}

describe('a slot', () => {
  it('tells what is in it, and every change', async () => {
    const { reader, transport } = await slot();
    const told = firstValueFrom(transport.card.pipe(take(3), toArray()));
    reader.insert();
    await firstValueFrom(transport.card.pipe(take(2)));
    await vi.waitFor(async () => {
      expect(await firstValueFrom(transport.card)).toMatchObject({ state: 'present' });
    });
    reader.remove();
    expect(await told).toEqual([{ state: 'absent' }, { state: 'present', atr: ATR }, { state: 'absent' }]);
    await transport.close();
    await vi.waitFor(() => {
      expect(service.clients).toBe(0);
    });
  });

  it('tells of a card that was changed for another between two looks', async () => {
    const { reader, transport } = await slot();
    reader.insert();
    await vi.waitFor(async () => {
      expect(await firstValueFrom(transport.card)).toMatchObject({ state: 'present' });
    });
    const told = firstValueFrom(transport.card.pipe(take(3), toArray()));
    reader.swap();
    expect((await told).map(({ state }) => state)).toEqual(['present', 'absent', 'present']);
  });

  it('is lost with its reader, and so is the card', async () => {
    const { reader, transport, connection } = await card();
    service.unplug(reader);
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
    await expect(transport.connect('shared')).rejects.toMatchObject({ code: 'lost' });
  });

  it('is lost with the service', async () => {
    const { transport, connection } = await card();
    await service.stop();
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
    await connection.close();
    await transport.close();
  });

  it('speaks to the reader itself, also while the card is held by us alone', async () => {
    const { reader, transport } = await slot();
    expect(await transport.control(0x42, new Uint8Array([7]))).toEqual(new Uint8Array([0x42, 7]));
    reader.insert();
    await transport.connect('exclusive');
    expect(await transport.control(0x43, new Uint8Array(0))).toEqual(new Uint8Array([0x43]));
    await transport.close();
    await expect(transport.control(1, new Uint8Array(0))).rejects.toMatchObject({ code: 'closed' });
  });

  it('is not blocked by a reader that never answers', async () => {
    const { reader, transport } = await slot();
    service.instead.set(0x0a, () => undefined);
    const asked = transport.control(1, new Uint8Array(0), { timeoutMs: 50 });
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
    reader.insert();
    await (await transport.connect('exclusive')).close();
    await transport.close();
  });

  it.each([
    ['SCARD_E_NO_SMARTCARD', 0x8010000c, 'attention'],
    ['SCARD_E_SHARING_VIOLATION', 0x8010000b, 'busy'],
    ['SCARD_W_UNRESPONSIVE_CARD', 0x80100066, 'protocol'],
    ['SCARD_W_UNPOWERED_CARD', 0x80100067, 'attention'],
    ['SCARD_W_SECURITY_VIOLATION', 0x8010006a, 'access-denied'],
    ['something new', 0x80109999, 'protocol'],
  ])('says what %s means', async (_, returnCode, meant) => {
    const { reader, transport } = await slot();
    reader.refuses = returnCode;
    await expect(transport.connect('exclusive')).rejects.toMatchObject({ code: meant });
    await transport.close();
    await vi.waitFor(() => {
      expect(service.clients).toBe(0);
    });
  });

  it('gives up a connection that the service does not answer, at the deadline and on abort', async () => {
    const { reader, transport } = await slot();
    reader.insert();
    service.instead.set(0x04, () => undefined);
    await expect(transport.connect('shared', { timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
    const stop = new AbortController();
    const waiting = transport.connect('shared', { signal: stop.signal });
    stop.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    service.instead.clear();
    await (await transport.connect('exclusive')).close();
    await transport.close();
    await vi.waitFor(() => {
      expect(service.clients).toBe(0);
    });
  });
});

describe('a connection to a card', () => {
  it('knows its answer to reset and carries commands of every size', async () => {
    const { connection, reader } = await card();
    expect(connection.atr).toEqual(ATR);
    reader.answer = (command) => Promise.resolve(command.slice());
    for (const size of [4, 261, 65_538]) {
      const command = new Uint8Array(size).fill(size);
      expect(await connection.transmit(command)).toEqual(command);
    }
    await expect(connection.transmit(new Uint8Array(65_549))).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });

  it.each([
    ['exclusive', 'resets the card', 'disconnect 1'],
    ['shared', 'leaves the card to the others', 'disconnect 0'],
  ] as const)('that is %s %s at its end, once', async (mode, _, call) => {
    const { connection } = await card(mode);
    await connection.close();
    await connection.close();
    expect(await connection.ended).toEqual({ reason: 'closed' });
    expect(service.calls.filter((each) => each.startsWith('disconnect'))).toEqual([call]);
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'closed' });
  });

  it('ends with the card, the slot does not', async () => {
    const { reader, transport, connection } = await card();
    reader.answer = never;
    const waiting = expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'lost' });
    await comes('transmit 4');
    reader.remove();
    await waiting;
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
    expect(await firstValueFrom(transport.card)).toEqual({ state: 'absent' });
    await transport.close();
  });

  it('ends when another card is in, though it looks the same', async () => {
    const { reader, connection } = await card();
    reader.swap();
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
  });

  it('to a card that came a moment ago does not end with the news of what was before', async () => {
    const { reader, transport } = await slot();
    service.isSilent = true;
    reader.insert();
    const connection = await transport.connect('shared');
    expect(await firstValueFrom(transport.card)).toEqual({ state: 'absent' });
    service.isSilent = false;
    service.changed();
    await vi.waitFor(async () => {
      expect(await firstValueFrom(transport.card)).toMatchObject({ state: 'present' });
    });
    expect(await connection.transmit(new Uint8Array(4))).toEqual(new Uint8Array([0x90, 0]));
    await connection.close();
    expect(await connection.ended).toEqual({ reason: 'closed' });
  });

  it('that breaks because the card is pulled is lost, one that breaks otherwise is not', async () => {
    const { reader, connection } = await card();
    reader.answer = () => Promise.resolve(0x80100016);
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'protocol' });
    reader.answer = () => {
      setTimeout(() => {
        reader.remove();
      }, 20);
      return Promise.resolve(0x80100016);
    };
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
  });

  it('takes one command at a time', async () => {
    const { reader, connection } = await card();
    let answer: (bytes: Uint8Array) => void = () => undefined;
    reader.answer = () => new Promise((resolve) => (answer = resolve));
    const first = connection.transmit(new Uint8Array(4));
    await expect(connection.transmit(new Uint8Array(5))).rejects.toMatchObject({ code: 'busy' });
    await comes('transmit 4');
    answer(new Uint8Array([1]));
    expect(await first).toEqual(new Uint8Array([1]));
  });

  it('never gives a command the answer to another that was given up', async () => {
    const { reader, connection } = await card();
    let late: (answer: Uint8Array) => void = () => undefined;
    reader.answer = () => new Promise((resolve) => (late = resolve));
    const first = connection.transmit(new Uint8Array([1]), { timeoutMs: 50 });
    await expect(first).rejects.toMatchObject({ code: 'timeout' });
    await comes('transmit 1');
    const second = connection.transmit(new Uint8Array([2, 2]));
    reader.answer = () => Promise.resolve(new Uint8Array([2]));
    late(new Uint8Array([1]));
    expect(await second).toEqual(new Uint8Array([2]));
  });

  it('is given up with the reason of a signal, and closes while a command hangs', async () => {
    const { reader, transport, connection } = await card();
    let late: (answer: Uint8Array) => void = () => undefined;
    reader.answer = () => new Promise((resolve) => (late = resolve));
    const stop = new AbortController();
    const waiting = connection.transmit(new Uint8Array([1]), { signal: stop.signal });
    await comes('transmit 1');
    stop.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await connection.close();
    expect(reader.sharing).toBe(-1);
    const next = transport.connect('exclusive');
    expect(await Promise.race([next, delay(50).then(() => 'it waits')])).toBe('it waits');
    late(new Uint8Array([1]));
    await (await next).close();
    expect(reader.sharing).toBe(0);
    await transport.close();
  });

  it('is lost when PC/SC says that the card has gone', async () => {
    const { reader, connection } = await card();
    reader.answer = () => Promise.resolve(0x80100069);
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'lost' });
    expect(await connection.ended).toMatchObject({ reason: 'lost' });
  });

  it('is over when the service sends what cannot be', async () => {
    const { connection } = await card();
    service.instead.set(0x09, () => new Uint8Array(32).fill(0x7f).fill(0, 28));
    await expect(connection.transmit(new Uint8Array(4))).rejects.toMatchObject({ code: 'protocol' });
    await connection.close();
  });
});

describe('the return codes of PC/SC', () => {
  it('are told by name, with a remedy', () => {
    const error = pcscError(new PcscFailure(0x8010001e), 'R');
    expect(error).toMatchObject({ code: 'lost', remedy: /systemctl/ });
    expect(pcscError(new PcscFailure(0x80109999), 'R').message).toBe('R: PC/SC says 0x80109999');
  });
});
