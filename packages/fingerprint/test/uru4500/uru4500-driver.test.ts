import { lacks, type DeviceUnderTest } from '@buergerkoffer/core/testing';
import { plugUsb, LabBus, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import type { FingerprintScanner } from '@buergerkoffer/fingerprint';
import { fingerprintScannerContract } from '@buergerkoffer/fingerprint/testing';
import { describe, expect, it, vi } from 'vitest';
import { benchOf, eventsOf, told } from '../support/uru4500-bench.js';
import { inVirtualTime } from '../support/virtual-time.js';
import { uru4500World, virtualPrint, virtualUru4500 } from '../support/virtual-uru4500.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

function underTest(): DeviceUnderTest<FingerprintScanner> {
  const world = uru4500World();
  return {
    ...benchOf(virtualUru4500(world)),
    fault: (_, fault) => {
      if (fault.type === 'retry') {
        for (let n = 0; n < fault.times; n += 1) world.scenes.push('lifted-early');
      } else if (fault.type === 'time-out') world.scenes.push('nobody');
      else if (fault.type === 'stall' || fault.type === 'vanish') world.scenes.push(fault.type);
      else throw new Error(`a scanner has no ${fault.type}`);
    },
  };
}

describe('the driver of the U.are.U 4500 keeps the contract:', () => {
  it.each(fingerprintScannerContract)('$name', async (contractCase) => {
    const subject = underTest();
    expect(lacks(contractCase, subject)).toBeUndefined();
    await contractCase.run(subject);
  });
});

/** Lets everything happen that is under way. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the driver of the U.are.U 4500', () => {
  it.each([true, false])('delivers the print, pixel for pixel (encrypted: %s)', async (encrypted) => {
    const scanner = await benchOf(virtualUru4500(uru4500World({ encrypted }))).open();
    const event = (await eventsOf(scanner)).at(-1);
    if (event?.type !== 'captured') throw new Error('no print');
    const { width, height, data } = virtualPrint(encrypted);
    expect(event.image).toMatchObject({ width, height });
    expect(Buffer.from(event.image.data).equals(Buffer.from(data))).toBe(true);
    await scanner.close();
  });

  it.each([0, 1, 0xffffffff])(
    'delivers the same print whatever the seed of its keys is (%i)',
    async (seed) => {
      const scanner = await benchOf(virtualUru4500(), () => seed).open();
      const event = (await eventsOf(scanner)).at(-1);
      if (event?.type !== 'captured') throw new Error('no print');
      expect(Buffer.from(event.image.data).equals(Buffer.from(virtualPrint().data))).toBe(true);
      await scanner.close();
    },
  );

  it('says which thing it is', async () => {
    const { info } = await benchOf(virtualUru4500()).open();
    expect(info).toEqual({
      maker: 'DigitalPersona, Inc.',
      model: 'U.are.U 4500 (virtual)',
      serialNumber: 'V1',
      simulated: false,
    });
  });

  it('switches the light off when the finger was lifted, and is told to sleep only once', async () => {
    const device = virtualUru4500();
    const scanner = await benchOf(device).open();
    await eventsOf(scanner);
    await settled();
    expect(device.modes).toEqual([0x10, 0x20, 0x12, 0x70]);
    await scanner.close();
    expect(device.modes).toEqual([0x10, 0x20, 0x12, 0x70]);
  });

  it('switches the sensor off when it is closed with a finger on it, or while it looks for one', async () => {
    for (const scene of ['stays', 'nobody'] as const) {
      const device = virtualUru4500(uru4500World({ scenes: [scene] }));
      const scanner = await benchOf(device).open();
      const running = eventsOf(scanner).catch(() => undefined);
      if (scene === 'stays') await running;
      await settled();
      await scanner.close();
      await running;
      expect(device.modes.at(-1)).toBe(0x70);
    }
  });

  it('tells nothing to a sensor that was never used', async () => {
    const device = virtualUru4500();
    await (await benchOf(device).open()).close();
    expect(device.modes).toEqual([]);
  });

  it('asks for a finger to be lifted that lies there from the last time', async () => {
    const world = uru4500World({ scenes: ['stays'] });
    const scanner = await benchOf(virtualUru4500(world)).open();
    await eventsOf(scanner);
    await settled();
    const events = told(await eventsOf(scanner));
    expect(events).toEqual(['retry: finger-not-lifted', 'waiting', 'guidance', 'captured']);
  });

  it('does not wait for ever for the report of a lifted finger that got lost', async () => {
    const world = uru4500World({ scenes: ['stays'] });
    const scanner = await benchOf(virtualUru4500(world)).open();
    await eventsOf(scanner);
    world.scenes.push('stays');
    await expect(eventsOf(scanner, 50)).rejects.toMatchObject({ code: 'timeout' });
    world.scenes.length = 0;
    expect(told(await eventsOf(scanner))).toEqual(['waiting', 'guidance', 'captured']);
  });

  it('delivers whole prints again after one that was cut short', async () => {
    const world = uru4500World({ scenes: ['lifted-early'] });
    const scanner = await benchOf(virtualUru4500(world)).open();
    const events = await eventsOf(scanner);
    expect(told(events)).toEqual([
      'waiting',
      'guidance',
      'retry: finger-lifted-early',
      'waiting',
      'guidance',
      'captured',
    ]);
  });

  it('does not begin a print with what was left of one that never came to its end', async () => {
    const world = uru4500World({ scenes: ['half'] });
    const scanner = await benchOf(virtualUru4500(world)).open();
    await expect(eventsOf(scanner, 50)).rejects.toMatchObject({ code: 'timeout' });
    const event = (await eventsOf(scanner)).at(-1);
    if (event?.type !== 'captured') throw new Error('no print');
    expect(Buffer.from(event.image.data).equals(Buffer.from(virtualPrint().data))).toBe(true);
    await scanner.close();
  });

  it.each([0x01, 0x80, 0x81, 0x85, 0x00])('wakes a sensor whose power register is %i', async (status) => {
    const scanner = await benchOf(virtualUru4500(uru4500World({ status }))).open();
    expect(told(await eventsOf(scanner)).at(-1)).toBe('captured');
    await scanner.close();
  });

  it('switches on again a sensor that forgets to report that it is on, three times in all', async () => {
    await inVirtualTime(async () => {
      await (await benchOf(virtualUru4500(uru4500World({ silentStarts: 2 }))).open()).close();
      const broken = benchOf(virtualUru4500(uru4500World({ silentStarts: 3 })));
      await expect(broken.open()).rejects.toMatchObject({ code: 'timeout' });
    });
  });

  it('switches the sensor on again when it has lost its power', async () => {
    const world = uru4500World({ scenes: ['nobody'] });
    let lose = (): void => undefined;
    const inner = virtualUru4500(world);
    const device: VirtualUsbDevice = {
      ...inner,
      powerUp: (host) => {
        lose = () => {
          host.send(1, new Uint8Array([0x08, 0x00]));
        };
        return inner.powerUp(host);
      },
    };
    const scanner = await benchOf(device).open();
    const running = eventsOf(scanner);
    const failed = expect(running).rejects.toMatchObject({ code: 'protocol' });
    await settled();
    lose();
    await failed;
    expect(told(await eventsOf(scanner)).at(-1)).toBe('captured');
    await scanner.close();
  });

  it('is not opened when the caller has gone', async () => {
    const bench = benchOf(virtualUru4500(uru4500World({ silentStarts: 3 })));
    const gone = new AbortController();
    const opening = bench.open(gone.signal);
    gone.abort(new Error('gone'));
    await expect(opening).rejects.toThrow('gone');
  });

  it('takes a report that is none for a broken protocol', async () => {
    const inner = virtualUru4500(uru4500World({ scenes: ['nobody'] }));
    const device: VirtualUsbDevice = {
      ...inner,
      powerUp: (host) => {
        const made = inner.powerUp(host);
        return {
          ...made,
          controlOut: (setup, data) => {
            if (setup.value === 0x4e && data[0] === 0x10) host.send(1, new Uint8Array([1]));
            return made.controlOut?.(setup, data) ?? false;
          },
        };
      },
    };
    const scanner = await benchOf(device).open();
    await expect(eventsOf(scanner)).rejects.toMatchObject({ code: 'protocol' });
  });
});

describe('a bus with a U.are.U 4500', () => {
  it('lists it under its port, with its class', () => {
    const { ports } = plugUsb(new LabBus('usb'), virtualUru4500());
    expect(ports).toMatchObject([{ vendorId: 0x05ba, productId: 0x000a, interfaceClass: 0xff }]);
  });
});
