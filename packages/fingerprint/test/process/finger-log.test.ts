import { describe, expect, it } from 'vitest';
import { LOG_ERROR_CODES } from '../../src/process/finger-log.js';
import { ProcessRun } from './support/process-run.js';

describe('TC-LOG-FP-GENERIC-001: the log', () => {
  it('tells the process as it was', () => {
    const run = new ProcessRun('two-finger')
      .missing('right-ring')
      .captured(60, 10)
      .failed('too-many-fingers')
      .captured(20, 35)
      .go();
    const { TransactionId, Location, ApplicationProfile, FingerprintCaptureAllowed, FingerAcquisition } =
      run.log;
    expect({ TransactionId, Location, ApplicationProfile, FingerprintCaptureAllowed }).toEqual({
      TransactionId: 'T-1',
      Location: '123456',
      ApplicationProfile: 'GID_SupervisedFingerprintAcquisition',
      FingerprintCaptureAllowed: true,
    });
    expect(FingerAcquisition).toHaveLength(1);
    expect(FingerAcquisition[0]).toMatchObject({
      StartTime: '2026-11-29T09:00:01.000Z',
      EndTime: '2026-11-29T09:00:06.000Z',
      Software: [{ Name: 'script' }, { Name: 'buergerkoffer-minutiae' }],
      Hardware: { Vendor: 'Test', ConfigurationInformation: [{ type: 'PixelDensity', value: 500 }] },
      FingerCaptureMode: 'plain',
      Timeout: 60_000,
      UserInterface: { LiveScreen: true, PADAlert: false },
      FingerMissing: [{ fc: 4, reason: 'amputated' }],
      FingerCapture: [
        {
          fc: 46,
          count: 3,
          duration: 3000,
          Decision: 'accepted',
          FingerRecordReference: [
            { fc: 2, record: 'FP-1-1-2' },
            { fc: 7, record: 'FP-1-3-7' },
          ],
          FingerCaptureAttempt: [
            {
              acceptableCapture: true,
              FingerQuality: [
                { fc: 2, result: 60, threshold: 30 },
                { fc: 7, result: 10, threshold: 30 },
              ],
            },
            {
              acceptableCapture: false,
              rejectionReason: 'other',
              errorCode: 'too-many-fingers',
              SegmentationError: 'too-many-fingers',
            },
            { acceptableCapture: true },
          ],
        },
      ],
    });
  });

  it('lists every print that was captured, all that were accepted, and the two that were taken', () => {
    const run = new ProcessRun('single-finger').missing().captured(10).captured(12).captured(11).go();
    run.captured(40).go().captured(50).go();
    const [acquisition] = run.log.FingerAcquisition;
    expect(acquisition?.Records?.BinaryRecord.map(({ id }) => id)).toEqual([
      'FP-1-1-2',
      'FP-1-2-2',
      'FP-1-3-2',
      'FP-2-1-1',
      'FP-3-1-7',
    ]);
    expect(run.log.FingerSelection).toEqual({
      selectionBasis: ['FP-1-2-2', 'FP-2-1-1', 'FP-3-1-7'],
      preSelected: ['FP-2-1-1', 'FP-3-1-7'],
      selected: ['FP-2-1-1', 'FP-3-1-7'],
    });
    expect(acquisition?.FingerCapture[0]?.BestCapture).toBe(2);
  });

  it('holds no image', () => {
    const run = new ProcessRun('single-finger').missing().captured(60).go();
    expect(JSON.stringify(run.log)).not.toMatch(/image|minutiae":|BinaryData/);
  });

  it('explains every error code that it uses', () => {
    const run = new ProcessRun('two-finger')
      .missing()
      .failed('too-few-fingers')
      .failed('timeout')
      .input({ type: 'device-failed', errorCode: 'lost' });
    const codes = [...JSON.stringify(run.log).matchAll(/"(?:errorCode|ErrorCode)":"([^"]+)"/g)].map(
      ([, code = '']) => code,
    );
    expect(codes.toSorted()).toEqual(['lost', 'timeout', 'too-few-fingers']);
    for (const code of codes) expect(LOG_ERROR_CODES).toHaveProperty(code);
  });
});

it('TC-LOG-FP-GID-001 step 4: where no prints may be taken nothing is captured, and the log says so', () => {
  const run = new ProcessRun('two-finger', { captureAllowed: false });
  expect(run.state.phase).toEqual({ type: 'finished', result: 'Success' });
  expect(run.log).toMatchObject({ FingerprintCaptureAllowed: false, FingerAcquisition: [] });
  expect(run.effects).toEqual([]);
});
