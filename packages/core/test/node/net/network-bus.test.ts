import { createSocket } from 'node:dgram';
import { Bonjour } from 'bonjour-service';
import fc from 'fast-check';
import { filter, firstValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { TcpPort } from '@buergerkoffer/core';
import { httpBus, placeOfHost, tcpBus } from '@buergerkoffer/core/node';
import { announcements, readAnnouncement } from '../../../src/node/net/dns-sd.js';
import { tcpServer } from './support/servers.js';

const at = (port: number): TcpPort => ({
  bus: 'tcp',
  id: `t${port}`,
  path: `127.0.0.1:${port}`,
  physical: 'net:127.0.0.1',
  host: '127.0.0.1',
  port,
});

/** Multicast that stays on this computer, on a port of its own. */
const here = (port: number) => ({ interface: '127.0.0.1', bind: '0.0.0.0', port });

describe('the ports of a configuration', () => {
  it('are attached at once, and then tell whether they answer', async () => {
    const [up, down] = [at(await tcpServer((socket) => socket.end())), at(1)];
    const events = await firstValueFrom(tcpBus({ ports: [up, down] }).events.pipe(take(5), toArray()));
    expect(events.slice(0, 3)).toEqual([
      { type: 'attached', port: up },
      { type: 'attached', port: down },
      { type: 'listed' },
    ]);
    expect(events.slice(3)).toContainEqual({ type: 'changed', port: { ...up, reachable: true } });
    expect(events.slice(3)).toContainEqual({ type: 'changed', port: { ...down, reachable: false } });
  });

  it('are refused when two have one id', () => {
    expect(() => tcpBus({ ports: [at(1), at(1)] })).toThrow(expect.objectContaining({ path: 'ports' }));
  });
});

describe('what announces itself', () => {
  it('is a port with address, name and resource, until it says goodbye', { timeout: 20_000 }, async () => {
    const responder = new Bonjour(here(45_353));
    const service = responder.publish({
      name: 'Lab printer',
      type: 'ipp',
      port: 8631,
      host: 'lab.local',
      txt: { rp: 'ipp/print' },
    });
    const bus = httpBus({ services: ['_ipp._tcp'], dnsSd: here(45_353), probeEveryMs: 0 });
    const told = firstValueFrom(
      bus.events.pipe(
        filter(({ type }) => type === 'attached' || type === 'detached'),
        take(2),
        toArray(),
      ),
    );
    await firstValueFrom(bus.events.pipe(filter(({ type }) => type === 'attached')));
    service.stop?.();
    const [attached, detached] = await told;
    responder.destroy();
    expect(attached).toMatchObject({
      port: {
        model: 'Lab printer',
        service: '_ipp._tcp',
        physical: 'net:lab.local',
        url: 'http://lab.local:8631/ipp/print',
      },
    });
    expect(detached).toMatchObject({ type: 'detached' });
  });

  it.each([
    ['printers/Flur links', '/printers/Flur%20links'],
    ['printers/Flur%20links', '/printers/Flur%20links'],
    ['printers/Büro#2 100%', '/printers/B%C3%BCro%232%20100%25'],
  ])('has an address whether its resource is encoded or not: %s', { timeout: 20_000 }, async (rp, path) => {
    const responder = new Bonjour(here(45_355));
    responder.publish({ name: 'Lab printer', type: 'ipp', port: 8631, host: 'lab.local', txt: { rp } });
    const bus = httpBus({ services: ['_ipp._tcp'], dnsSd: here(45_355), probeEveryMs: 0 });
    const attached = await firstValueFrom(bus.events.pipe(filter(({ type }) => type === 'attached')));
    responder.destroy();
    expect(attached).toMatchObject({ port: { url: `http://lab.local:8631${path}` } });
  });

  it('cannot do harm with packets that are none', { timeout: 20_000 }, async () => {
    const events: unknown[] = [];
    const watching = announcements(['_ipp._tcp'], here(45_354)).subscribe({
      next: (event) => events.push(event),
    });
    const socket = createSocket('udp4');
    const send = (packet: Uint8Array) =>
      new Promise<void>((resolve) =>
        socket.send(packet, 45_354, '127.0.0.1', () => {
          resolve();
        }),
      );
    for (const packet of fc.sample(fc.uint8Array({ maxLength: 200 }), 300)) await send(packet);
    // A response with one PTR record whose name points at itself.
    await send(
      new Uint8Array([
        0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 1, 0, 2, 0xc0, 12,
      ]),
    );
    await new Promise((resolve) => setImmediate(resolve));
    socket.close();
    watching.unsubscribe();
    expect(events).toEqual([]);
  });

  it('is read from whatever was sent, or left alone', () => {
    const announced = {
      name: 'A\u0007B',
      host: 'h.local.',
      port: 631,
      addresses: ['fe80::1', '10.0.0.1', 5],
      txt: { RP: 'x', n: 1 },
    };
    expect(readAnnouncement('_ipp._tcp', announced)).toEqual({
      service: '_ipp._tcp',
      name: 'A B',
      host: 'h.local',
      port: 631,
      addresses: ['10.0.0.1', 'fe80::1'],
      text: { rp: 'x' },
    });
    fc.assert(
      fc.property(fc.anything(), (found) => {
        expect(() => readAnnouncement('_ipp._tcp', found)).not.toThrow();
      }),
    );
    for (const wrong of [{ host: 'a b' }, { host: 'a/../b' }, { port: 0 }, { port: 70_000 }, { name: '' }]) {
      expect(readAnnouncement('_ipp._tcp', { ...announced, ...wrong })).toBeUndefined();
    }
  });

  it('is not seen without the library, and that is said', async () => {
    const missing = announcements(['_ipp._tcp'], {}, () =>
      Promise.reject(new Error("Cannot find package 'x'")),
    );
    expect(await firstValueFrom(missing)).toMatchObject({
      type: 'diagnostics',
      diagnostics: [{ code: 'http.library-missing', remedy: 'npm install bonjour-service' }],
    });
  });
});

describe('the place of a host', () => {
  it('is unknown where no network interface leads to it, or one that is not on USB', async () => {
    expect(await placeOfHost('127.0.0.1')).toBeUndefined();
    expect(await placeOfHost('192.0.2.200')).toBeUndefined();
    expect(await placeOfHost('2001:db8::1')).toBeUndefined();
  });
});
