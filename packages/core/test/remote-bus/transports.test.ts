import { lastValueFrom, Observable, Subject, take, toArray } from 'rxjs';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { LabBus, virtualHttp } from '@buergerkoffer/device-lab';
import {
  DeviceError,
  DeviceLife,
  type Bus,
  type OpenOptionsOf,
  type PortOf,
  type SerialPort,
  type UsbInResult,
  type UsbPort,
  type UsbTransport,
} from '@buergerkoffer/core';
import { lineAt } from '../support/lab-hardware.js';
import { linked } from '../support/remote-bus.js';

// What every transport promises is in contract.test.ts; this is what is particular to the way between two sides.

const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);

const USB: UsbPort = {
  bus: 'usb',
  id: 'u',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 1,
  productId: 2,
  interfaceNumber: 4,
  interfaceClass: 255,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};

/** A bus with one USB interface that does what `changes` say. */
function usbBus(changes: Partial<UsbTransport>): Bus<'usb'> {
  const never = () => new Promise<never>(() => undefined);
  return {
    kind: 'usb',
    events: new Observable(),
    open: () => {
      const life = new DeviceLife();
      return Promise.resolve({
        interfaceNumber: 4,
        endpoints: [],
        ended: life.ended,
        close: () => life.close(),
        controlTransferIn: never,
        controlTransferOut: never,
        transferIn: never,
        transferOut: never,
        clearHalt: () => Promise.resolve(),
        ...changes,
      });
    },
  };
}

describe('bytes between two sides', () => {
  it('are handed over without a copy where nobody else uses them', async () => {
    const answer = bytes(1, 2, 3);
    const bus = usbBus({ transferIn: () => Promise.resolve({ status: 'ok', data: answer }) });
    const usb = await linked(bus).remote.open(USB, {});
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'ok', data: bytes(1, 2, 3) });
    expect(answer.byteLength).toBe(0);
    await usb.close();
  });

  it('are copied once where their caller may still use them, and nothing beside them travels', async () => {
    const got: Uint8Array[] = [];
    const bus = usbBus({
      transferOut: (_, data) => {
        got.push(data);
        return Promise.resolve({ status: 'ok', bytesWritten: data.length });
      },
    });
    const usb = await linked(bus).remote.open(USB, {});
    const buffer = new Uint8Array(1_000).fill(9);
    expect(await usb.transferOut(2, buffer.subarray(10, 12))).toEqual({ status: 'ok', bytesWritten: 2 });
    expect(buffer.byteLength).toBe(1_000);
    expect(got).toEqual([bytes(9, 9)]);
    expect(got[0]?.buffer.byteLength).toBe(2);
    await usb.close();
  });

  it('are cut out of a pool that holds other things', async () => {
    const pool = new Uint8Array(1_000).fill(9);
    const bus = usbBus({ transferIn: () => Promise.resolve({ status: 'ok', data: pool.subarray(3, 5) }) });
    const usb = await linked(bus).remote.open(USB, {});
    const answer = await usb.transferIn(1, 64);
    if (answer.status === 'stall') throw new Error('stall');
    expect(answer.data.buffer.byteLength).toBe(2);
    expect(pool.byteLength).toBe(1_000);
    await usb.close();
  });
});

describe('an answer that crosses an abort', () => {
  async function crossed(answer: UsbInResult) {
    let respond = (_: UsbInResult): void => undefined;
    const transferIn = vi.fn(() => new Promise<UsbInResult>((resolve) => (respond = resolve)));
    const usb = await linked(usbBus({ transferIn })).remote.open(USB, {});
    const enough = new AbortController();
    const aborted = usb.transferIn(1, 64, { signal: enough.signal });
    await vi.waitFor(() => {
      expect(transferIn).toHaveBeenCalledOnce();
    });
    respond(answer);
    enough.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    return { usb, transferIn };
  }

  it('is given to the next reads of the endpoint, which is a stream', async () => {
    const { usb, transferIn } = await crossed({ status: 'ok', data: bytes(1, 2, 3) });
    expect(await usb.transferIn(1, 2)).toEqual({ status: 'ok', data: bytes(1, 2) });
    expect(await usb.transferIn(1, 2)).toEqual({ status: 'ok', data: bytes(3) });
    expect(transferIn).toHaveBeenCalledOnce();
    await usb.close();
  });

  it('is thrown away when the endpoint begins anew', async () => {
    const { usb, transferIn } = await crossed({ status: 'stall' });
    await usb.clearHalt('in', 1);
    const read = usb.transferIn(1, 2).catch(() => undefined);
    await vi.waitFor(() => {
      expect(transferIn).toHaveBeenCalledTimes(2);
    });
    await usb.close();
    await read;
  });
});

describe('opening a port of the other side', () => {
  it('is refused without the text of a foreign error', async () => {
    const bus: Bus<'usb'> = { ...usbBus({}), open: () => Promise.reject(new TypeError('Erika Mustermann')) };
    await expect(linked(bus).remote.open(USB, {})).rejects.toMatchObject({
      code: 'protocol',
      message: 'opening the port failed in its process with TypeError',
    });
  });

  it('keeps the code, the words and the remedy of an error', async () => {
    const refused = new DeviceError('access-denied', 'no permission for 1-1:1.0', { remedy: 'a udev rule' });
    const bus: Bus<'usb'> = { ...usbBus({}), open: () => Promise.reject(refused) };
    const failure: unknown = await linked(bus)
      .remote.open(USB, {})
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeviceError);
    expect(failure).toMatchObject({ code: 'access-denied', message: refused.message, remedy: 'a udev rule' });
  });

  it('can be given up: what opens too late is closed there', async () => {
    let go = (): void => undefined;
    const begun = vi.fn();
    const closed = vi.fn();
    const inner = usbBus({});
    const bus: Bus<'usb'> = {
      ...inner,
      open: async (...args) => {
        begun();
        await new Promise<void>((resolve) => (go = resolve));
        const transport = await inner.open(...args);
        void transport.ended.then(closed);
        return transport;
      },
    };
    const { remote } = linked(bus);
    const giveUp = new AbortController();
    const opening = remote.open(USB, {}, giveUp.signal);
    await vi.waitFor(() => {
      expect(begun).toHaveBeenCalled();
    });
    giveUp.abort(new Error('no longer'));
    await expect(opening).rejects.toThrow('no longer');
    go();
    await vi.waitFor(() => {
      expect(closed).toHaveBeenCalled();
    });
  });

  it('resets the thing where the bus can, and is unsupported where it cannot', async () => {
    const reset = vi.fn(() => Promise.resolve());
    await linked({ ...usbBus({}), reset }).remote.reset?.(USB);
    expect(reset).toHaveBeenCalledWith(USB, expect.any(AbortSignal));
    await expect(linked(usbBus({})).remote.reset?.(USB)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a line on the other side', () => {
  const port: SerialPort = { bus: 'serial', id: 's', path: '/dev/ttyACM0', physical: 'usb:1-3' };

  it('delivers everything in order, and sends no more than was asked for', async () => {
    const COUNT = 1_000;
    const lab = new LabBus('serial');
    lab.plug(
      lineAt(port, () => ({
        received: (_, send) => {
          for (let i = 0; i < COUNT; i += 1) send(bytes(i & 255, i >> 8));
        },
      })),
    );
    const { remote, traffic } = linked(lab);
    const line = await remote.open(port, { baudRate: 9600 });
    let underWay = 0;
    const got = lastValueFrom(line.input.pipe(take(COUNT), toArray()));
    await line.write(bytes(1));
    underWay = traffic.toApp.filter((message) => 'value' in message).length;
    expect(underWay).toBeLessThan(200);
    expect((await got).map(([low = 0, high = 0]) => low + 256 * high)).toEqual(
      Array.from({ length: COUNT }, (_, i) => i),
    );
    await line.close();
  });

  it('loses nothing between two readers', async () => {
    const said = new Subject<Uint8Array>();
    const life = new DeviceLife();
    const bus: Bus<'serial'> = {
      kind: 'serial',
      events: new Observable(),
      open: () =>
        Promise.resolve({
          input: said,
          ended: life.ended,
          close: () => life.close(),
          write: () => Promise.resolve(),
        }),
    };
    const line = await linked(bus).remote.open(port, { baudRate: 9600 });
    const first = lastValueFrom(line.input.pipe(take(1)));
    await line.write(bytes());
    for (const n of [1, 2, 3]) said.next(bytes(n));
    expect(await first).toEqual(bytes(1));
    await line.write(bytes());
    expect(await lastValueFrom(line.input.pipe(take(1)))).toEqual(bytes(2, 3));
    await line.close();
  });
});

describe('an HTTP service on the other side', () => {
  it('is read a few pieces ahead only', async () => {
    const url = 'http://printer.local';
    const port = { bus: 'http', id: url, path: url, physical: 'net:printer.local', url } as const;
    const lab = new LabBus('http');
    let pieces = 0;
    const body = {
      async *[Symbol.asyncIterator]() {
        for (; pieces < 1_000; pieces += 1) {
          await Promise.resolve();
          yield bytes(1);
        }
      },
    };
    lab.plug(virtualHttp(port, () => Promise.resolve({ status: 200, headers: {}, body })));
    const http = await linked(lab).remote.open(port, {});
    const answer = await http.request({ method: 'GET', path: '/' });
    expect(pieces).toBe(0);
    for await (const _ of answer.body) break;
    await http.close();
    expect(pieces).toBeLessThan(8);
  });
});

describe('what is read on the way', () => {
  it('is all that ports and options can hold: whoever adds a field reads it there', () => {
    expectTypeOf<keyof OpenOptionsOf['usb']>().toEqualTypeOf<'alternateSetting' | 'detachKernelDriver'>();
    expectTypeOf<keyof OpenOptionsOf['serial']>().toEqualTypeOf<
      'baudRate' | 'dataBits' | 'stopBits' | 'parity' | 'rtscts'
    >();
    expectTypeOf<keyof OpenOptionsOf['tcp']>().toEqualTypeOf<'tls'>();
    expectTypeOf<keyof OpenOptionsOf['http']>().toEqualTypeOf<'tls' | 'headers'>();
    type Common = 'bus' | 'id' | 'path' | 'physical' | 'part' | 'maker' | 'model' | 'serialNumber';
    expectTypeOf<Exclude<keyof PortOf['usb'], Common>>().toEqualTypeOf<
      | 'vendorId'
      | 'productId'
      | 'deviceVersion'
      | 'interfaceNumber'
      | 'interfaceClass'
      | 'interfaceSubclass'
      | 'interfaceProtocol'
      | 'alternateSetting'
    >();
    expectTypeOf<Exclude<keyof PortOf['hid'], Common>>().toEqualTypeOf<
      'vendorId' | 'productId' | 'usagePage' | 'usage' | 'interfaceNumber'
    >();
    expectTypeOf<Exclude<keyof PortOf['serial'], Common>>().toEqualTypeOf<
      'vendorId' | 'productId' | 'interfaceNumber'
    >();
    expectTypeOf<Exclude<keyof PortOf['tcp'], Common>>().toEqualTypeOf<
      'host' | 'port' | 'service' | 'reachable'
    >();
    expectTypeOf<Exclude<keyof PortOf['pcsc'], Common>>().toEqualTypeOf<'reader'>();
    expectTypeOf<Exclude<keyof PortOf['http'], Common>>().toEqualTypeOf<'url' | 'service' | 'reachable'>();
  });
});
