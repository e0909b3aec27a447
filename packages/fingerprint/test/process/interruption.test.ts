import { describe, expect, it } from 'vitest';
import { ProcessRun } from './support/process-run.js';

const LOST = { type: 'device-failed', errorCode: 'lost' } as const;

describe('a scanner that goes away', () => {
  it('takes nothing with it: another one goes on with the next attempt of the same finger', () => {
    const run = new ProcessRun('single-finger').missing().captured(60).go().captured(12).input(LOST);
    expect(run.state.phase.type).toBe('without-device');
    run.attach('single-finger', { model: 'other' });
    expect(run.events.at(-1)).toMatchObject({ type: 'ExpectedFingers', fingers: ['left-index'], attempt: 2 });
    run.captured(45).go();
    expect(run.selected).toEqual(['right-index', 'left-index']);
  });

  it('is logged as an acquisition of its own, its records in the last one', () => {
    const run = new ProcessRun('single-finger')
      .missing('right-thumb')
      .captured(60)
      .go()
      .captured(12)
      .input(LOST);
    run.attach('single-finger', { model: 'other' }).captured(45).go();
    const [first, second] = run.log.FingerAcquisition;
    expect(first).toMatchObject({
      Hardware: { Name: 'single-finger' },
      ErrorCode: 'lost',
      FingerMissing: [],
    });
    expect(first?.FingerCapture.map(({ fc, count }) => [fc, count])).toEqual([
      [2, 1],
      [7, 1],
    ]);
    expect(first).not.toHaveProperty('Records');
    expect(second).toMatchObject({ Hardware: { Name: 'other' }, FingerMissing: [{ fc: 1 }] });
    expect(
      second?.FingerCapture.map(({ fc, count, FingerCaptureAttempt: [attempt] }) => [
        fc,
        count,
        attempt?.number,
      ]),
    ).toEqual([[7, 1, 2]]);
    expect(second?.Records?.BinaryRecord.map(({ id }) => id)).toEqual(['FP-1-1-2', 'FP-2-1-7', 'FP-2-2-7']);
  });

  it('in a slap can be followed by one that takes single fingers', () => {
    const run = new ProcessRun('two-finger').missing().captured(60, 12).input(LOST).attach('single-finger');
    expect(run.expected).toBe('left-index');
    run.captured(45).go();
    expect(run.selected).toEqual(['right-index', 'left-index']);
  });

  it('in a single finger can be followed by one that takes two', () => {
    const run = new ProcessRun('single-finger').missing().captured(60).go().input(LOST).attach('two-finger');
    expect(run.expected).toBe('left-index');
    run.captured(45).go();
    expect(run.selected).toEqual(['right-index', 'left-index']);
  });
});

it('a decision that was not made is asked for again', () => {
  const run = new ProcessRun('single-finger')
    .missing()
    .captured(60)
    .input({ type: 'device-failed', errorCode: 'timeout' });
  run.attach('single-finger');
  expect(run.events.at(-1)).toMatchObject({ type: 'OperatorDecision', sufficient: true });
});
