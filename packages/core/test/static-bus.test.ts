import { firstValueFrom, Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { busSource, DeviceManager, staticBus, type HttpPort, type PortEvent } from '@buergerkoffer/core';
import { sharedWatch } from '../src/shared-watch.js';

const printer: HttpPort = {
  bus: 'http',
  id: 'http:printer',
  path: 'http://printer.local:631',
  physical: 'net:printer.local',
  url: 'http://printer.local:631',
  service: '_ipp._tcp',
};

describe('a bus from configuration', () => {
  it('lists its ports, whether or not anything answers there', async () => {
    const manager = new DeviceManager([busSource(staticBus('http', [printer]), [])]);
    expect(await firstValueFrom(manager.ports)).toEqual([printer]);
  });

  it('refuses two ports with one id', () => {
    expect(() => staticBus('http', [printer, printer])).toThrow(
      expect.objectContaining({ code: 'invalid-request', path: 'ports' }),
    );
  });

  it('says that it cannot open ports yet', async () => {
    await expect(staticBus('http', [printer]).open(printer, {})).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});

describe('a shared watch', () => {
  it('watches once, tells late watchers what is there, and stops with the last', () => {
    let watches = 0;
    let stops = 0;
    let tell = (_: PortEvent<'http'>): void => undefined;
    const events = sharedWatch(
      new Observable<PortEvent<'http'>>((subscriber) => {
        watches++;
        tell = (event) => {
          subscriber.next(event);
        };
        subscriber.add(() => stops++);
      }),
    );
    const first: string[] = [];
    const second: string[] = [];
    const one = events.subscribe(({ type }) => first.push(type));
    tell({ type: 'attached', port: printer });
    tell({ type: 'diagnostics', diagnostics: [] });
    tell({ type: 'listed' });
    const two = events.subscribe(({ type }) => second.push(type));
    tell({ type: 'detached', port: printer });
    expect(first).toEqual(['attached', 'diagnostics', 'listed', 'detached']);
    expect(second).toEqual(['attached', 'diagnostics', 'listed', 'detached']);
    one.unsubscribe();
    expect([watches, stops]).toEqual([1, 0]);
    two.unsubscribe();
    expect([watches, stops]).toEqual([1, 1]);
    events.subscribe().unsubscribe();
    expect(watches).toBe(2);
  });
});
