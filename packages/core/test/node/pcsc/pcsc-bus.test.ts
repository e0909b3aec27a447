import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom, map, take, takeWhile, toArray, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic, PcscPort, PortEvent } from '@buergerkoffer/core';
import { pcscBus } from '@buergerkoffer/core/node';
import { pcscBusOn } from '../../../src/node/pcsc/pcsc-bus.js';
import { watchReaders } from '../../../src/node/pcsc/reader-watch.js';
import { CANNOT, FakePcscd } from '../../support/fake-pcscd.js';

let sysfs: string;
let service: FakePcscd;
beforeEach(async () => {
  sysfs = mkdtempSync(join(tmpdir(), 'pcsc-'));
  const device = join(sysfs, 'bus/usb/devices/1-4.2');
  mkdirSync(device, { recursive: true });
  writeFileSync(join(device, 'busnum'), '1\n');
  writeFileSync(join(device, 'devnum'), '5\n');
  service = new FakePcscd();
  await service.start();
});
afterEach(async () => {
  rmSync(sysfs, { recursive: true });
  await service.remove();
});

const bus = (openMs = 5_000) =>
  pcscBusOn({ sysfs, socket: service.path, againMs: 10, listMs: 5_000, openMs });
const port: PcscPort = { bus: 'pcsc', id: 'pcsc:R', path: 'R', physical: 'usb:1-4.2', reader: 'R' };

function ports(events: Observable<PortEvent<'pcsc'>>, many: number): Promise<readonly PcscPort[]> {
  return firstValueFrom(
    events.pipe(
      filter((event) => event.type === 'attached'),
      map((event) => event.port),
      take(many),
      toArray(),
    ),
  );
}

/** The first words of the bus that are any. */
function diagnostic(events: Observable<PortEvent<'pcsc'>>): Promise<Diagnostic | undefined> {
  return firstValueFrom(
    events.pipe(
      map((event) => (event.type === 'diagnostics' ? event.diagnostics[0] : undefined)),
      filter((first) => first !== undefined),
    ),
  );
}

async function nobodyLeft(): Promise<void> {
  await vi.waitFor(() => {
    expect(service.clients).toBe(0);
  });
}

describe('the readers of the PC/SC service', () => {
  it('are ports with the place of their USB device, all of them before the list is complete', async () => {
    service.plug('R');
    const events = await firstValueFrom(
      bus().events.pipe(
        takeWhile(({ type }) => type !== 'listed', true),
        toArray(),
      ),
    );
    expect(events).toEqual([
      { type: 'diagnostics', diagnostics: [] },
      { type: 'attached', port },
      { type: 'listed' },
    ]);
    await nobodyLeft();
  });

  it.each([
    ['does not tell', CANNOT],
    ['hangs on something else', new Uint8Array([1, 0, 1, 0])],
    ['tells nonsense', new Uint8Array([1])],
    ['is a USB device that is not listed', new Uint8Array([9, 9, 0x20, 0])],
  ])('are things of their own where the reader %s', async (_, channel) => {
    service.plug('R').channel = channel;
    expect(await ports(bus().events, 1)).toMatchObject([{ physical: 'pcsc:R' }]);
  });

  it('are things of their own where another program has them alone', async () => {
    service.plug('R').sharing = -1;
    expect(await ports(bus().events, 1)).toMatchObject([{ physical: 'pcsc:R' }]);
  });

  it('with two slots are two parts of one thing, the first one without a name', async () => {
    service.plug('Reader (contact) 00 00');
    service.plug('Reader (contactless) 01 00');
    const both = await ports(bus().events, 2);
    expect(both.map(({ physical, part }) => [physical, part])).toEqual([
      ['usb:1-4.2', undefined],
      ['usb:1-4.2', '01 00'],
    ]);
  });

  it('come and go', async () => {
    const { events } = bus();
    const seen: string[] = [];
    const watching = events.subscribe(({ type }) => seen.push(type));
    await vi.waitFor(() => {
      expect(seen).toContain('listed');
    });
    const reader = service.plug('R');
    await vi.waitFor(() => {
      expect(seen.at(-1)).toBe('attached');
    });
    service.unplug(reader);
    await vi.waitFor(() => {
      expect(seen.at(-1)).toBe('detached');
    });
    watching.unsubscribe();
    await nobodyLeft();
  });

  it('that were taken away and put in again between two looks have gone and come', async () => {
    const first = service.plug('R');
    first.insert();
    first.remove();
    const seen: string[] = [];
    const watching = bus().events.subscribe(({ type }) => seen.push(type));
    await vi.waitFor(() => {
      expect(seen).toContain('listed');
    });
    service.readers.splice(0);
    service.plug('R');
    await vi.waitFor(() => {
      expect(seen.slice(-2)).toEqual(['detached', 'attached']);
    });
    watching.unsubscribe();
  });

  it('are gone while the service is stopped, and come back with it', async () => {
    service.plug('R');
    const seen: PortEvent<'pcsc'>[] = [];
    const watching = bus().events.subscribe((event) => seen.push(event));
    await vi.waitFor(() => {
      expect(seen.at(-1)).toEqual({ type: 'listed' });
    });
    await service.stop();
    await vi.waitFor(() => {
      expect(seen).toContainEqual({ type: 'detached', port });
      expect(seen.at(-1)).toMatchObject({
        diagnostics: [{ code: 'pcsc.service-missing', remedy: /systemctl/ }],
      });
    });
    await service.start();
    await vi.waitFor(() => {
      expect(seen.slice(-2)).toEqual(
        expect.arrayContaining([
          { type: 'attached', port },
          { type: 'diagnostics', diagnostics: [] },
        ]),
      );
    });
    watching.unsubscribe();
    await nobodyLeft();
  });

  it('are an empty list where nothing listens, and say so once', async () => {
    await service.stop();
    const seen: PortEvent<'pcsc'>[] = [];
    let tries = 0;
    const watching = bus().events.subscribe((event) => seen.push(event));
    await vi.waitFor(() => {
      tries += 1;
      expect(seen.at(-1)).toEqual({ type: 'listed' });
      expect(tries).toBeGreaterThan(3);
    });
    watching.unsubscribe();
    expect(seen.map(({ type }) => type)).toEqual(['diagnostics', 'diagnostics', 'listed']);
  });

  it('are not found when they are not there, or no service is', async () => {
    await expect(bus(100).open(port, {})).rejects.toMatchObject({ code: 'not-found' });
    await nobodyLeft();
    await service.stop();
    await expect(bus(100).open(port, {})).rejects.toMatchObject({ code: 'not-found', remedy: /pcscd/ });
  });

  it('are those of the service at the socket that is named', async () => {
    service.plug('R');
    expect(await ports(pcscBus({ socket: service.path }).events, 1)).toMatchObject([{ reader: 'R' }]);
    vi.stubEnv('PCSCLITE_CSOCK_NAME', service.path);
    try {
      expect(await ports(pcscBus().events, 1)).toMatchObject([{ reader: 'R' }]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('the PC/SC service', () => {
  it.each([
    ['4.4', 4, [4], ['version 4']],
    ['4.5, which speaks nothing else', 5, [5], ['version 4', 'version 5']],
    ['4.6, which speaks 4.4 too', 6, [4, 5, 6], ['version 4']],
  ])('of version %s is understood', async (_, minor, speaks, said) => {
    Object.assign(service, { minor, speaks });
    service.plug('R');
    expect(await ports(bus().events, 1)).toEqual([port]);
    expect(service.calls.slice(0, said.length)).toEqual(said);
  });

  it('of an unknown version is told, and what to install', async () => {
    Object.assign(service, { minor: 3, speaks: [3] });
    service.plug('R');
    expect(await diagnostic(bus().events)).toMatchObject({
      code: 'pcsc.unsupported',
      message: expect.stringContaining('4.3') as string,
      remedy: /1\.8\.24/,
    });
    await expect(bus(100).open(port, {})).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('that hangs up at once has been told so by polkit', async () => {
    service.letsIn = false;
    expect(await diagnostic(bus().events)).toMatchObject({ code: 'pcsc.access-denied', remedy: /polkit/ });
    await expect(bus(100).open(port, {})).rejects.toMatchObject({ code: 'access-denied' });
  });

  it.each([
    ['a length that cannot be', 0x13, new Uint8Array(2944).fill(0xff)],
    ['half an answer', 0x11, new Uint8Array(5)],
  ])('that sends %s is left alone', async (_, command, bytes) => {
    service.instead.set(command, () => bytes);
    const told = diagnostic(bus().events);
    if (bytes.length < 12) {
      await vi.waitFor(() => {
        expect(service.calls).toContain('version 4');
      });
      await service.stop();
    }
    expect(await told).toMatchObject({ remedy: /pcsc/ });
  });

  it('that sends more than it was asked for is left alone', async () => {
    service.instead.set(0x13, () => undefined);
    service.instead.set(0x01, () => new Uint8Array(12 + 2944 + 8 + 1));
    expect(await diagnostic(bus().events)).toMatchObject({ code: 'pcsc.protocol' });
  });

  it('is asked whether it is still there when nothing changes for long', async () => {
    const over = new AbortController();
    const told: number[] = [];
    const watching = watchReaders(service.path, (readers) => told.push(readers.length), over.signal, 10);
    await vi.waitFor(() => {
      expect(service.calls.filter((call) => call === 'stop waiting').length).toBeGreaterThan(2);
    });
    over.abort('enough');
    await expect(watching).rejects.toBe('enough');
    expect(told.length).toBeGreaterThan(2);
    await nobodyLeft();
  });

  it('may be left by whoever hears of its readers', async () => {
    const over = new AbortController();
    const tell = (): void => {
      over.abort('enough');
    };
    await expect(watchReaders(service.path, tell, over.signal)).rejects.toBe('enough');
    await nobodyLeft();
  });
});
