import { describe, expect, it } from 'vitest';
import { ProcessRun, type ScriptedPrint } from './support/process-run.js';

const ALARM = { value: 0.9, threshold: 0.5 };
const BONA_FIDE = { value: 0.1, threshold: 0.5 };

function begun(): ProcessRun {
  return new ProcessRun('single-finger').missing();
}

/** Plays `print` for every target until nothing more is asked for; the targets in order. */
function played(run: ProcessRun, print: ScriptedPrint): readonly (string | undefined)[] {
  const asked = [];
  for (; run.target !== undefined; run.captured(print).go()) asked.push(run.expected);
  return asked;
}

describe('TC-PAP-ACQ-FP2P-SV-2_001: two fingers with a scanner that takes one', () => {
  it('step 1: right index finger, then left', () => {
    const run = begun();
    expect(played(run, 60)).toEqual(['right-index', 'left-index']);
    expect(run.selected).toEqual(['right-index', 'left-index']);
  });

  it('step 2: without the right index finger its thumb', () => {
    const run = new ProcessRun('single-finger').missing('right-index');
    expect(played(run, 60)).toEqual(['right-thumb', 'left-index']);
  });

  it('step 3: without the left index finger its thumb', () => {
    const run = new ProcessRun('single-finger').missing('left-index');
    expect(played(run, 60)).toEqual(['right-index', 'left-thumb']);
  });

  it('step 4: without a hand index finger and thumb of the other', () => {
    const run = new ProcessRun('single-finger').missing(
      'right-index',
      'right-thumb',
      'right-middle',
      'right-ring',
    );
    expect(played(run, 60)).toEqual(['left-index', 'left-thumb']);
    expect(run.selected).toEqual(['left-index', 'left-thumb']);
  });

  it('step 5: an insufficient finger is captured again, three times in all', () => {
    const run = begun().captured(10).captured(29);
    expect(run.expected).toBe('right-index');
    run.captured(20);
    expect(run.events.at(-1)).toMatchObject({
      type: 'OperatorDecision',
      sufficient: false,
      best: [{ print: { quality: { value: 29 } } }],
    });
  });
});

describe('the additional finger of a hand that is alone (4.7)', () => {
  it('is one that was captured before, where that is sufficient', () => {
    const run = new ProcessRun('single-finger').missing(
      'left-index',
      'left-thumb',
      'left-middle',
      'left-ring',
    );
    // The index finger is poor, but the operator takes it; the thumb follows and is no better.
    run.captured(20).captured(20).captured(20).go();
    expect(run.expected).toBe('right-thumb');
    run.captured(50).go();
    // First print: the thumb. The index finger was captured already and is not asked for again.
    expect(run.expected).toBe('right-middle');
    run.captured(30).go();
    expect(run.selected).toEqual(['right-thumb', 'right-middle']);
  });

  it('is the best of the others where none is sufficient', () => {
    const run = new ProcessRun('single-finger').missing(
      'left-index',
      'left-thumb',
      'left-middle',
      'left-ring',
    );
    for (const quality of [20, 25, 3, 2]) run.captured(quality).captured(quality).captured(quality).go();
    expect(run.selected).toEqual(['right-thumb', 'right-index']);
  });

  it('is not there where the hand has one finger', () => {
    const run = new ProcessRun('single-finger').missing(
      ...([
        'left-index',
        'left-thumb',
        'left-middle',
        'left-ring',
        'right-index',
        'right-thumb',
        'right-ring',
      ] as const),
    );
    expect(played(run, 60)).toEqual(['right-middle']);
  });
});

describe('a PAD warning (4.7)', () => {
  it('has the same finger captured again with the counter at 3, once', () => {
    const run = begun().captured({ value: 60, pad: ALARM }).go();
    expect(run.events.at(-1)).toMatchObject({
      type: 'ExpectedFingers',
      fingers: ['right-index'],
      attempt: 3,
      reason: 'pad-warning',
    });
    run.captured({ value: 10, pad: ALARM });
    expect(run.state.phase.type).toBe('assessing');
    run.go();
    expect(run.expected).toBe('left-index');
  });

  it('keeps no image back, and a print without one is preferred', () => {
    const run = begun().captured({ value: 80, pad: ALARM });
    expect(run.events).toContainEqual(
      expect.objectContaining({ type: 'IntermediateFingerFeedback', padAlarm: true }),
    );
    run.go().captured({ value: 40, pad: BONA_FIDE }).go().captured({ value: 50, pad: BONA_FIDE }).go();
    expect(run.log.FingerSelection?.selected).toEqual(['FP-2-3-2', 'FP-3-1-7']);
    const attempts = run.log.FingerAcquisition[0]?.FingerCapture.flatMap(
      (capture) => capture.FingerCaptureAttempt,
    );
    expect(attempts?.map(({ PADInformation: pad }) => pad.performed && pad.result)).toEqual([
      true,
      false,
      false,
    ]);
    expect(attempts?.[0]?.PADInformation).toMatchObject({
      Probe: [{ fc: 2, value: 0.9, lowerBound: 0, upperBound: 1, upperThreshold: 0.5 }],
    });
    expect(run.log.FingerAcquisition[0]?.UserInterface.PADAlert).toBe(true);
  });

  it('is not missed where nobody looked: that is said', () => {
    const run = begun().captured(60);
    expect(
      run.events.some(
        (event) => event.type === 'IntermediateFingerFeedback' && event.padAlarm === 'not-performed',
      ),
    ).toBe(true);
    expect(run.log.FingerAcquisition[0]?.FingerCapture[0]?.FingerCaptureAttempt[0]?.PADInformation).toEqual({
      performed: false,
    });
  });
});
