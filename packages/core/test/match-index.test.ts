import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineDriver, matchesPort, MatchIndex, type PortMatch, type SerialPort } from '@buergerkoffer/core';
import { LAMP, lamp } from './support/fakes.js';

function named(id: string, ...matches: readonly PortMatch<'serial'>[]) {
  const open = () => Promise.resolve(lamp());
  return defineDriver({ id, kind: LAMP, bus: 'serial', matches, openOptions: { baudRate: 9600 }, open });
}

const bare: SerialPort = { bus: 'serial', id: 'a', path: 'a', physical: 'a' };

function found(drivers: readonly ReturnType<typeof named>[], port: SerialPort): readonly string[] {
  return new MatchIndex<'serial'>(drivers).driversOf(port).map(({ id }) => id);
}

describe('MatchIndex', () => {
  it('finds those that name vendor and product first, then those that say more', () => {
    const drivers = [
      named('maker', { maker: 'Acme' }),
      named('maker-and-model', { maker: 'Acme', model: 'L1' }),
      named('model', { model: 'L1' }),
      named('ids', { vendorId: 0x1209, productId: 1 }),
    ];
    const port = { ...bare, vendorId: 0x1209, productId: 1, maker: 'Acme', model: 'L1' };
    expect(found(drivers, port)).toEqual(['ids', 'maker-and-model', 'maker', 'model']);
    expect(found(drivers, { ...port, productId: 9, maker: 'Other' })).toEqual(['model']);
  });

  it('finds a driver once, however many of its rows match', () => {
    const driver = named('a', { maker: 'Acme' }, { maker: 'Acme' }, { model: 'L1' });
    expect(found([driver], { ...bare, maker: 'Acme', model: 'L1' })).toEqual(['a']);
  });

  it('never matches an empty row', () => {
    expect(found([named('a', {})], bare)).toEqual([]);
  });

  it('finds a driver of any reader after one that names the reader', () => {
    const reader = (id: string, ...matches: readonly PortMatch<'pcsc'>[]) =>
      defineDriver({
        id,
        kind: LAMP,
        bus: 'pcsc',
        matches,
        openOptions: {},
        open: () => Promise.resolve(lamp()),
      });
    const index = new MatchIndex<'pcsc'>([
      reader('any', { bus: 'pcsc' }),
      reader('comfort', { reader: 'Comfort 00 00' }),
      reader('other', { bus: 'pcsc', reader: 'Other 00 00' }),
    ]);
    const port = { bus: 'pcsc', id: 'a', path: 'a', physical: 'a', reader: 'Comfort 00 00' } as const;
    expect(index.driversOf(port).map(({ id }) => id)).toEqual(['comfort', 'any']);
    expect(matchesPort<'pcsc'>({ bus: 'pcsc' }, port)).toBe(true);
  });

  it('has no match for any port of a bus on which strangers are', () => {
    expectTypeOf<{ bus: 'usb' }>().not.toExtend<PortMatch<'usb'>>();
    expectTypeOf<{ bus: 'pcsc' }>().toExtend<PortMatch<'pcsc'>>();
  });

  it('tells a number from the text that looks like it', () => {
    expect(found([named('a', { maker: '1' })], { ...bare, vendorId: 1 })).toEqual([]);
    expect(found([named('a', { vendorId: 1 })], { ...bare, maker: '1' })).toEqual([]);
  });

  it('finds what a walk over all rows would find', () => {
    const value = fc.integer({ min: 0, max: 2 });
    const text = fc.constantFrom('Acme', 'Bolt', '');
    const fields = { vendorId: value, productId: value, maker: text, model: text, interfaceNumber: value };
    const match = fc.record(fields, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(fc.array(match, { maxLength: 4 }), { maxLength: 12 }), match, (tables, ids) => {
        const drivers = tables.map((rows, i) => named(String(i), ...rows));
        const port = { ...bare, ...ids };
        const walked = drivers.filter(({ matches }) =>
          matches.some((row) => matchesPort<'serial'>(row, port)),
        );
        expect([...found(drivers, port)].sort()).toEqual(walked.map(({ id }) => id).sort());
      }),
    );
  });

  it('finds the drivers of 20 ports among 10,000 rows within 5 ms, warm', () => {
    const rows = Array.from({ length: 10_000 }, (_, i): PortMatch<'serial'> =>
      i % 2 === 0 ? { vendorId: i >> 8, productId: i & 0xff } : { maker: `Maker ${i % 100}`, model: `L${i}` },
    );
    const index = new MatchIndex<'serial'>(rows.map((row, i) => named(String(i), row)));
    const ports = Array.from({ length: 20 }, (_, i) => ({ ...bare, ...rows[i * 487] }));
    const durationsMs = Array.from({ length: 50 }, () => {
      const begunMs = performance.now();
      for (const port of ports) expect(index.driversOf(port)).toHaveLength(1);
      return performance.now() - begunMs;
    });
    expect(durationsMs.sort((a, b) => a - b)[25]).toBeLessThanOrEqual(5);
  });
});
