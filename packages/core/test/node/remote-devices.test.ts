import { firstValueFrom, lastValueFrom, NEVER, of, take, toArray, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { DeviceError, DeviceManager, type DeviceSource } from '@buergerkoffer/core';
import type { Simulated } from '@buergerkoffer/core/simulation';
import { deviceContract, runContract } from '@buergerkoffer/core/testing';
import { HORN, offer, source } from '../support/fakes.js';
import { RECORDER, served, simulatedRecorder, type Recorder } from '../support/remote.js';

function studio(thing: Simulated<Recorder>): DeviceSource {
  const offers = [{ ...offer('studio:1'), kind: RECORDER, info: thing.info, open: () => thing.open() }];
  return { id: 'studio', offers: of(offers), diagnostics: of([]) };
}

async function opened(log?: (what: string) => void, thing = simulatedRecorder(log)) {
  const { remote, state } = served(studio(thing));
  const manager = new DeviceManager([remote]);
  const [candidate] = await firstValueFrom(manager.of(RECORDER));
  if (candidate === undefined) throw new Error('no recorder');
  const lease = await manager.open(candidate, { owner: 'test', reason: 'test' });
  return { device: lease.device, lease, state, thing, manager };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('a device of another process', () => {
  it('has its properties, binary ones too, without asking again', async () => {
    const { device, lease } = await opened();
    expect(device.capabilities).toEqual({ channels: 2, table: new Uint8Array([7, 8]) });
    expect(device.info.model).toBe('Recorder');
    await lease.release();
  });

  it('streams, with absent arguments preserved', async () => {
    const { device, lease } = await opened();
    expect(await lastValueFrom(device.levels(2, undefined).pipe(toArray()))).toEqual([
      { level: 0 },
      { level: 1 },
    ]);
    expect(await lastValueFrom(device.levels(1, 5).pipe(toArray()))).toEqual([{ level: 5 }]);
    await lease.release();
  });

  it('is free for the next operation at once when a stream is unsubscribed', async () => {
    const { device, lease } = await opened();
    expect(await firstValueFrom(device.levels(-1))).toEqual({ level: 0 });
    expect(await firstValueFrom(device.levels(-1, 3))).toEqual({ level: 3 });
    await lease.release();
  });

  it('answers a call, and its errors stay what they are', async () => {
    const { device, lease } = await opened();
    expect(await device.status(undefined)).toStrictEqual({ name: undefined });
    const failure = await device.status('fails').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeviceError);
    expect(failure).toMatchObject({ code: 'attention', message: 'no tape', remedy: 'put in a tape' });
    await lease.release();
  });

  it('keeps the text of foreign errors to itself', async () => {
    const { device, lease } = await opened();
    const failure = await device.status('breaks').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'protocol',
      message: 'status failed in its process with TypeError',
    });
    await lease.release();
  });

  it('refuses what is no plain data, in both directions', async () => {
    const { device, lease } = await opened();
    await expect(device.status('method')).rejects.toMatchObject({
      code: 'unsupported',
      path: 'value.method',
    });
    const bad = new Map() as unknown as string;
    await expect(device.status(bad)).rejects.toBeInstanceOf(InputError);
    await expect(device.status('fine')).resolves.toEqual({ name: 'fine' });
    await lease.release();
  });

  it('hears an abort, and the caller gets its own reason at once', async () => {
    const log: string[] = [];
    const { device, lease } = await opened((what) => log.push(what));
    const controller = new AbortController();
    const answer = device.status('waits', controller.signal);
    await settle();
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await expect(device.status('next', new AbortController().signal)).resolves.toEqual({ name: 'next' });
    expect(log).toEqual(['waits', 'aborted']);
    await lease.release();
  });

  it('iterates as it is pulled, and releases when the loop is left', async () => {
    const log: string[] = [];
    const { device, lease } = await opened((what) => log.push(what));
    const takes = device.takes(9);
    await settle();
    expect(log).toEqual([]);
    for await (const bytes of takes) {
      expect(bytes).toEqual(new Uint8Array([0]));
      break;
    }
    expect(log).toEqual(['begins', 'take 0', 'released']);
    await lease.release();
  });

  it('fails an iteration where it failed, after the items before', async () => {
    const { device, lease } = await opened();
    const seen: Uint8Array[] = [];
    const loop = (async () => {
      for await (const bytes of device.takes(9)) seen.push(bytes);
    })();
    await expect(loop).rejects.toMatchObject({ code: 'protocol', message: 'the tape tore' });
    expect(seen).toHaveLength(3);
    await lease.release();
  });

  it('ends as lost when it is unplugged there, with what runs', async () => {
    const { device, thing } = await opened();
    const running = lastValueFrom(device.levels(-1));
    await firstValueFrom(of(0));
    await settle();
    thing.unplug();
    await expect(running).rejects.toMatchObject({ code: 'lost' });
    expect(await device.ended).toMatchObject({
      reason: 'lost',
      error: { message: 'Recorder was unplugged' },
    });
    await device.close();
  });

  it('ends as lost when its process goes, and can be opened again in the next one', async () => {
    const { device, lease, state, manager } = await opened();
    const running = lastValueFrom(device.levels(-1));
    const lists: number[] = [];
    const watching = manager.devices.subscribe((list) => lists.push(list.length));
    await settle();
    state.crash();
    await expect(running).rejects.toMatchObject({ code: 'lost' });
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
    expect(lists.at(-1)).toBe(0);
    const [again] = await firstValueFrom(manager.of(RECORDER).pipe(take(2), toArray())).then(
      (all) => all.at(-1) ?? [],
    );
    expect(again).toBeDefined();
    watching.unsubscribe();
  });

  it('keeps the promises of every device', async () => {
    const results = await runContract(
      deviceContract<Recorder>('levels', (device) => device.levels(-1)),
      () => {
        const thing = simulatedRecorder();
        const { remote } = served(studio(thing));
        return {
          open: async (signal) => {
            const [first] = await firstValueFrom(remote.offers);
            if (first === undefined) throw new Error('no offer');
            return (await first.open(signal ?? new AbortController().signal)) as Recorder;
          },
          unplug: () => {
            thing.unplug();
          },
          plug: () => {
            thing.plug();
          },
        };
      },
    );
    expect(results.filter((result) => result.outcome !== 'kept')).toEqual([]);
  });
});

describe('the process with the devices', () => {
  it('runs while somebody watches or a device is open, and only then', async () => {
    const { remote, state } = served(studio(simulatedRecorder()));
    expect(state.starts).toBe(0);
    const [first] = await firstValueFrom(remote.offers);
    await settle();
    expect(state).toMatchObject({ starts: 1, running: 0 });
    const device = await first?.open(new AbortController().signal);
    await settle();
    expect(state).toMatchObject({ starts: 2, running: 1 });
    await device?.close();
    await settle();
    expect(state.running).toBe(0);
  });

  it('is named in a diagnostic when it fails, without what it wrote', async () => {
    const { remote, state } = served(studio(simulatedRecorder()), { restartMs: 5_000 });
    const said: unknown[] = [];
    const diagnostics = remote.diagnostics.subscribe((list) => said.push(list));
    const lists: unknown[] = [];
    const watching = remote.offers.subscribe((list) => lists.push(list.length));
    await firstValueFrom(remote.offers);
    state.crash();
    await settle();
    expect(lists).toEqual([1, 0]);
    expect(said.at(-1)).toEqual([
      {
        code: 'process.exited',
        severity: 'error',
        message:
          'the process of studio failed: it exited with code 9; it wrote 12 bytes to stderr; it is started again in 5000 ms',
        remedy: 'start its command by hand in a shell to see what it writes, and repair its installation',
      },
    ]);
    watching.unsubscribe();
    diagnostics.unsubscribe();
  });

  it('tells two equal functions of one thing apart', async () => {
    const slots = ['00', '01'].map((part) => ({ ...offer('usb:1-4', { id: part, part }), kind: RECORDER }));
    const { remote } = served(source(slots as never));
    const manager = new DeviceManager([remote]);
    const ids = (await firstValueFrom(manager.of(RECORDER))).map(({ id }) => id);
    expect(ids).toEqual(['usb:1-4#recorder/00', 'usb:1-4#recorder/01']);
  });

  it('is asked for known kinds only; others are named', async () => {
    const strange = source([{ ...offer('x'), kind: HORN }]);
    const { remote } = served(strange);
    const lists: (readonly unknown[])[] = [];
    const said: (readonly { code: string }[])[] = [];
    const diagnostics = remote.diagnostics.subscribe((list) => said.push(list));
    const watching = remote.offers.subscribe((list) => lists.push(list));
    await firstValueFrom(remote.offers);
    expect(lists).toEqual([[]]);
    expect(said.at(-1)).toMatchObject([{ code: 'process.unknown-kind' }]);
    watching.unsubscribe();
    diagnostics.unsubscribe();
  });

  it('does not offer what has gone in the meantime', async () => {
    const list = source([offer('studio:1', { kind: RECORDER } as object)]);
    const { remote } = served(list);
    const [first] = await firstValueFrom(remote.offers);
    list.set([]);
    await expect(first?.open(new AbortController().signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('passes the end of its source on as an empty list with a diagnostic', async () => {
    const broken: DeviceSource = {
      id: 'bench',
      offers: new (await import('rxjs')).Observable((subscriber) => {
        subscriber.error(new Error('broke'));
      }),
      diagnostics: NEVER as Observable<never>,
    };
    const { remote } = served(broken);
    expect(await firstValueFrom(remote.offers)).toEqual([]);
  });
});
