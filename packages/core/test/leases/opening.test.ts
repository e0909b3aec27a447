import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { DeviceError, DeviceManager, type Diagnostic, type Offer, type Port } from '@buergerkoffer/core';
import { LAMP, lamp, offer, source, type Lamp } from '../support/fakes.js';

const request = { owner: 'Antrag', reason: 'leuchten' };

function line(path: string): Port {
  return { bus: 'serial', id: path, path, physical: 'a' };
}

function way(path: string, open: Offer<Lamp>['open']): Offer<Lamp> {
  return offer('a', { id: path, ports: [line(path)], open });
}

async function opened(...ways: readonly Offer<Lamp>[]) {
  const manager = new DeviceManager([source(ways)]);
  const [candidate] = await firstValueFrom(manager.of(LAMP));
  if (candidate === undefined) throw new Error('no lamp');
  return manager.open(candidate, request);
}

const refuses = (error: unknown) => (): Promise<never> => Promise.reject(error as Error);

describe('a device with several ways to it', () => {
  it('is opened by the next one when the preferred one cannot be had', async () => {
    const lease = await opened(
      way('/dev/ttyACM0', refuses(new DeviceError('access-denied', 'no'))),
      way('/dev/ttyACM1', () => Promise.resolve(lamp())),
    );
    expect(lease.device.info.model).toBe('Lamp');
  });

  it('says which preferred way failed, to its holder and as a diagnostic, until that way is open again', async () => {
    let broken = true;
    const first = new DeviceError('busy', 'another program has it', { remedy: 'end that program' });
    const preferred = way('/dev/ttyACM0', () => (broken ? Promise.reject(first) : Promise.resolve(lamp())));
    const manager = new DeviceManager([
      source([preferred, way('/dev/ttyACM1', () => Promise.resolve(lamp()))]),
    ]);
    const said: (readonly Diagnostic[])[] = [];
    const watching = manager.diagnostics.subscribe((now) => said.push(now));
    const [candidate] = await firstValueFrom(manager.of(LAMP));
    if (candidate === undefined) throw new Error('no lamp');
    const lease = await manager.open(candidate, request);
    expect(lease.passedOver).toEqual([
      { driver: preferred.driver, place: 'serial /dev/ttyACM0', error: first },
    ]);
    expect(said.at(-1)).toEqual([
      expect.objectContaining({
        code: 'device.other-way',
        message: expect.stringContaining('serial /dev/ttyACM0) failed: another program has it') as string,
        remedy: 'end that program',
      }),
    ]);
    await lease.release();
    broken = false;
    const again = await manager.open(candidate, request);
    expect(again.passedOver).toEqual([]);
    expect(said.at(-1)).toEqual([]);
    await again.release();
    watching.unsubscribe();
  });

  it('tells what the preferred one failed with, and which others were tried', async () => {
    const first = new DeviceError('access-denied', 'no permission for /dev/ttyACM0', { remedy: 'udev' });
    const failure = opened(
      way('/dev/ttyACM0', refuses(first)),
      way('/dev/ttyACM1', refuses(new DeviceError('busy', 'somebody has it'))),
      way('/dev/ttyACM2', refuses(new TypeError('Erika Mustermann'))),
    );
    await expect(failure).rejects.toMatchObject({
      code: 'access-denied',
      message:
        'no permission for /dev/ttyACM0; also tried in vain: serial /dev/ttyACM1 (busy), serial /dev/ttyACM2 (protocol)',
      remedy: 'udev',
      cause: first,
    });
  });

  it('is opened by the second one within the deadline when the first one hangs', async () => {
    vi.useFakeTimers();
    try {
      const late = lamp();
      let finish = (_: Lamp): void => undefined;
      const aborted: boolean[] = [];
      const opening = opened(
        way('/dev/ttyACM0', (signal) => {
          signal.addEventListener('abort', () => aborted.push(true));
          return new Promise((resolve) => (finish = resolve));
        }),
        way('/dev/ttyACM1', () => Promise.resolve(lamp())),
      );
      await vi.advanceTimersByTimeAsync(7_500);
      const lease = await opening;
      expect(aborted).toEqual([true]);
      // What opens too late is closed, and takes nothing from the one that was opened.
      finish(late);
      expect(await late.ended).toEqual({ reason: 'closed' });
      await expect(lease.device.toggle()).resolves.toBe(true);
      await lease.release();
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails within the deadline when all of them hang', async () => {
    vi.useFakeTimers();
    try {
      const hangs = (): Promise<never> => new Promise<never>(() => undefined);
      const failure = expect(
        opened(way('/dev/ttyACM0', hangs), way('/dev/ttyACM1', hangs), way('/dev/ttyACM2', hangs)),
      ).rejects.toMatchObject({ code: 'timeout' });
      await vi.advanceTimersByTimeAsync(15_000);
      await failure;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
