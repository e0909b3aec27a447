import { concat, NEVER, of, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  linkStateOf,
  NO_SIGNAL,
  watchLink,
  type LinkState,
  type ModemReading,
  type RegistrationStatus,
} from '@buergerkoffer/connectivity';

const HOME: ModemReading = {
  sim: 'ready',
  registration: 'home',
  attached: true,
  technology: 'lte',
  signal: { ...NO_SIGNAL, rsrpDbm: -88 },
};

describe('linkStateOf', () => {
  it.each<[Partial<ModemReading>, LinkState['state']]>([
    [{ sim: 'absent' }, 'no-sim'],
    [{ sim: 'puk' }, 'pin-needed'],
    [{ registration: 'searching' }, 'searching'],
    [{ registration: 'denied' }, 'denied'],
    [{ registration: 'emergency-only' }, 'denied'],
    [{ registration: 'unknown' }, 'unknown'],
    [{ attached: false }, 'registered'],
    [{}, 'attached'],
  ])('makes of %j the state %s', (change, state) => {
    expect(linkStateOf({ ...HOME, ...change }, { service: 'not-probed' }).state).toBe(state);
  });

  it('is online only with an answer of the service', () => {
    expect(linkStateOf(HOME, { service: 'unreachable' })).toMatchObject({
      state: 'attached',
      service: 'unreachable',
    });
    expect(linkStateOf(HOME, { service: 'reachable', latencyMs: 41 })).toMatchObject({
      state: 'online',
      latencyMs: 41,
    });
  });

  it('forgets an answer of the service once the network is lost', () => {
    const lost = { ...HOME, registration: 'searching' satisfies RegistrationStatus } as const;
    expect(linkStateOf(lost, { service: 'reachable', latencyMs: 41 }).state).toBe('searching');
  });
});

describe('watchLink', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('goes from unknown to attached to online, and asks again at the interval', async () => {
    const latencies = [40, 55];
    const probe = vi.fn(() => Promise.resolve(latencies.shift() ?? 0));
    const states: LinkState[] = [];
    const watching = watchLink(concat(of(HOME), NEVER), { probe, probeEveryMs: 1_000 }).subscribe((state) =>
      states.push(state),
    );
    expect(states.map(({ state }) => state)).toEqual(['unknown', 'attached']);
    await vi.advanceTimersByTimeAsync(10);
    expect(states.at(-1)).toMatchObject({ state: 'online', reachable: true, latencyMs: 40 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states.at(-1)).toMatchObject({ latencyMs: 55 });
    expect(probe).toHaveBeenCalledTimes(2);
    watching.unsubscribe();
  });

  it('stays attached and says unreachable when the service is silent, and aborts the probe at its deadline', async () => {
    let asked: AbortSignal | undefined;
    const probe = (signal: AbortSignal): Promise<number> => {
      asked = signal;
      return new Promise(() => undefined);
    };
    const states: LinkState[] = [];
    const watching = watchLink(concat(of(HOME), NEVER), { probe, probeMs: 500 }).subscribe((state) =>
      states.push(state),
    );
    await vi.advanceTimersByTimeAsync(499);
    expect(states.at(-1)).toMatchObject({ state: 'attached', service: 'not-probed' });
    await vi.advanceTimersByTimeAsync(2);
    expect(states.at(-1)).toMatchObject({ state: 'attached', service: 'unreachable' });
    expect(asked?.aborted).toBe(true);
    watching.unsubscribe();
  });

  it('aborts a running probe when nobody looks any more', async () => {
    let asked: AbortSignal | undefined;
    const watching = watchLink(concat(of(HOME), NEVER), {
      probe: (signal) => {
        asked = signal;
        return new Promise(() => undefined);
      },
    }).subscribe();
    await vi.advanceTimersByTimeAsync(10);
    watching.unsubscribe();
    expect(asked?.aborted).toBe(true);
  });

  it('asks the service afresh after the network was away', async () => {
    const readings = new Subject<ModemReading>();
    const probe = vi.fn(() => Promise.resolve(30));
    const states: string[] = [];
    const watching = watchLink(readings, { probe }).subscribe(({ state }) => states.push(state));
    for (const registration of ['home', 'searching', 'home'] as const) {
      readings.next({ ...HOME, registration });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(states).toEqual(['unknown', 'attached', 'online', 'searching', 'attached', 'online']);
    expect(probe).toHaveBeenCalledTimes(2);
    watching.unsubscribe();
  });

  it('smooths over three readings and does not repeat an equal state', () => {
    const states: LinkState[] = [];
    const at = (rsrpDbm: number): ModemReading => ({ ...HOME, signal: { ...NO_SIGNAL, rsrpDbm } });
    watchLink(of(at(-88), at(-88), at(-130), at(-88))).subscribe((state) => states.push(state));
    expect(states).toHaveLength(2);
    expect(states.at(-1)).toMatchObject({ quality: 'good', signal: { rsrpDbm: -88 } });
  });
});
