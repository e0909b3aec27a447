import { lacks, runContract, simulatedSubject } from '@buergerkoffer/core/testing';
import type { SignaturePad, SignEvent } from '@buergerkoffer/signature';
import { simulatedSignaturePad } from '@buergerkoffer/signature/simulator';
import { signaturePadContract } from '@buergerkoffer/signature/testing';
import { filter, map, takeWhile, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';

describe('the simulator keeps the contract:', () => {
  it.each(signaturePadContract)('$name', async (contractCase) => {
    const subject = simulatedSubject(simulatedSignaturePad({ paceMs: 1 }));
    expect(lacks(contractCase, subject)).toBeUndefined();
    await contractCase.run(subject);
  });

  it.each(signaturePadContract)('$name (a citizen who clears the first attempt)', async (contractCase) => {
    await contractCase.run(
      simulatedSubject(simulatedSignaturePad({ paceMs: 1, citizen: 'clears-then-signs' })),
    );
  });
});

describe('the contract finds a pad that', () => {
  const broken = async (
    change: (events: Observable<SignEvent>) => Observable<SignEvent>,
  ): Promise<readonly string[]> => {
    const breaking = (device: SignaturePad): SignaturePad => ({
      info: device.info,
      capabilities: device.capabilities,
      ended: device.ended,
      close: () => device.close(),
      sign: (request) => change(device.sign(request)),
    });
    const results = await runContract(signaturePadContract, () =>
      simulatedSubject(simulatedSignaturePad({ paceMs: 1, name: 'M.' }), breaking),
    );
    return results.filter((result) => result.outcome === 'broken').map((result) => result.name);
  };

  it('nothing, when it only forwards', async () => {
    expect(await broken((events) => events)).toEqual([]);
  });

  it('swallows its retries', async () => {
    expect(await broken((events) => events.pipe(filter(({ type }) => type !== 'retry')))).toEqual([
      'a failed attempt is a retry with a reason, after which the pad is ready again and the samples are void',
    ]);
  });

  it('ends without a signature', async () => {
    expect(await broken((events) => events.pipe(takeWhile(({ type }) => type !== 'confirmed')))).toContain(
      'a signing starts with ready and ends with one confirmed signature',
    );
  });

  it('loses a sample on the way', async () => {
    const lossy = (event: SignEvent): SignEvent =>
      event.type === 'strokes' && event.samples.length > 1
        ? { ...event, samples: event.samples.slice(1) }
        : event;
    expect(await broken((events) => events.pipe(map(lossy)))).toEqual([
      'the confirmed signature is what was written since the last ready',
      'a failed attempt is a retry with a reason, after which the pad is ready again and the samples are void',
    ]);
  });

  it('delivers tablet units instead of millimetres', async () => {
    const inUnits = (event: SignEvent): SignEvent => {
      if (event.type !== 'confirmed') return event;
      const samples = event.signature.samples.map((sample) => ({ ...sample, x: sample.x * 100 }));
      return { ...event, signature: { ...event.signature, samples } };
    };
    expect(await broken((events) => events.pipe(map(inUnits)))).toContain(
      'the samples lie on the writing area of the capabilities, in the order of time, and some of them write',
    );
  });

  it('starts before anybody subscribes', async () => {
    const names = await broken((events) => {
      events.subscribe({ error: () => undefined });
      return events;
    });
    expect(names).toContain('nothing starts before somebody subscribes');
  });
});
