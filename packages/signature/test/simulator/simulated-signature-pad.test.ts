import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { collect } from '@buergerkoffer/core/testing';
import { SIGNATURE_PAD, type PenSample, type SignEvent } from '@buergerkoffer/signature';
import { simulatedSignaturePad, type SimulatedSignaturePadOptions } from '@buergerkoffer/signature/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';

async function sign(options: SimulatedSignaturePadOptions = {}): Promise<readonly SignEvent[]> {
  const device = await simulatedSignaturePad({ paceMs: 0, ...options }).open();
  const events = await collect(device.sign());
  await device.close();
  return events;
}

function kinds(events: readonly SignEvent[]): readonly string[] {
  return events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
}

const line: readonly PenSample[] = [10, 20, 30].map((x, i) => ({
  x,
  y: 30,
  pressure: 0.4,
  tMs: 5 * i,
  down: true,
}));

describe('a simulated signature pad', () => {
  it('is marked as simulated whatever the options say', () => {
    const simulated = simulatedSignaturePad({ info: { model: 'X', simulated: false } });
    expect(simulated.kind).toBe(SIGNATURE_PAD);
    expect(simulated.info).toMatchObject({ model: 'X', simulated: true });
  });

  it('delivers the same samples for the same seed and others for another seed or name', async () => {
    const first = await sign({ seed: 4 });
    expect(await sign({ seed: 4 })).toEqual(first);
    expect(await sign({ seed: 5 })).not.toEqual(first);
    expect(await sign({ seed: 4, name: 'E. Muster' })).not.toEqual(first);
  });

  it('writes a little differently each time', async () => {
    const device = await simulatedSignaturePad({ paceMs: 0 }).open();
    const first = await collect(device.sign());
    expect(await collect(device.sign())).not.toEqual(first);
    await device.close();
  });

  it('can clear a first attempt, and can decline', async () => {
    expect(kinds(await sign())).toEqual(['ready', 'strokes', 'confirmed']);
    expect(kinds(await sign({ citizen: 'clears-then-signs' }))).toEqual([
      'ready',
      'strokes',
      'cleared',
      'ready',
      'strokes',
      'confirmed',
    ]);
    expect(kinds(await sign({ citizen: 'declines' }))).toEqual(['ready', 'declined']);
  });

  it('plays given samples as they are, and refuses what nobody can have written', async () => {
    expect((await sign({ samples: line })).at(-1)).toEqual({
      type: 'confirmed',
      signature: { samples: line, widthMm: 108, heightMm: 65 },
    });
    const beyond = line.map((sample) => ({ ...sample, y: 66 }));
    expect(() => simulatedSignaturePad({ samples: beyond })).toThrow(/samples\[0\]\.y/);
    expect(() => simulatedSignaturePad({ name: '' })).toThrow(/name/);
  });
});

describe('faults', () => {
  const senseless: readonly Fault[] = [{ type: 'jam' }, { type: 'paper-out' }];

  it.each(senseless)('of type $type are refused at once', (fault) => {
    expect(() => simulatedSignaturePad({ faults: [{ operation: 'sign', fault }] })).toThrow(DeviceError);
    const simulated = simulatedSignaturePad({ paceMs: 0 });
    expect(() => {
      simulated.faults.plan({ operation: 'sign', fault });
    }).toThrow(/cannot show the fault/);
  });

  it('of an operation that pads do not have are refused at once', () => {
    const faults = [{ operation: 'capture', fault: { type: 'stall' } }] as const;
    expect(() => simulatedSignaturePad({ faults })).toThrow(/stall of capture/);
  });
});

describe('timers', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are gone after unsubscribing, after the signature and after the time-out', async () => {
    vi.useFakeTimers();
    const simulated = simulatedSignaturePad({ samples: line });
    const device = await simulated.open();
    const seen: string[] = [];
    const start = (): (() => void) => {
      const subscription = device.sign({ patienceMs: 5_000 }).subscribe({
        next: (event) => seen.push(event.type),
        error: (error: DeviceError) => seen.push(error.code),
      });
      return () => {
        subscription.unsubscribe();
      };
    };
    const stop = start();
    await vi.advanceTimersByTimeAsync(30);
    stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(['ready']);
    expect(vi.getTimerCount()).toBe(0);

    start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.at(-1)).toBe('confirmed');
    expect(vi.getTimerCount()).toBe(0);

    simulated.faults.plan({ operation: 'sign', fault: { type: 'time-out' } });
    start();
    await vi.advanceTimersByTimeAsync(4_990);
    expect(seen.at(-1)).toBe('ready');
    await vi.advanceTimersByTimeAsync(20);
    expect(seen.at(-1)).toBe('timeout');
    expect(vi.getTimerCount()).toBe(0);
    await device.close();
  });
});
