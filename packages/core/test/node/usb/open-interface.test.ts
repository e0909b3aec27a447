import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bus, DeviceError, UsbPort } from '@buergerkoffer/core';
import { usbBusOf } from '../../../src/node/usb/usb-bus.js';
import { FakeUsbComputer } from '../../support/fake-usb-computer.js';
import { FakeUsbDevice } from '../../support/fake-usb-device.js';
import { configurationBytes, deviceBytes, interfaceBytes } from '../../support/usb-descriptor-bytes.js';

const PORT: UsbPort = {
  bus: 'usb',
  id: 'usb:1-1@2:0',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 0x1209,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 0xff,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};
let computer: FakeUsbComputer;
let bus: Bus<'usb'>;
beforeEach(async () => {
  computer = await FakeUsbComputer.make();
  bus = usbBusOf(computer);
});
afterEach(async () => {
  expect(computer.handles.filter((handle) => handle.isHeld)).toEqual([]);
  await computer.remove();
});

function refusalOf(opening: Promise<unknown>): Promise<DeviceError> {
  return opening.then(
    () => {
      throw new Error('it was opened');
    },
    (error: DeviceError) => error,
  );
}

describe('opening a USB interface', () => {
  it('gives a transport with its endpoints, which is closed and opened again', async () => {
    const device = await computer.plug();
    for (const text of ['first', 'second']) {
      const transport = await bus.open(PORT, {});
      expect(transport.endpoints).toEqual([
        { direction: 'in', number: 1, type: 'bulk', packetSize: 512 },
        { direction: 'out', number: 2, type: 'bulk', packetSize: 512 },
      ]);
      device.send(1, text);
      expect(await transport.transferIn(1, 512)).toMatchObject({
        status: 'ok',
        data: new TextEncoder().encode(text),
      });
      await transport.close();
    }
  });

  it('leaves out endpoints that cannot be used', async () => {
    const endpoints = [{ address: 0x81 }, { address: 0x82, attributes: 1 }, { address: 0x83, packetSize: 0 }];
    await computer.plug({
      descriptors: [...deviceBytes(), ...configurationBytes(interfaceBytes({ endpoints }))],
    });
    const transport = await bus.open(PORT, {});
    expect(transport.endpoints.map(({ number }) => number)).toEqual([1]);
    await transport.close();
  });

  it('chooses an alternate setting, and refuses one that is not there', async () => {
    const device = new FakeUsbDevice([{ number: 0, alternates: [[], [{ address: 0x85, packetSize: 64 }]] }]);
    const body = [
      ...interfaceBytes({ endpoints: [] }),
      ...interfaceBytes({ alternate: 1, endpoints: [{ address: 0x85, packetSize: 64 }] }),
    ];
    await computer.plug({ device, descriptors: [...deviceBytes(), ...configurationBytes(body)] });
    const transport = await bus.open(PORT, { alternateSetting: 1 });
    expect([transport.endpoints.map(({ number }) => number), device.settings.get(0)]).toEqual([[5], 1]);
    await transport.close();
    expect(await refusalOf(bus.open(PORT, { alternateSetting: 2 }))).toMatchObject({
      code: 'invalid-request',
      path: 'alternateSetting',
    });
  });

  it('of a path that has vanished since it was listed is not-found', async () => {
    expect((await refusalOf(bus.open(PORT, {}))).code).toBe('not-found');
    await computer.plug({ address: 9 });
    expect((await refusalOf(bus.open(PORT, {}))).code).toBe('not-found');
  });

  it('of a device that vanishes meanwhile is not-found', async () => {
    const device = await computer.plug();
    device.isUnplugged = true;
    expect((await refusalOf(bus.open(PORT, {}))).code).toBe('not-found');
    computer.beforeListing = () => computer.unplug();
    expect((await refusalOf(bus.open(PORT, {}))).code).toBe('not-found');
  });

  it('without the library is unsupported, with the remedy', async () => {
    await computer.plug();
    computer.isLibraryInstalled = false;
    expect(await refusalOf(bus.open(PORT, {}))).toMatchObject({
      code: 'unsupported',
      remedy: 'npm install usb',
    });
  });

  it('without the right is access-denied, and names node and remedy', async () => {
    await computer.plug();
    await computer.makeOld(computer.node(2));
    computer.denied.add(computer.node(2));
    const refusal = await refusalOf(bus.open(PORT, {}));
    expect(refusal.code).toBe('access-denied');
    expect(refusal.message).toContain('/dev/bus/usb/001/002');
    expect(refusal.remedy).toContain('koffer udev');
  });

  it('of a device that was just plugged in waits for udevd to set its rights', async () => {
    await computer.plug();
    const node = computer.node(2);
    computer.denied.add(node);
    const asked = vi.spyOn(computer, 'mayOpen');
    const opening = bus.open(PORT, {});
    await vi.waitUntil(() => asked.mock.calls.length > 1);
    computer.denied.delete(node);
    await computer.touch(node);
    await (await opening).close();
  });

  it('is busy while this program has it open, and says so', async () => {
    await computer.plug();
    const transport = await bus.open(PORT, {});
    await computer.run(process.pid, 'node', computer.node(2));
    await computer.bind('usbfs');
    expect(await refusalOf(bus.open(PORT, {}))).toMatchObject({
      code: 'busy',
      message: expect.stringContaining('this program') as unknown,
    });
    await transport.close();
  });

  it('never takes an interface from another program, and names it', async () => {
    const device = await computer.plug();
    device.claims.set(0, 'another program');
    await computer.bind('usbfs');
    await computer.run(812, 'gvfs-gphoto2-vo', computer.node(2));
    await computer.run(813, 'unrelated', '/dev/null');
    const refusal = await refusalOf(bus.open(PORT, { detachKernelDriver: true }));
    expect(refusal.code).toBe('busy');
    expect(refusal.message).toContain('gvfs-gphoto2-vo (pid 812)');
    expect(refusal.message).not.toContain('813');
    expect(device.claims.get(0)).toBe('another program');
  });

  it('is busy while a kernel driver has it, and names the driver', async () => {
    const device = await computer.plug();
    device.claims.set(0, 'driver');
    await computer.bind('usblp');
    const refusal = await refusalOf(bus.open(PORT, {}));
    expect(refusal.code).toBe('busy');
    expect(refusal.message).toContain('usblp');
    expect(refusal.remedy).toContain('detachKernelDriver');
  });

  it('takes it from a kernel driver where the driver of the device asks for that, and gives it back', async () => {
    const device = await computer.plug();
    device.claims.set(0, 'driver');
    await computer.bind('usblp');
    const transport = await bus.open(PORT, { detachKernelDriver: true });
    expect(device.claims.get(0)).not.toBe('driver');
    await transport.close();
    expect(device.claims.get(0)).toBe('driver');
  });

  it('that is aborted rejects with the reason and holds nothing afterwards', async () => {
    const device = await computer.plug();
    let goOn: (value: undefined) => void = () => undefined;
    const held = new Promise<undefined>((resolve) => {
      goOn = resolve;
    });
    const aborting = new AbortController();
    computer.beforeListing = () => {
      aborting.abort('mine');
      return held;
    };
    const opening = bus.open(PORT, {}, aborting.signal);
    await expect(opening).rejects.toBe('mine');
    goOn(undefined);
    await vi.waitUntil(() => computer.handles.length > 0 && !computer.handles.some((one) => one.isHeld));
    expect(device.claims.size).toBe(0);
  });
});

describe('an open USB interface on which nothing happens', () => {
  it('is lost as soon as the node goes', async () => {
    await computer.plug();
    const transport = await bus.open(PORT, {});
    await computer.unplug();
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    await transport.close();
  });

  it('is lost at the next look where the kernel cannot tell of nodes', async () => {
    await computer.plug();
    const transport = await bus.open(PORT, {});
    await computer.unplug('1-1', { keepsNode: true });
    await firstValueFrom(bus.events);
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    await transport.close();
  });
});
