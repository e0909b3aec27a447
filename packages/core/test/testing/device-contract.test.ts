import { concat, defer, NEVER, of, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceLife, type Device } from '@buergerkoffer/core';
import { deviceContract, runContract } from '@buergerkoffer/core/testing';

interface Bell extends Device {
  ring(): Observable<string>;
}

interface Faults {
  readonly ring?: (life: DeviceLife, honest: () => Observable<string>) => Observable<string>;
  readonly close?: (life: DeviceLife) => Promise<void>;
  readonly lose?: (life: DeviceLife) => void;
}

/** The names of the promises that a bell with `faults` breaks. */
async function broken(faults: Faults): Promise<readonly string[]> {
  const running = runContract(
    deviceContract<Bell>('ring', (bell) => bell.ring()),
    () => {
      let life = new DeviceLife();
      return {
        open: () => {
          const mine = new DeviceLife();
          life = mine;
          const honest = (): Observable<string> => mine.gate.stream('ring', () => concat(of('ding'), NEVER));
          return Promise.resolve({
            info: { maker: 'Test', model: 'Bell', simulated: true },
            ended: mine.ended,
            close: () => (faults.close ?? ((l) => l.close()))(mine),
            ring: () => (faults.ring === undefined ? honest() : faults.ring(mine, honest)),
          });
        },
        unplug: () => {
          (
            faults.lose ??
            ((l) => {
              l.lose();
            })
          )(life);
        },
        plug: () => undefined,
      };
    },
  );
  await vi.advanceTimersByTimeAsync(200_000);
  return (await running).flatMap((result) => (result.outcome === 'kept' ? [] : [result.name]));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LOST = 'a device that goes away in the middle of ring is lost within 100 ms';

describe('the contract of every device', () => {
  it('is kept by an honest one', async () => {
    expect(await broken({})).toEqual([]);
  });

  it('catches a device that lets two operations run', async () => {
    const ring = (): Observable<string> => concat(of('ding'), NEVER);
    expect(await broken({ ring })).toContain('a second operation is busy and leaves the first one alone');
  });

  it('catches a device that starts before anybody subscribes', async () => {
    const ring = (life: DeviceLife, honest: () => Observable<string>): Observable<string> => {
      const started = honest();
      started.subscribe({ error: () => undefined });
      return defer(() => honest());
    };
    expect(await broken({ ring })).toContain('nothing starts before somebody subscribes');
  });

  it('catches a device whose close() never resolves, and goes on', async () => {
    const close = (): Promise<void> => new Promise(() => undefined);
    const names = await broken({ close });
    expect(names).toContain('closing twice is closing once, and `ended` says closed');
    expect(names).toContain('an operation on a closed device is refused as closed');
  });

  it('catches a device that reports its loss late', async () => {
    const lose = (life: DeviceLife): void => {
      setTimeout(() => {
        life.lose();
      }, 150);
    };
    expect(await broken({ lose })).toEqual([LOST]);
  });

  it('catches a device that calls its loss a close', async () => {
    expect(await broken({ lose: (life) => void life.close() })).toContain(LOST);
  });
});
