import { lacks } from '@buergerkoffer/core/testing';
import { fingerprintScannerContract } from '@buergerkoffer/fingerprint/testing';
import { describe, expect, it } from 'vitest';
import { fs1UnderTest, runFs1Contract } from '../../../../docs/guide/code/fs1-contract.js';

describe('the driver of the guide', () => {
  it.each(fingerprintScannerContract.map((each) => [each.name, each] as const))(
    'keeps: %s',
    async (_, contractCase) => {
      const subject = fs1UnderTest();
      expect(lacks(contractCase, subject)).toBeUndefined();
      await contractCase.run(subject);
    },
  );

  it('passes the suite without a test framework, as the guide shows it', async () => {
    const results = await runFs1Contract();
    expect(results.filter(({ outcome }) => outcome !== 'kept')).toEqual([]);
  });
});
