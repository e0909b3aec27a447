import { lastValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import type { FingerPosition } from '../../src/finger-position.js';
import { acceptingOperator, verifyFingers, type PrintToVerify } from '../../src/enrolment/index.js';
import { simulatedFingerprintScanner } from '../../src/simulator/index.js';
import { inVirtualTime } from '../support/virtual-time.js';

vi.setConfig({ testTimeout: 60_000 });

const OPTIONS = { operator: acceptingOperator(), missing: [], previews: false };

/** Prints that the scanner of `seed` captured without supervision. */
async function captured(seed: number, fingers: readonly FingerPosition[]): Promise<readonly PrintToVerify[]> {
  const { value } = await inVirtualTime(async () => {
    const device = await simulatedFingerprintScanner({ seed }).open();
    const prints: PrintToVerify[] = [];
    for (const finger of fingers) {
      const event = await lastValueFrom(device.capture({ finger }));
      if (event.type === 'captured') prints.push({ finger, image: event.image });
    }
    await device.close();
    return prints;
  });
  return value;
}

async function verified(seed: number, prints: readonly PrintToVerify[]) {
  const { value } = await inVirtualTime(async () => {
    const device = await simulatedFingerprintScanner({ seed }).open();
    const last = await lastValueFrom(verifyFingers(device, prints, OPTIONS)).catch((error: unknown) => error);
    await device.close();
    return last;
  });
  return value;
}

describe('control verification (3.9.1.2)', () => {
  it('confirms the prints of the same person, and has nothing for the chip', async () => {
    const prints = await captured(3, ['left-index', 'right-thumb']);
    expect(await verified(3, prints)).toMatchObject({
      type: 'Result',
      result: 'Success',
      prints: [],
      verified: [
        { finger: 'left-index', outcome: 'verified' },
        { finger: 'right-thumb', outcome: 'verified' },
      ],
      log: {
        ApplicationProfile: 'GID_BiometricDataSelection',
        Verification: [{ fc: 7, matched: true }, { fc: 1 }],
      },
    });
  });

  it('does not confirm those of another person', async () => {
    const prints = await captured(3, ['left-index']);
    const result = await verified(4, prints);
    expect(result).toMatchObject({ result: 'Success', verified: [{ finger: 'left-index' }] });
    expect(JSON.stringify(result)).not.toContain('"outcome":"verified"');
  });

  it.each([
    ['none', []],
    ['a little finger', ['left-little']],
    ['a finger twice', ['left-index', 'left-index']],
  ] as const)('refuses %s', async (_, fingers) => {
    const image = { width: 100, height: 100, data: new Uint8Array(10_000) };
    expect(
      await verified(
        3,
        fingers.map((finger) => ({ finger, image })),
      ),
    ).toMatchObject({
      code: 'out-of-range',
      path: 'prints',
    });
  });
});
