import { describe, expect, it } from 'vitest';
import { MISSING, ProcessRun } from './support/process-run.js';

const RIGHT = ['right-index', 'right-thumb', 'right-middle', 'right-ring'] as const;
const LEFT = ['left-index', 'left-thumb', 'left-middle', 'left-ring'] as const;

function begun(): ProcessRun {
  return new ProcessRun('two-finger').missing();
}

describe('TC-PAP-ACQ-FP2P-SV-1_001: two fingers with a scanner that takes two', () => {
  it('step 1: both index fingers, sufficient in one slap', () => {
    const run = begun();
    expect(run.expected).toBe('both-index');
    run.captured(60, 45).go();
    expect(run.state.phase).toEqual({ type: 'finished', result: 'Success' });
    expect(run.selected).toEqual(['right-index', 'left-index']);
    expect(run.log.FingerAcquisition[0]?.FingerCapture.map(({ fc }) => fc)).toEqual([46]);
  });

  it('step 2: without the right index finger its thumb, one finger at a time', () => {
    const run = new ProcessRun('two-finger').missing('right-index');
    const asked = [];
    for (; run.target !== undefined; run.captured(60).go()) asked.push(run.expected);
    expect(asked).toEqual(['left-index', 'right-thumb']);
    expect(run.selected).toEqual(['right-thumb', 'left-index']);
    expect(run.log.FingerAcquisition[0]?.FingerMissing).toEqual([{ fc: 2, reason: MISSING }]);
  });

  it('step 3: without the left index finger its thumb', () => {
    const run = new ProcessRun('two-finger').missing('left-index');
    while (run.target !== undefined) run.captured(60).go();
    expect(run.selected).toEqual(['right-index', 'left-thumb']);
  });

  it.each([
    ['right', RIGHT, ['left-index', 'left-thumb']],
    ['left', LEFT, ['right-index', 'right-thumb']],
  ] as const)('step 4: without the %s hand index finger and thumb of the other', (_, missing, selected) => {
    const run = new ProcessRun('two-finger').missing(...missing);
    const asked = [];
    for (; run.target !== undefined; run.captured(60).go()) asked.push(run.expected);
    expect(asked).toEqual(selected);
    expect(run.selected).toEqual(selected);
  });

  it('step 5: an insufficient slap is captured again, three times in all', () => {
    const run = begun().captured(60, 20).captured(60, 25);
    expect(run.expected).toBe('both-index');
    run.captured(60, 28);
    expect(run.target).toBeUndefined();
    expect(run.events.at(-1)).toMatchObject({ type: 'OperatorDecision', sufficient: false });
    expect(run.state.tasks[0]?.attempts.map(({ count }) => count)).toEqual([1, 2, 3]);
  });

  it('step 6: single fingers instead of a slap that cannot be laid down', () => {
    const run = begun();
    expect(run.events.at(-1)).toMatchObject({
      commands: ['UseSingleFingerAcquisitionFallback', 'SelectMissingFingers', 'Cancel'],
    });
    run.command({ command: 'UseSingleFingerAcquisitionFallback' });
    expect(run.effects.filter(({ type }) => type === 'stop-capture')).toHaveLength(1);
    const asked = [];
    for (; run.target !== undefined; run.captured(60).go()) asked.push(run.expected);
    expect(asked).toEqual(['right-index', 'left-index']);
    expect(run.selected).toEqual(['right-index', 'left-index']);
  });

  it('steps 7 and 8: after an insufficient slap the poor finger alone, which then replaces it', () => {
    const run = begun().captured(70, 10).captured(60, 12).captured(50, 11);
    run.command({ command: 'UseSingleFingerAcquisitionFallback' });
    expect(run.expected).toBe('left-index');
    run.captured(40).go();
    expect(run.selected).toEqual(['right-index', 'left-index']);
    expect(run.log.FingerSelection?.selected).toEqual(['FP-1-1-2', 'FP-2-1-7']);
  });
});

describe('alternatives (4.6, figure 4.10)', () => {
  it('are thumb, middle and ring finger of the same hand, until one is sufficient', () => {
    const run = begun().captured(10, 60).captured(10, 60).captured(10, 60).go();
    const asked = [];
    for (const quality of [10, 19, 10]) {
      asked.push(run.expected);
      for (let i = 0; i < 3 && run.target !== undefined; i += 1) run.captured(quality);
      run.go();
    }
    expect(asked).toEqual(['right-thumb', 'right-middle', 'right-ring']);
    expect(run.selected).toEqual(['right-ring', 'left-index']);
  });

  it.each([
    [[20, 29, 19, 9], 'right-thumb'],
    [[20, 20, 19, 9], 'right-index'],
    [[5, 19, 19, 9], 'right-thumb'],
    [[5, 5, 9, 9], 'right-middle'],
    [[255, 255, 255, 0], 'right-ring'],
  ])('none sufficient of %j: the highest is taken, between equal ones %s', (qualities, selected) => {
    const run = new ProcessRun('two-finger').missing('left-index', 'left-thumb', 'left-middle', 'left-ring');
    for (const quality of qualities) run.captured(quality).captured(quality).captured(quality).go();
    expect(run.selected[0]).toBe(selected);
    expect(new Set(run.selected).size).toBe(2);
  });

  it('missing ones are left out', () => {
    const run = new ProcessRun('two-finger').missing('right-index', 'right-thumb', 'right-ring');
    run.captured(60).go();
    expect(run.expected).toBe('right-middle');
  });
});

describe('a slap', () => {
  it('with another number of fingers counts as an attempt and is told by its HLBS name', () => {
    const run = begun().failed('too-few-fingers').failed('too-many-fingers');
    expect(run.events).toContainEqual({
      type: 'IntermediateFingerAmountMismatch',
      mismatch: 'TooLessFingersCaptured',
    });
    expect(run.events).toContainEqual({
      type: 'IntermediateFingerAmountMismatch',
      mismatch: 'TooManyFingersCaptured',
    });
    run.failed('too-few-fingers');
    expect(run.events.at(-1)).toMatchObject({
      type: 'OperatorDecision',
      best: [],
      errorCode: 'too-few-fingers',
    });
    run.go();
    expect(run.expected).toBe('right-thumb');
  });

  it('is sufficient when each finger was so in some attempt (5.4.5.1.3)', () => {
    const run = begun().captured(70, 10).captured(10, 40);
    expect(run.events.at(-1)).toMatchObject({ type: 'OperatorDecision', sufficient: true });
    run.go();
    expect(run.log.FingerSelection?.selected).toEqual(['FP-1-1-2', 'FP-1-2-7']);
    expect(run.log.FingerAcquisition[0]?.FingerCapture[0]).not.toHaveProperty('BestCapture');
  });
});
