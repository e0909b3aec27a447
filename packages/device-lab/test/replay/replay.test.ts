import { firstValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  headText,
  lineText,
  readTraffic,
  recordedBus,
  type Bus,
  type BusKind,
  type Masking,
  type Port,
  type Traffic,
  type TransportOf,
  type OpenOptionsOf,
} from '@buergerkoffer/core';
import {
  LabBus,
  plugSerial,
  replayHardware,
  virtualHttp,
  plugUsb,
  virtualReader,
  type VirtualLineDevice,
} from '@buergerkoffer/device-lab';
import { echoDevice } from '../support/echo-device.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What `work` does on `port` of `bus`, recorded and read again. */
async function record<K extends BusKind>(
  bus: Bus<K>,
  port: Port<K>,
  options: OpenOptionsOf[K],
  work: (transport: TransportOf[K]) => Promise<unknown>,
  masking: Masking = 'none',
): Promise<Traffic> {
  let text = '';
  const sink = {
    head: (head: Parameters<typeof headText>[0]) => (text += `${headText(head)}\n`),
    line: (line: Parameters<typeof lineText>[0]) => (text += `${lineText(line)}\n`),
  };
  const transport = await recordedBus(bus, () => sink, { masking }).open(port, options);
  await work(transport);
  await transport.close();
  await transport.ended;
  return readTraffic(text);
}

async function replay<K extends BusKind>(kind: K, traffic: Traffic, options: OpenOptionsOf[K]) {
  const hardware = replayHardware(kind, traffic);
  const bus = new LabBus(kind);
  const unplug = bus.plug(hardware);
  return { hardware, unplug, transport: await bus.open(hardware.port, options) };
}

function firstOf<K extends BusKind>(ports: readonly Port<K>[]): Port<K> {
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return port;
}

describe('a USB device made of a recording', () => {
  const talk = async (usb: TransportOf['usb']) => {
    const reading = usb.transferIn(1, 64);
    await usb.transferOut(1, bytes('hello'));
    return reading;
  };

  async function recordedEcho(masking?: Masking) {
    const bus = new LabBus('usb');
    const { ports } = plugUsb(bus, echoDevice());
    return record<'usb'>(bus, firstOf<'usb'>(ports), {}, talk, masking);
  }

  it('answers as the recorded one did, a read begun before the write included', async () => {
    const { transport, hardware } = await replay('usb', await recordedEcho(), {});
    expect(await talk(transport)).toEqual({ status: 'ok', data: bytes('hello') });
    expect(hardware.progress).toEqual({ played: 2, of: 2 });
  });

  it('is the same port with the same endpoints', async () => {
    const traffic = await recordedEcho();
    const { transport, hardware } = await replay('usb', traffic, {});
    expect(hardware.port).toEqual(traffic.head.port);
    expect(transport.endpoints.length).toBeGreaterThan(0);
  });

  it('says where a driver does something else, and answers nothing from then on', async () => {
    const { transport, hardware } = await replay('usb', await recordedEcho(), {});
    await expect(transport.transferOut(1, bytes('hallo'))).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('call 1: transferOut with 5 other bytes') as string,
    });
    await expect(transport.transferIn(1, 64)).rejects.toMatchObject({ code: 'protocol' });
    expect(hardware.progress.mismatch).toContain('other bytes');
  });

  it('never tells what the bytes are', async () => {
    const { transport } = await replay('usb', await recordedEcho(), {});
    await expect(transport.transferOut(1, bytes('secret'))).rejects.not.toThrow(/secret|hello|68656c6c6f/);
  });

  it('lets a read wait until its time has come, and no longer than its deadline', async () => {
    const { transport } = await replay('usb', await recordedEcho(), {});
    await expect(transport.transferIn(1, 64, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'timeout' });
    expect(await talk(transport)).toMatchObject({ status: 'ok' });
  });

  it('answers zeros where the recording hides something, and takes anything there', async () => {
    const { transport } = await replay('usb', await recordedEcho('all'), {});
    const reading = transport.transferIn(1, 64);
    await transport.transferOut(1, bytes('other'));
    expect(await reading).toEqual({ status: 'ok', data: new Uint8Array(5) });
  });

  it('can be unplugged like any other', async () => {
    const { transport, unplug } = await replay('usb', await recordedEcho(), {});
    const reading = transport.transferIn(1, 64);
    unplug();
    await expect(reading).rejects.toMatchObject({ code: 'lost' });
  });

  it('begins again when it is opened again', async () => {
    const hardware = replayHardware('usb', await recordedEcho());
    const bus = new LabBus('usb');
    bus.plug(hardware);
    for (let round = 0; round < 2; round += 1) {
      const transport = await bus.open(hardware.port, {});
      expect(await talk(transport)).toMatchObject({ status: 'ok' });
      await transport.close();
    }
  });

  it('cannot be made of the recording of another bus', async () => {
    const traffic = await recordedEcho();
    expect(() => replayHardware('hid', traffic)).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    );
  });
});

describe('a line made of a recording', () => {
  const modem: VirtualLineDevice = {
    powerUp: (send) => {
      send(bytes('RDY'));
      return { received: () => send(bytes('OK')) };
    },
  };

  it('says what it said by itself, and the rest when it is asked', async () => {
    const bus = new LabBus('serial');
    const { ports } = plugSerial(bus, modem);
    const talk = async (line: TransportOf['serial']) => {
      const two = firstValueFrom(line.input.pipe(take(2), toArray()));
      await line.write(bytes('AT'));
      return two;
    };
    const traffic = await record<'serial'>(bus, firstOf<'serial'>(ports), { baudRate: 9600 }, talk);
    const { transport } = await replay('serial', traffic, { baudRate: 9600 });
    expect(await talk(transport)).toEqual([bytes('RDY'), bytes('OK')]);
  });

  it('goes away where it went away in the recording', async () => {
    const traffic: Traffic = {
      head: {
        traffic: 1,
        port: { bus: 'serial', id: 's', path: 's', physical: 's' },
        startedAt: '',
        masking: 'none',
      },
      lines: [
        { op: 'write', sent: [{ bytes: bytes('AT') }], at: 0, took: 1, begun: 0, result: 'ok' },
        { op: 'ended', at: 2, reason: 'lost' },
      ],
    };
    const { transport } = await replay('serial', traffic, { baudRate: 9600 });
    await transport.write(bytes('AT'));
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
  });
});

describe('a reader made of a recording', () => {
  it('has the card, and its answers', async () => {
    const bus = new LabBus('pcsc');
    const reader = virtualReader({ bus: 'pcsc', id: 'r', path: 'R', physical: 'usb:1-5', reader: 'R' });
    reader.insert({
      atr: new Uint8Array([0x3b]),
      transmit: () => Promise.resolve(new Uint8Array([0x90, 0])),
    });
    bus.plug(reader);
    const talk = async (slot: TransportOf['pcsc']) => {
      const presence = await firstValueFrom(slot.card);
      const card = await slot.connect('exclusive');
      return { presence, atr: card.atr, answer: await card.transmit(new Uint8Array([0, 0xa4, 4, 0])) };
    };
    const traffic = await record<'pcsc'>(bus, reader.port, {}, talk);
    const { transport } = await replay('pcsc', traffic, {});
    expect(await talk(transport)).toEqual({
      presence: { state: 'present', atr: new Uint8Array([0x3b]) },
      atr: new Uint8Array([0x3b]),
      answer: new Uint8Array([0x90, 0]),
    });
  });
});

describe('a service made of a recording', () => {
  it('answers with status, type and body', async () => {
    const bus = new LabBus('http');
    const port = { bus: 'http', id: 'h', path: 'h', physical: 'net:h', url: 'http://h/' } as const;
    bus.plug(
      virtualHttp(port, () =>
        Promise.resolve({
          status: 201,
          headers: { 'content-type': 'text/plain', 'x-other': '1' },
          body: (async function* () {
            await Promise.resolve();
            yield bytes('a');
            yield bytes('b');
          })(),
        }),
      ),
    );
    const talk = async (http: TransportOf['http']) => {
      const { status, headers, body } = await http.request({ method: 'GET', path: '/x?q=1' });
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      return { status, type: headers['content-type'], pieces };
    };
    const traffic = await record<'http'>(bus, port, {}, talk);
    const { transport } = await replay('http', traffic, {});
    expect(await talk(transport)).toEqual({
      status: 201,
      type: 'text/plain',
      pieces: [bytes('a'), bytes('b')],
    });
  });
});
