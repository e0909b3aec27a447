import { lacks } from '@buergerkoffer/core/testing';
import { cameraContract } from '@buergerkoffer/camera/testing';
import { describe, expect, it, vi } from 'vitest';
import { contractSubject, DIALECTS } from '../support/virtual-cameras.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** The standard has no word for a shot without focus. */
const NOT_FOR_STANDARD = /failed attempt is a retry/;

describe.each(DIALECTS)('a camera that speaks PTP (%s) over USB', (dialect) => {
  const cases = cameraContract.filter(({ name }) => dialect !== 'standard' || !NOT_FOR_STANDARD.test(name));

  it.each(cases)('$name', async (contractCase) => {
    const { subject, camera } = contractSubject(dialect);
    expect(lacks(contractCase, subject)).toBeUndefined();
    // The hand that the contract wants on the shutter of the body.
    const hand = setInterval(() => {
      if (/shutter on the body/.test(contractCase.name)) camera.pressShutter();
    }, 150);
    try {
      await contractCase.run(subject);
    } finally {
      clearInterval(hand);
    }
  });
});
