import { firstValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  LabBus,
  plugSerial,
  plugTcp,
  type LineSettings,
  type VirtualLineDevice,
} from '@buergerkoffer/device-lab';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (chunk: Uint8Array): string => new TextDecoder().decode(chunk);

/** A modem that greets when it gets power, and repeats what it hears. */
const modem: VirtualLineDevice = {
  powerUp: (send) => {
    send(bytes('RDY'));
    return {
      received: (heard) => {
        send(heard);
      },
    };
  },
};

function plugged(device: VirtualLineDevice = modem) {
  const bus = new LabBus('serial');
  const { ports, unplug } = plugSerial(bus, device);
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { bus, port, unplug, open: () => bus.open(port, { baudRate: 9600 }) };
}

describe('a device on a serial line', () => {
  it('is heard from before anybody read, and ends with its plug', async () => {
    const { unplug, open } = plugged();
    const line = await open();
    await line.write(bytes('AT'));
    expect(text(await firstValueFrom(line.input))).toBe('RDYAT');
    const end = firstValueFrom(line.input);
    unplug();
    await expect(end).rejects.toMatchObject({ code: 'lost' });
    await expect(line.write(new Uint8Array([1]))).rejects.toMatchObject({ code: 'lost' });
    expect(await line.ended).toMatchObject({ reason: 'lost' });
  });

  it('gets power once, whoever opens and closes, and is told how', async () => {
    const heard: (LineSettings | string)[] = [];
    const { open, unplug } = plugged({
      powerUp: () => {
        heard.push('power');
        return {
          received: () => undefined,
          settings: (settings) => heard.push(settings),
          powerDown: () => heard.push('no power'),
        };
      },
    });
    await (await open()).close();
    await (await open()).close();
    unplug();
    unplug();
    const opened = { baudRate: 9600, dataBits: 8, stopBits: 1, parity: 'none', dtr: true, rts: true };
    const closed = { ...opened, dtr: false, rts: false };
    expect(heard).toEqual(['power', opened, closed, opened, closed, 'no power']);
  });

  it('keeps at most 64 KiB of what it says while nobody has the line open', async () => {
    const { open } = plugged({
      powerUp: (send) => {
        for (let i = 0; i < 100; i += 1) send(new Uint8Array(1024).fill(i));
        return { received: () => undefined };
      },
    });
    const line = await open();
    const kept = await firstValueFrom(line.input);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([64 * 1024, 0, 63]);
  });

  it('keeps its host waiting while it is at something, no longer than the deadline', async () => {
    vi.useFakeTimers();
    try {
      const { open } = plugged({ powerUp: () => ({ received: () => new Promise(() => undefined) }) });
      const line = await open();
      const refusal = expect(line.write(bytes('x'), { timeoutMs: 200 })).rejects.toMatchObject({
        code: 'timeout',
      });
      await vi.advanceTimersByTimeAsync(200);
      await refusal;
      const closing = expect(line.write(bytes('y'))).rejects.toMatchObject({ code: 'closed' });
      await line.close();
      await closing;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that throws is told to whoever plugged it in; its host notices nothing', async () => {
    const fault = new Error('firmware');
    const failed: unknown[] = [];
    const bus = new LabBus('serial');
    const { ports } = plugSerial(
      bus,
      {
        powerUp: () => ({
          received: () => Promise.reject(fault),
          settings: () => {
            throw fault;
          },
        }),
      },
      { failed: (error) => failed.push(error), port: { path: '/dev/ttyACM0', vendorId: 7 } },
    );
    const [port] = ports;
    expect(port).toMatchObject({ path: '/dev/ttyACM0', vendorId: 7, physical: 'usb:1-1' });
    if (port === undefined) throw new Error('no port');
    const line = await bus.open(port, { baudRate: 9600 });
    await line.write(bytes('x'));
    expect(failed).toEqual([fault, fault]);
  });
});

describe('a service behind a TCP port', () => {
  it('begins anew with each connection', async () => {
    const bus = new LabBus('tcp');
    const { ports, unplug } = plugTcp(bus, modem, { host: 'printer.local', service: '_pdl-datastream._tcp' });
    const [port] = ports;
    if (port === undefined) throw new Error('no port');
    expect(port).toMatchObject({ path: 'printer.local:9100', physical: 'net:printer.local' });
    for (const word of ['one', 'two']) {
      const connection = await bus.open(port, {});
      const heard = firstValueFrom(connection.input.pipe(map(text), take(2), toArray()));
      await connection.write(bytes(word));
      expect(await heard).toEqual(['RDY', word]);
      await connection.close();
    }
    unplug();
    await expect(bus.open(port, {})).rejects.toMatchObject({ code: 'not-found' });
  });
});
