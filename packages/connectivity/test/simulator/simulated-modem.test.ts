import { firstValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { LinkState } from '@buergerkoffer/connectivity';
import {
  simulatedModem,
  villageDrive,
  type SimulatedModemOptions,
} from '@buergerkoffer/connectivity/simulator';
import { seededRandom } from '@buergerkoffer/core/simulation';

async function drive(options: SimulatedModemOptions, states: number): Promise<readonly LinkState[]> {
  const modem = await simulatedModem({ paceMs: 0, ...options }).open();
  const probe = (): Promise<number> => Promise.resolve(42);
  const seen = await firstValueFrom(modem.link({ probe }).pipe(take(states), toArray()));
  await modem.close();
  return seen;
}

const qualities = (states: readonly LinkState[]): string[] =>
  states.map((state) => ('quality' in state ? state.quality : state.state));

describe('simulatedModem', () => {
  it('drives through the village: good, fair, poor, no network, and back to good', async () => {
    const passed = [...new Set(qualities(await drive({}, 40)))];
    expect(passed.slice(0, 4)).toEqual(['unknown', 'good', 'fair', 'poor']);
    expect(passed).toContain('searching');
    expect(qualities(await drive({}, 40)).lastIndexOf('good')).toBeGreaterThan(
      qualities(await drive({}, 40)).indexOf('searching'),
    );
  });

  it('gives the same drive for the same seed and another for another', async () => {
    const curve = (seed: number): string => {
      const random = seededRandom(seed);
      return JSON.stringify(villageDrive(() => random.normal()));
    };
    expect(curve(1)).toBe(curve(1));
    expect(curve(2)).not.toBe(curve(1));
  });

  it('plays a given curve and stays at its last sample', async () => {
    const sample = { rsrpDbm: -100, rsrqDb: -10, rssiDbm: -71 };
    const states = await drive({ curve: ['no-network', sample] }, 5);
    expect(states.map(({ state }) => state)).toEqual([
      'unknown',
      'searching',
      'registered',
      'attached',
      'online',
    ]);
    expect(states.at(-1)).toMatchObject({ quality: 'fair', signal: sample, latencyMs: 42 });
  });

  it.each([
    ['no-sim', { state: 'no-sim' }],
    ['pin-needed', { state: 'pin-needed', secret: 'pin' }],
    ['puk-needed', { state: 'pin-needed', secret: 'puk' }],
    ['denied', { state: 'denied' }],
  ] as const)('with the trouble %s never gets further than that', async (trouble, state) => {
    expect((await drive({ trouble }, 2)).at(-1)).toEqual(state);
  });

  it('searches forever when told so', async () => {
    const states = await drive({ trouble: 'searching' }, 12);
    expect(states.slice(1).every(({ state }) => state === 'searching')).toBe(true);
  });

  it('reports roaming', async () => {
    expect((await drive({ network: 'roaming' }, 2)).at(-1)).toMatchObject({ network: 'roaming' });
  });

  it('refuses a fault that a modem cannot have', () => {
    const unsupported = expect.objectContaining({ code: 'unsupported' }) as Error;
    const jam = [{ operation: 'link', fault: { type: 'jam' } }] as const;
    expect(() => simulatedModem({ faults: jam })).toThrow(unsupported);
    const faults = [{ operation: 'dial', fault: { type: 'stall' } }] as const;
    expect(() => simulatedModem({ faults })).toThrow(unsupported);
  });
});
