import { describe, expect, test } from 'vitest';
import { exitCodeOf, lastLine } from '../../../src/node/lab/lab-progress.js';
import { Tally } from '../../../src/node/lab/tally.js';

describe('the last line', () => {
  test('counts what passed and what failed', () => {
    expect(lastLine({ type: 'ran', passed: 12, failed: 0 })).toBe('lab: 12 passed, 0 failed');
  });

  test('gives the reason on one line where the lab cannot run', () => {
    expect(lastLine({ type: 'skipped', reason: 'no\n  kernel ' })).toBe('lab: skipped: no kernel');
  });
});

test('the exit code is 1 only where a test failed', () => {
  expect(exitCodeOf({ type: 'ran', passed: 1, failed: 0 })).toBe(0);
  expect(exitCodeOf({ type: 'ran', passed: 1, failed: 1 })).toBe(1);
  expect(exitCodeOf({ type: 'skipped', reason: 'no kernel' })).toBe(0);
});

describe('the tally', () => {
  const passed = { type: 'test', file: '/a', name: ['t'], outcome: 'passed', ms: 1 } as const;

  test('counts tests that passed and failed, not those that were left out', () => {
    const tally = new Tally(['/a']);
    tally.count(passed);
    tally.count({ ...passed, outcome: 'failed' });
    tally.count({ ...passed, outcome: 'skipped' });
    expect([tally.passed, tally.failed]).toEqual([1, 1]);
  });

  test('fails a file of which the end was not seen, once', () => {
    const tally = new Tally(['/a', '/b', '/c']);
    tally.count({ type: 'file-end', file: '/a', ms: 1 });
    tally.leaveOut(['/c']);
    expect(tally.close('the guest panicked')).toEqual([
      { type: 'test', file: '/b', name: [], outcome: 'failed', ms: 0, reason: 'the guest panicked' },
    ]);
    expect(tally.close('again')).toEqual([]);
    expect(tally.failed).toBe(1);
  });

  test('fails only the files that it is asked for', () => {
    const tally = new Tally(['/a', '/b']);
    expect(tally.close('it ended', ['/a'])).toHaveLength(1);
    expect(tally.close('the time is over')).toMatchObject([{ file: '/b' }]);
  });
});
