import { describe, expect, it } from 'vitest';
import { FaultScript, simulate, type PlannedFault } from '@buergerkoffer/core/simulation';
import { LAMP, lamp } from '../support/fakes.js';

const known = { thing: 'a simulated lamp', operations: { toggle: ['stall', 'retry'] } } as const;
const stall: PlannedFault = { operation: 'toggle', fault: { type: 'stall' } };

describe('a fault script', () => {
  it('shows each fault once, at the call it is planned for', () => {
    const faults = new FaultScript([{ ...stall, onCall: 2 }], known);
    expect([1, 2, 3].map(() => faults.take('toggle')?.type)).toEqual([undefined, 'stall', undefined]);
    faults.plan(stall);
    expect(faults.take('toggle')).toEqual({ type: 'stall' });
  });

  it.each<PlannedFault>([
    { operation: 'toggle', fault: { type: 'jam' } },
    { operation: 'toString', fault: { type: 'stall' } },
  ])('refuses %o, which the simulator does not know, at construction and later', (planned) => {
    const refusal = expect.objectContaining({
      code: 'unsupported',
      message: `a simulated lamp cannot show the fault ${planned.fault.type} of ${planned.operation}`,
      remedy: 'plan one of these: stall, retry of toggle',
    }) as Error;
    expect(() => new FaultScript([planned], known)).toThrow(refusal);
    expect(() => {
      new FaultScript([], known).plan(planned);
    }).toThrow(refusal);
  });

  it.each<PlannedFault>([
    { ...stall, onCall: 0 },
    { ...stall, onCall: Number.NaN },
    { operation: 'toggle', fault: { type: 'retry', times: -1 } },
    { operation: 'toggle', fault: { type: 'retry', times: 1e9 } },
  ])('refuses the impossible %o', (planned) => {
    expect(() => new FaultScript([planned])).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });
});

describe('a simulated thing', () => {
  const info = { maker: 'Test', model: 'Lamp', simulated: true };
  const make = (options = {}) => {
    const infos: unknown[] = [];
    const thing = simulate(
      LAMP,
      info,
      options,
      (world) => {
        infos.push(world.info);
        const device = lamp();
        return {
          ...device,
          lose: (error) => {
            device.life.lose(error);
          },
        };
      },
      known,
    );
    return { thing, infos };
  };

  it('gives its devices the description with the overrides', async () => {
    const { thing, infos } = make({ info: { model: 'Lamp 2', simulated: false } });
    await (await thing.open()).close();
    expect(infos).toEqual([{ maker: 'Test', model: 'Lamp 2', simulated: true }]);
    expect(thing.info).toEqual(infos[0]);
  });

  it('tells when it is plugged and unplugged, each once', () => {
    const { thing } = make();
    const seen: boolean[] = [];
    thing.plugged.subscribe((plugged) => seen.push(plugged));
    thing.plug();
    thing.unplug();
    thing.unplug();
    thing.plug();
    expect(seen).toEqual([true, false, true]);
  });

  it('rejects, and does not throw, when its device cannot be made', async () => {
    const thing = simulate(LAMP, info, {}, () => {
      throw new Error('no memory');
    });
    await expect(thing.open()).rejects.toThrow('no memory');
  });
});
