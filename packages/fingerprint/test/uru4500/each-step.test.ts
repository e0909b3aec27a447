import { breakingAt, type Breaking } from '@buergerkoffer/device-lab';
import { describe, expect, it, vi } from 'vitest';
import { benchOf, eventsOf, told } from '../support/uru4500-bench.js';
import { inVirtualTime } from '../support/virtual-time.js';
import { uru4500World, virtualUru4500 } from '../support/virtual-uru4500.js';

// Each step is a whole session, three times.
vi.setConfig({ testTimeout: 60_000 });

/** How a session ended: opened, one print, the finger lifted, closed. */
interface Outcome {
  readonly last: string | undefined;
  readonly error: { readonly code: string } | undefined;
  readonly ended: string | undefined;
  readonly again: string | undefined;
}

/** A session with a device that breaks at one step; afterwards another with the same device, unless it has gone. */
async function session(breaking?: Breaking): Promise<Outcome & { readonly steps: number }> {
  const device = breakingAt(virtualUru4500(uru4500World()), breaking);
  const bench = benchOf(device);
  let [last, ended, error]: [string | undefined, string | undefined, Outcome['error']] = [
    undefined,
    undefined,
    undefined,
  ];
  try {
    const scanner = await bench.open();
    try {
      last = told(await eventsOf(scanner)).at(-1);
    } finally {
      await new Promise((resolve) => setImmediate(resolve));
      await bench.release();
      ended = (await scanner.ended).reason;
    }
  } catch (failure) {
    error = failure as { code: string };
  }
  const { steps } = device;
  if (breaking?.fault === 'vanish') {
    bench.unplug();
    bench.plug(virtualUru4500());
  }
  const scanner = await bench.open();
  const again = told(await eventsOf(scanner)).at(-1);
  await bench.release();
  bench.unplug();
  return { last, error, ended, again, steps };
}

const { value: unbroken } = await inVirtualTime(() => session());

describe('a session with a U.are.U 4500', () => {
  it('has some twenty steps, and goes well where none breaks', () => {
    expect(unbroken).toMatchObject({
      last: 'captured',
      ended: 'closed',
      error: undefined,
      again: 'captured',
    });
    expect(unbroken.steps).toBeGreaterThan(15);
  });

  const steps = Array.from({ length: unbroken.steps }, (_, index) => index + 1);

  it.each(steps)(
    'ends as lost when the plug is pulled at step %i, and the next one goes well',
    async (step) => {
      const { value, timersLeft } = await inVirtualTime(() => session({ step, fault: 'vanish' }));
      if (value.error === undefined) expect(value.last).toBe('captured');
      else expect(value.error).toMatchObject({ kind: 'device', code: 'lost' });
      if (value.ended !== undefined && value.error !== undefined) expect(value.ended).toBe('lost');
      expect(value.again).toBe('captured');
      expect(timersLeft).toBe(0);
    },
  );

  it.each(steps)(
    'ends with a typed error, or well, where step %i stalls, and the next one goes well',
    async (step) => {
      const { value, timersLeft } = await inVirtualTime(() => session({ step, fault: 'stall' }));
      if (value.error === undefined) expect(value.last).toBe('captured');
      else expect(value.error).toMatchObject({ kind: 'device', code: 'protocol' });
      expect(value.again).toBe('captured');
      expect(timersLeft).toBe(0);
    },
  );

  it.each(steps)(
    'ends with a typed error, or well, where step %i says nothing, and the next one goes well',
    async (step) => {
      const { value, timersLeft } = await inVirtualTime(() => session({ step, fault: 'time-out' }));
      if (value.error === undefined) expect(value.last).toBe('captured');
      else expect(value.error).toMatchObject({ kind: 'device', code: 'timeout' });
      expect(value.again).toBe('captured');
      expect(timersLeft).toBe(0);
    },
  );

  it('is lost at every step but those that follow the print', async () => {
    const lost: number[] = [];
    for (const step of steps) {
      const { value } = await inVirtualTime(() => session({ step, fault: 'vanish' }));
      if (value.error !== undefined) lost.push(step);
    }
    // Behind the print come: to wait for the lift, its report, to sleep.
    expect(lost).toEqual(steps.slice(0, lost.length));
    expect(steps.length - lost.length).toBeLessThanOrEqual(3);
  });
});
