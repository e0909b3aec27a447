import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { pcscBusOn } from '../../../src/node/pcsc/pcsc-bus.js';
import { FakePcscd } from '../../support/fake-pcscd.js';

const port = { bus: 'pcsc', id: 'pcsc:R', path: 'R', physical: 'R', reader: 'R' } as const;

/** The size of each answer, by command. */
const SIZES = [
  [0x11, 12],
  [0x01, 12],
  [0x13, 2_944],
  [0x12, 2_944],
  [0x04, 152],
  [0x09, 32],
  [0x06, 12],
] as const;

it('a service that answers any command with any bytes fails it with a DeviceError, and nothing is left', async () => {
  const answers = fc.constantFrom(...SIZES).chain(([command, size]) =>
    fc.record({
      command: fc.constant(command),
      bytes: fc.uint8Array({ minLength: Math.min(4, size), maxLength: size + 9, size: 'max' }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(answers, async ({ command, bytes }) => {
      const service = new FakePcscd();
      await service.start();
      service.plug('R').insert();
      const bus = pcscBusOn({
        sysfs: '/nowhere',
        socket: service.path,
        againMs: 10,
        listMs: 50,
        openMs: 100,
      });
      try {
        service.instead.set(command, () => bytes);
        const limits = { timeoutMs: 100 };
        const slot = await bus.open(port, {});
        try {
          const card = await slot.connect('exclusive', limits);
          await card.transmit(new Uint8Array(4), limits);
          await card.close();
        } finally {
          await slot.close();
        }
      } catch (error) {
        expect(error).toBeInstanceOf(DeviceError);
      } finally {
        await service.remove();
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);
