import { describe, expect, it } from 'vitest';
import { ProcessRun } from './support/process-run.js';

const PAIR = ['right-index', 'left-index'] as const;

describe('control verification (3.9.1.2)', () => {
  it('captures the fingers that were captured without supervision; no thresholds of quality apply', () => {
    const run = new ProcessRun('single-finger', { verified: PAIR, missing: [] });
    run.captured({ value: 3, matched: true });
    expect(run.events.at(-1)).toMatchObject({ type: 'OperatorDecision', sufficient: true });
    run.go().captured({ value: 1, matched: true }).go();
    expect(run.log.Verification?.map(({ fc, matched }) => [fc, matched])).toEqual([
      [2, true],
      [7, true],
    ]);
    expect(run.log.ApplicationProfile).toBe('GID_BiometricDataSelection');
    expect(run.log).not.toHaveProperty('FingerSelection');
  });

  it('tries three times, warns, and asks for no other finger', () => {
    const run = new ProcessRun('two-finger', { verified: PAIR, missing: [] });
    expect(run.expected).toBe('both-index');
    const wrong = { value: 90, matched: false };
    run.captured(wrong).captured(wrong).captured({ value: 90, matched: true }, wrong);
    expect(run.events.at(-1)).toMatchObject({
      best: [{ warnings: [] }, { warnings: ['not-verified'] }],
      sufficient: false,
    });
    run.command({ command: 'Continue', veto: { type: 'OK', obvious: true } });
    expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', reason: 'nothing-to-overrule' });
    run.go();
    expect(run.state.phase).toEqual({ type: 'finished', result: 'Success' });
    expect(run.log.Verification?.map(({ matched }) => matched)).toEqual([true, false]);
  });
});
