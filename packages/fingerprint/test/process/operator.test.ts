import { describe, expect, it } from 'vitest';
import { ProcessRun } from './support/process-run.js';

function begun(kind: 'two-finger' | 'single-finger' = 'single-finger'): ProcessRun {
  return new ProcessRun(kind).missing();
}

/** Three attempts with the same quality. */
function poor(run: ProcessRun, quality: number): ProcessRun {
  return run.captured(quality).captured(quality).captured(quality);
}

describe('missing fingers', () => {
  it('come first: nothing is captured before the operator has named them', () => {
    const run = new ProcessRun('two-finger');
    expect(run.events).toEqual([{ type: 'LiveStatus', status: 'SelectMissingFingers' }]);
    expect(run.effects.some(({ type }) => type === 'capture')).toBe(false);
    run.go();
    expect(run.events.at(-1)).toMatchObject({
      type: 'CommandRefused',
      reason: 'not-allowed-now',
      commands: ['SelectMissingFingers', 'Cancel'],
    });
  });

  it('can be named before each new finger, and the capture that runs is ended', () => {
    const run = begun().captured(60).go();
    expect(run.expected).toBe('left-index');
    run.missing('left-index', 'left-thumb');
    expect(run.effects.at(-3)).toEqual({ type: 'stop-capture' });
    expect(run.expected).toBe('left-middle');
    run.captured(5);
    run.missing('left-middle');
    expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', command: 'SelectMissingFingers' });
  });

  it('are no fingers that were captured, and none is named twice', () => {
    const run = begun().captured(60).go();
    for (const fingers of [['right-index'], ['left-index', 'left-index']] as const) {
      run.missing(...fingers);
      expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', reason: 'wrong-missing-fingers' });
    }
    expect(run.expected).toBe('left-index');
  });

  it('may be all of them: then nothing is captured, and each is logged', () => {
    const run = new ProcessRun('two-finger').missing(
      ...(['right-index', 'right-thumb', 'right-middle', 'right-ring'] as const),
      ...(['left-index', 'left-thumb', 'left-middle', 'left-ring'] as const),
    );
    expect(run.state.phase).toEqual({ type: 'finished', result: 'Success' });
    const [acquisition] = run.log.FingerAcquisition;
    expect(acquisition?.FingerMissing.map(({ fc }) => fc)).toEqual([2, 1, 3, 4, 7, 6, 8, 9]);
    expect(acquisition).not.toHaveProperty('Records');
  });
});

describe('the three vetoes (5.8.4)', () => {
  it.each([true, false])(
    'OK, for an obvious reason %s: an insufficient print is taken, no alternative follows',
    (obvious) => {
      const run = poor(begun(), 12).command({ command: 'Continue', veto: { type: 'OK', obvious } });
      expect(run.expected).toBe('left-index');
      expect(run.log.FingerAcquisition[0]?.FingerCapture[0]).toMatchObject({
        Decision: 'accepted',
        Veto: { type: 'OK', obvious },
      });
    },
  );

  it('NOK: no print is taken though one is sufficient, an alternative follows', () => {
    const run = begun()
      .captured(90)
      .command({ command: 'Continue', veto: { type: 'NOK' } });
    expect(run.expected).toBe('right-thumb');
    run.captured(60).go().captured(60).go();
    expect(run.selected).toEqual(['right-thumb', 'left-index']);
    expect(run.log.FingerAcquisition[0]?.FingerCapture[0]).toMatchObject({
      Decision: 'rejected',
      Veto: { type: 'NOK' },
    });
  });

  it('overrule something, or are refused', () => {
    const run = begun()
      .captured(90)
      .command({ command: 'Continue', veto: { type: 'OK', obvious: true } });
    expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', reason: 'nothing-to-overrule' });
    const nothing = begun()
      .failed('timeout')
      .command({ command: 'Continue', veto: { type: 'NOK' } });
    expect(nothing.events.at(-1)).toMatchObject({ type: 'CommandRefused', reason: 'nothing-to-overrule' });
  });
});

describe('Discard', () => {
  it('throws the images of the task away and begins it again with the counter at 1', () => {
    const run = poor(begun(), 12).command({ command: 'Discard' });
    expect(run.expected).toBe('right-index');
    expect(run.state.phase).toMatchObject({ type: 'capturing', count: 1 });
    expect(JSON.stringify(run.state)).not.toContain('"material"');
    run.captured(60).go();
    expect(run.log.FingerAcquisition[0]?.FingerCapture.map(({ Decision }) => Decision)).toEqual([
      'discarded',
      'accepted',
    ]);
  });
});

describe('DiscardAll', () => {
  it('begins anew with the missing fingers; what was done stays in the log', () => {
    const run = begun().captured(60).go().captured(60).command({ command: 'DiscardAll' });
    expect(run.state.phase.type).toBe('selecting-missing-fingers');
    run.missing();
    expect(run.expected).toBe('right-index');
    run.captured(61).go().captured(62).go();
    expect(run.log.FingerSelection?.selectionBasis).toEqual(['FP-3-1-2', 'FP-4-1-7']);
    expect(run.log.FingerAcquisition[0]?.FingerCapture.map(({ Decision }) => Decision)).toEqual([
      'discarded',
      'discarded',
      'accepted',
      'accepted',
    ]);
  });
});

describe('Cancel', () => {
  it.each([
    ['while missing fingers are named', () => new ProcessRun('two-finger')],
    ['while the scanner looks', () => begun()],
    ['while the operator decides', () => begun().captured(60)],
    ['without a device', () => begun().input({ type: 'device-failed', errorCode: 'lost' })],
  ])('%s ends it, and no image stays', (_, make) => {
    const run = make().command({ command: 'Cancel' });
    expect(run.state.phase).toEqual({ type: 'finished', result: 'Canceled' });
    expect(JSON.stringify(run.state)).not.toContain('"material"');
    expect(run.log).not.toHaveProperty('FingerSelection');
    run.go();
    expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', commands: [] });
  });
});

describe('TC-PAP-ACQ-FP2P-SV-1_002, -SV-2_002: a capture that the operator forces', () => {
  it('is done by a scanner that can, while its live image is shown', () => {
    const run = begun().command({ command: 'Capture' });
    expect(run.events.at(-1)).toMatchObject({ type: 'CommandRefused', reason: 'no-manual-capture' });
    const manual = new ProcessRun('two-finger', { missing: [] });
    manual.input({ type: 'device-failed', errorCode: 'lost' }).attach('two-finger', { manualCapture: true });
    manual.command({ command: 'Capture' });
    expect(manual.effects.at(-1)).toEqual({ type: 'force-capture' });
  });
});

describe('TC-UI-FP-OP-001, -002: what the operator is told', () => {
  it('is every print with quality and threshold, the fingers expected, and what can be done', () => {
    const run = begun('two-finger').captured(60, 10);
    expect(run.events.slice(1, 4)).toMatchObject([
      { type: 'ExpectedFingers', fingers: ['right-index', 'left-index'], attempt: 1 },
      {
        type: 'IntermediateFingerFeedback',
        prints: [
          { print: { finger: 'right-index', quality: { value: 60 } }, threshold: 30, sufficient: true },
          { print: { finger: 'left-index', quality: { value: 10 } }, threshold: 30, sufficient: false },
        ],
      },
      { type: 'ExpectedFingers', attempt: 2 },
    ]);
  });

  it('is that a finger was laid down twice, with the fingers that match; the image is not kept back', () => {
    const run = begun().captured(60).go().captured({ value: 60, duplicateOf: 'right-index' });
    expect(run.events.at(-1)).toMatchObject({
      type: 'OperatorDecision',
      best: [
        {
          warnings: ['same-finger-twice'],
          print: { uniqueness: { duplicates: [{ finger: 'right-index' }] } },
        },
      ],
      commands: ['Continue', 'Discard', 'DiscardAll', 'Cancel'],
    });
    run.go();
    expect(run.selected).toEqual(['right-index', 'left-index']);
    expect(
      run.log.FingerAcquisition[0]?.FingerCapture[1]?.FingerCaptureAttempt[0]?.UniquenessCheck,
    ).toMatchObject([{ fc: 7, Duplicates: [{ fc: 2, score: 40 }] }]);
  });
});

describe('nobody lays a finger down', () => {
  it('is for the operator to decide at once: again, another finger, or none', () => {
    const run = begun().failed('timeout');
    expect(run.events.at(-1)).toMatchObject({ type: 'OperatorDecision', errorCode: 'timeout', best: [] });
    run.command({ command: 'Discard' });
    expect(run.expected).toBe('right-index');
    run.failed('timeout').go();
    expect(run.expected).toBe('right-thumb');
  });

  it('loses nothing that was captured before', () => {
    const run = begun().captured(20).failed('timeout');
    expect(run.events.at(-1)).toMatchObject({ best: [{ print: { quality: { value: 20 } } }] });
  });
});
