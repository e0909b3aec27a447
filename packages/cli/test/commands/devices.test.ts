import { DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import { simulatedCamera } from '@buergerkoffer/camera/simulator';
import { simulatedPrinter } from '@buergerkoffer/print/simulator';
import { EMPTY, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { attachedTo, changesBetween, entriesOf, type Attached } from '../../src/attached.js';
import { tellAttached } from '../../src/commands/devices.js';
import { Output } from '../../src/output.js';
import { jsonLines, koffer } from '../support/koffer.js';

const KINDS = [
  'camera',
  'card-terminal',
  'document-scanner',
  'fingerprint-scanner',
  'modem',
  'printer',
  'signature-pad',
];

function recorder(json: boolean) {
  let text = '';
  const output = new Output(
    { out: (more) => (text += more), err: (more) => (text += more) },
    { json, debug: false },
  );
  return {
    output,
    take: () => {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

describe('koffer devices', () => {
  it('lists the seven simulators, one object per line, within a second', async () => {
    await koffer(['devices']); // loads the libraries of the buses
    const started = performance.now();
    const { code, json, err } = await koffer(['devices', '--simulated', '--json']);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const devices = json.filter((line) => line['type'] === 'device');
    expect(devices.map((line) => line['kind']).sort()).toEqual(KINDS);
    for (const device of devices)
      expect(device).toMatchObject({ simulated: true, availability: { state: 'free' } });
  });

  it('says where to look when nothing is attached', async () => {
    const { output, take } = recorder(false);
    await tellAttached(output, attachedTo(new DeviceManager([new Bench()])), undefined);
    expect(take()).toBe('nothing is attached; `koffer doctor` says what is missing\n');
  });

  it('tells what appears, changes and disappears while it watches, and ends when it is interrupted', async () => {
    const bench = new Bench();
    const manager = new DeviceManager([bench]);
    const { output, take } = recorder(true);
    const interrupt = new AbortController();
    const watching = tellAttached(output, attachedTo(manager), interrupt.signal);
    expect(take()).toBe('');

    const unplug = bench.plug(simulatedCamera({ seed: 1 }));
    const pulled = bench.plug(simulatedPrinter({ seed: 1 }));
    expect(jsonLines(take())).toMatchObject([
      { change: 'appeared', type: 'device', kind: 'camera' },
      { change: 'appeared', type: 'device', kind: 'printer' },
    ]);
    let candidates: Attached['devices'] = [];
    manager.devices.subscribe((list) => (candidates = list)).unsubscribe();
    const [camera] = candidates.filter(({ kind }) => kind.id === 'camera');
    if (camera === undefined) throw new Error('no camera');
    const lease = await manager.open(camera, { owner: 'test', reason: 'photo' });
    expect(jsonLines(take())).toMatchObject([{ change: 'changed', availability: { state: 'leased' } }]);
    await lease.release();
    take();
    pulled();
    unplug();
    expect(jsonLines(take()).map((line) => [line['change'], line['kind']])).toEqual([
      ['disappeared', 'printer'],
      ['disappeared', 'camera'],
    ]);
    interrupt.abort();
    await watching;
    bench.plug(simulatedCamera({ seed: 1 }));
    expect(take()).toBe('');
  });

  it('ends at once when it was interrupted before it began', async () => {
    const { output } = recorder(true);
    await tellAttached(output, NEVER, AbortSignal.abort());
  });

  it('ends with its sources', async () => {
    const { output } = recorder(true);
    await tellAttached(output, EMPTY, new AbortController().signal);
  });
});

describe('a port', () => {
  const serial = { bus: 'serial', id: 's', path: '/dev/ttyACM0', physical: 'usb:1-1' } as const;

  it('is told with its USB ids where it has them', () => {
    const [entry] = entriesOf({
      devices: [],
      ports: [{ ...serial, vendorId: 0x1209, productId: 1, model: 'M' }],
    });
    expect(entry?.line).toMatch(/^port serial +\/dev\/ttyACM0 1209:0001 M$/);
    expect(entry?.record).toMatchObject({ type: 'port', bus: 'serial', vendorId: 0x1209 });
  });

  it('is no change when nothing about it is different', () => {
    const before = entriesOf({ devices: [], ports: [serial] });
    expect(changesBetween(before, entriesOf({ devices: [], ports: [{ ...serial }] }))).toEqual([]);
    expect(
      changesBetween(before, entriesOf({ devices: [], ports: [{ ...serial, model: 'M' }] })),
    ).toMatchObject([{ change: 'changed' }]);
  });
});
