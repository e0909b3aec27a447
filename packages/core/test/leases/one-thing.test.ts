import { filter, firstValueFrom, take } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { LabBus, virtualHttp, virtualReader } from '@buergerkoffer/device-lab';
import {
  busSource,
  defineDriver,
  defineKind,
  DeviceError,
  DeviceLife,
  DeviceManager,
  type Bus,
  type BusKind,
  type Candidate,
  type Device,
  type DeviceDriver,
  type DeviceKind,
  type PortMatch,
  type OpenOptionsOf,
  type TransportOf,
  type UsbPort,
} from '@buergerkoffer/core';
import { lineAt, silentUsbAt } from '../support/lab-hardware.js';

const READER = defineKind<Device>('card-terminal', 'Kartenleser', {});
const SENSOR = defineKind<Device>('sensor', 'Sensor', {});
const HEALTH = defineKind<Device>('health-card-terminal', 'Gesundheitskartenleser', {});
const MODEM = defineKind<Device>('modem', 'Modem', {});
const ROUTER = defineKind<Device>('router', 'Router', {});
const PRINTER = defineKind<Device>('printer', 'Drucker', {});
const SCANNER = defineKind<Device>('scanner', 'Scanner', {});

const us = { owner: 'Antrag', reason: 'Karte lesen' };
const them = { owner: 'Diagnose', reason: 'Leser prüfen' };

/** A driver that does nothing but hold its port. */
function driver<K extends BusKind>(
  id: string,
  bus: K,
  kind: DeviceKind,
  match: PortMatch<K>,
  options: OpenOptionsOf[K],
  identify?: (transport: TransportOf[K]) => Promise<boolean>,
): DeviceDriver<Device, K> {
  return defineDriver<Device, K>({
    id,
    bus,
    kind,
    matches: [match],
    openOptions: options,
    ...(identify === undefined ? {} : { identify }),
    open: (transport) => {
      const life = new DeviceLife(() => transport.close());
      void transport.ended.then((end) => {
        if (end.reason === 'lost') life.lose(end.error);
      });
      const info = { maker: 'Acme', model: id, simulated: true };
      return Promise.resolve({ info, ended: life.ended, close: () => life.close() });
    },
  });
}

function usbPort(interfaceNumber: number, interfaceClass: number): UsbPort {
  const path = `1-4:1.${interfaceNumber}`;
  const ids = { vendorId: 0x1209, productId: 5, interfaceSubclass: 0, interfaceProtocol: 0 };
  return { bus: 'usb', id: path, path, physical: 'usb:1-4', ...ids, interfaceNumber, interfaceClass };
}

async function candidates(manager: DeviceManager, count: number): Promise<ReadonlyMap<string, Candidate>> {
  const list = await firstValueFrom(manager.devices.pipe(filter(({ length }) => length === count)));
  return new Map(list.map((candidate) => [candidate.kind.id, candidate]));
}

function one(all: ReadonlyMap<string, Candidate>, kind: DeviceKind): Candidate {
  const candidate = all.get(kind.id);
  if (candidate === undefined) throw new Error(`no ${kind.id}`);
  return candidate;
}

describe('a composite device', () => {
  it('serves two holders, one for each function', async () => {
    const usb = new LabBus('usb');
    usb.plug(silentUsbAt(usbPort(0, 0x0b)));
    usb.plug(silentUsbAt(usbPort(1, 0xff)));
    const drivers = [
      driver('ccid', 'usb', READER, { interfaceClass: 0x0b }, {}),
      driver('sensor', 'usb', SENSOR, { interfaceClass: 0xff }, {}),
    ];
    const manager = new DeviceManager([busSource(usb, drivers)]);
    const all = await candidates(manager, 2);
    await using reader = await manager.open(one(all, READER), us);
    await using sensor = await manager.open(one(all, SENSOR), them);
    expect([reader.device.info.model, sensor.device.info.model]).toEqual(['ccid', 'sensor']);
  });
});

/** A CCID reader that is seen by USB and by PC/SC, with two kinds of drivers for it. */
function readerOnTwoBuses(usb: Bus<'usb'>, plug: LabBus<'usb'>) {
  const pcsc = new LabBus('pcsc');
  const port = {
    bus: 'pcsc',
    id: 'Acme 00',
    path: 'Acme 00',
    physical: 'usb:1-4',
    reader: 'Acme 00',
  } as const;
  pcsc.plug(virtualReader(port));
  plug.plug(silentUsbAt(usbPort(0, 0x0b)));
  return new DeviceManager([
    busSource(pcsc, [
      driver('pcsc', 'pcsc', READER, { reader: 'Acme 00' }, {}),
      driver('health', 'pcsc', HEALTH, { reader: 'Acme 00' }, {}),
    ]),
    busSource(usb, [driver('ccid', 'usb', READER, { interfaceClass: 0x0b }, {})]),
  ]);
}

describe('a card reader that is seen by USB and by PC/SC', () => {
  it('is one candidate, opened by USB, and taken from nobody else of the same thing', async () => {
    const usb = new LabBus('usb');
    const manager = readerOnTwoBuses(usb, usb);
    const all = await candidates(manager, 2);
    expect(one(all, READER).drivers).toEqual(['ccid', 'pcsc']);
    const watching = manager.devices.subscribe();
    const reader = await manager.open(one(all, READER), us);
    // The claimed USB interface takes the reader from the PC/SC service, and with it the other function.
    const now = await candidates(manager, 2);
    expect(one(now, HEALTH).availability).toEqual({ state: 'leased', ...us, waiting: 0 });
    await expect(manager.open(one(now, HEALTH), them)).rejects.toMatchObject({
      code: 'busy',
      message: 'health is used by Antrag: Karte lesen',
    });
    const waiting = manager.open(one(now, HEALTH), { ...them, whenBusy: 'wait' });
    await reader.release();
    await (await waiting).release();
    watching.unsubscribe();
  });

  it('is reached by the way that is left, where the preferred one would take it from somebody', async () => {
    const usb = new LabBus('usb');
    const manager = readerOnTwoBuses(usb, usb);
    const all = await candidates(manager, 2);
    const health = await manager.open(one(all, HEALTH), them);
    // The slot is taken, and the USB interface would take the slot: no way is left.
    await expect(manager.open(one(all, READER), us)).rejects.toMatchObject({ code: 'busy' });
    await health.release();
    await (await manager.open(one(all, READER), us)).release();
  });

  it('is opened by PC/SC where USB is not allowed', async () => {
    const lab = new LabBus('usb');
    const usb: Bus<'usb'> = {
      kind: 'usb',
      events: lab.events,
      open: () => Promise.reject(new DeviceError('access-denied', 'no')),
    };
    const manager = readerOnTwoBuses(usb, lab);
    const reader = await manager.open(one(await candidates(manager, 2), READER), us);
    expect(reader.device.info.model).toBe('pcsc');
    await reader.release();
  });
});

describe('an LTE stick with three lines and a network', () => {
  it('is the modem on the line that speaks AT; its router stays free, its other lines are listed', async () => {
    const serial = new LabBus('serial');
    const asked: string[] = [];
    for (const interfaceNumber of [0, 1, 2]) {
      const path = `/dev/ttyUSB${interfaceNumber}`;
      const port = { bus: 'serial', id: path, path, physical: 'usb:1-4', interfaceNumber } as const;
      const answer = (bytes: Uint8Array, send: (bytes: Uint8Array) => void): void => {
        asked.push(`${path} ${new TextDecoder().decode(bytes)}`);
        send(new TextEncoder().encode(interfaceNumber === 2 ? 'OK\r\n' : '?'));
      };
      serial.plug(lineAt({ ...port, vendorId: 0x12d1 }, () => ({ received: answer })));
    }
    const http = new LabBus('http');
    const url = 'http://192.168.8.1';
    const web = () => new Promise<never>(() => undefined);
    http.plug(virtualHttp({ bus: 'http', id: url, path: url, physical: 'usb:1-4', url }, web));
    const speaksAt = async (line: TransportOf['serial']): Promise<boolean> => {
      const answer = firstValueFrom(line.input.pipe(take(1)));
      await line.write(new TextEncoder().encode('AT\r'));
      return new TextDecoder().decode(await answer).includes('OK');
    };
    const manager = new DeviceManager([
      busSource(serial, [
        driver('at-modem', 'serial', MODEM, { vendorId: 0x12d1 }, { baudRate: 115_200 }, speaksAt),
      ]),
      busSource(http, [driver('web-router', 'http', ROUTER, { url }, {})]),
    ]);
    const watching = manager.devices.subscribe();
    const all = await candidates(manager, 2);
    expect(one(all, MODEM).ports.map(({ path }) => path)).toEqual(['/dev/ttyUSB2']);
    expect(asked.sort()).toEqual(['/dev/ttyUSB0 AT\r', '/dev/ttyUSB1 AT\r', '/dev/ttyUSB2 AT\r']);
    const ports = await firstValueFrom(manager.ports.pipe(filter(({ length }) => length === 4)));
    expect(ports.map(({ path }) => path)).toContain('/dev/ttyUSB0');
    await using modem = await manager.open(one(all, MODEM), us);
    await using router = await manager.open(one(all, ROUTER), them);
    expect([modem.device.info.model, router.device.info.model]).toEqual(['at-modem', 'web-router']);
    watching.unsubscribe();
  });
});

describe('a multi-function printer on USB and on the network', () => {
  it('prints for one holder, on either port, while another one scans', async () => {
    const usb = new LabBus('usb');
    usb.plug(silentUsbAt(usbPort(0, 7)));
    usb.plug(silentUsbAt(usbPort(1, 0xff)));
    const http = new LabBus('http');
    const url = 'http://printer.local:631/ipp';
    http.plug(
      virtualHttp(
        { bus: 'http', id: url, path: url, physical: 'usb:1-4', url },
        () => new Promise(() => undefined),
      ),
    );
    const manager = new DeviceManager([
      busSource(usb, [
        driver('usb-printer', 'usb', PRINTER, { interfaceClass: 7 }, {}),
        driver('usb-scanner', 'usb', SCANNER, { interfaceClass: 0xff }, {}),
      ]),
      busSource(http, [driver('ipp', 'http', PRINTER, { url }, {})]),
    ]);
    const all = await candidates(manager, 2);
    expect(one(all, PRINTER).ports.map(({ bus }) => bus)).toEqual(['usb', 'http']);
    await using printer = await manager.open(one(all, PRINTER), us);
    await expect(manager.open(one(all, PRINTER), them)).rejects.toMatchObject({ code: 'busy' });
    await using scanner = await manager.open(one(all, SCANNER), them);
    expect([printer.device.info.model, scanner.device.info.model]).toEqual(['usb-printer', 'usb-scanner']);
  });
});

describe('resetting a thing', () => {
  function resettable() {
    const lab = new LabBus('usb');
    lab.plug(silentUsbAt(usbPort(0, 0x0b)));
    lab.plug(silentUsbAt(usbPort(1, 0xff)));
    const reset = vi.fn(() => Promise.resolve());
    const usb: Bus<'usb'> = {
      kind: 'usb',
      events: lab.events,
      open: (port, options, signal) => lab.open(port, options, signal),
      reset,
    };
    const drivers = [
      driver('ccid', 'usb', READER, { interfaceClass: 0x0b }, {}),
      driver('sensor', 'usb', SENSOR, { interfaceClass: 0xff }, {}),
    ];
    return { manager: new DeviceManager([busSource(usb, drivers)]), reset };
  }

  it('is refused while any of its functions is leased, and names the holder', async () => {
    const { manager, reset } = resettable();
    const all = await candidates(manager, 2);
    const sensor = await manager.open(one(all, SENSOR), us);
    await expect(manager.reset(one(all, READER), them)).rejects.toMatchObject({
      code: 'busy',
      message: 'ccid is used by Antrag: Karte lesen',
    });
    const waiting = manager.reset(one(all, READER), { ...them, whenBusy: 'wait' });
    expect(reset).not.toHaveBeenCalled();
    await sensor.release();
    await waiting;
    expect(reset).toHaveBeenCalledOnce();
  });

  it('keeps all its functions from being opened meanwhile', async () => {
    const { manager, reset } = resettable();
    const all = await candidates(manager, 2);
    let finish = (): void => undefined;
    reset.mockReturnValue(new Promise((resolve) => (finish = resolve)));
    const resetting = manager.reset(one(all, READER), them);
    await expect(manager.open(one(all, SENSOR), us)).rejects.toMatchObject({ code: 'busy' });
    await vi.waitFor(() => {
      expect(reset).toHaveBeenCalled();
    });
    finish();
    await resetting;
    await (await manager.open(one(all, SENSOR), us)).release();
  });

  it('is unsupported where no port of it can be reset', async () => {
    const lab = new LabBus('usb');
    lab.plug(silentUsbAt(usbPort(0, 0x0b)));
    const drivers = [driver('ccid', 'usb', READER, { interfaceClass: 0x0b }, {})];
    const manager = new DeviceManager([busSource(lab, drivers)]);
    const reader = one(await candidates(manager, 1), READER);
    await expect(manager.reset(reader, them)).rejects.toMatchObject({ code: 'unsupported' });
    await (await manager.open(reader, us)).release();
  });
});
