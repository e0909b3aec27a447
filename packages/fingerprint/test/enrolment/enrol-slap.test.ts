import { beforeAll, describe, expect, it, vi } from 'vitest';
import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import type { DecidingOperator, EnrolmentEvent } from '../../src/enrolment/index.js';
import { readChipTemplate } from '../../src/record/chip-record.js';
import { capturedImage, enrolled, GENEROUS, imagesOf, resultOf } from './support/simulated-enrolment.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const TWO = { simultaneousFingers: 2 } as const;

let images: Readonly<Record<'both-index' | 'right-index' | 'left-index' | 'left-thumb', GreyImage>>;

beforeAll(async () => {
  const slap = await capturedImage({ slap: 'both-index' }, TWO);
  images = { 'both-index': slap, ...(await imagesOf('right-index', 'left-index', 'left-thumb')) };
});

/** Says `command` at the first event of `type`, and goes on at every decision. */
function sayingAt(
  type: EnrolmentEvent['type'],
  command: Awaited<ReturnType<DecidingOperator>>,
): DecidingOperator {
  let isSaid = false;
  return (event) => {
    if (event.type === type && !isSaid) {
      isSaid = true;
      return command;
    }
    return event.type === 'OperatorDecision' ? { command: 'Continue' } : undefined;
  };
}

describe('an enrolment with a scanner for two fingers', () => {
  it('TC-PAP-ACQ-FP2P-SV-1_001 step 1: two prints out of one slap, each upright and by its name', async () => {
    const { events, timersLeft } = await enrolled({ ...TWO, images });
    expect(timersLeft).toBe(0);
    const feedback = events.find((event) => event.type === 'IntermediateFingerFeedback');
    expect(feedback).toMatchObject({
      slapImage: { width: images['both-index'].width },
      padAlarm: 'not-performed',
    });
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger, record, sufficient }) => [finger, record, sufficient])).toEqual([
      ['right-index', 'FP-1-1-2', true],
      ['left-index', 'FP-1-1-7', true],
    ]);
    expect(log.FingerAcquisition[0]?.FingerCapture).toMatchObject([
      { fc: 46, count: 1, BestCapture: 1, FingerRecordReference: [{ fc: 2 }, { fc: 7 }] },
    ]);
  });

  it('step 6: single fingers instead, when the operator says so while the slap is captured', async () => {
    const { events } = await enrolled(
      { ...TWO, images },
      {
        missing: [],
        assessor: GENEROUS,
        operator: sayingAt('ExpectedFingers', { command: 'UseSingleFingerAcquisitionFallback' }),
      },
    );
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger }) => finger)).toEqual(['right-index', 'left-index']);
    expect(log.FingerAcquisition[0]?.FingerCapture.map(({ fc }) => fc)).toEqual([2, 7]);
  });

  it('tells when one finger is laid down instead of two, three times, before the operator asks for single fingers', async () => {
    const oneFinger = await capturedImage({ slap: 'both-index' }, { ...TWO, missing: ['left-index'] });
    const { events } = await enrolled(
      { ...TWO, images: { ...images, 'both-index': oneFinger } },
      {
        missing: [{ finger: 'right-thumb', reason: 'bandaged' }],
        assessor: GENEROUS,
        operator: sayingAt('OperatorDecision', { command: 'UseSingleFingerAcquisitionFallback' }),
      },
    );
    const mismatches = events.filter((event) => event.type === 'IntermediateFingerAmountMismatch');
    expect(mismatches.map(({ mismatch }) => mismatch)).toEqual(Array(3).fill('TooLessFingersCaptured'));
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger }) => finger)).toEqual(['right-index', 'left-index']);
    expect(log.FingerAcquisition[0]?.FingerCapture[0]).toMatchObject({
      fc: 46,
      count: 3,
      Decision: 'rejected',
    });
  });

  it('TC-PAP-ACQ-FP2P-SV-1_002: captures what lies there when the operator forces it, and not before', async () => {
    const { events } = await enrolled(
      { ...TWO, images, faults: [{ operation: 'capture', fault: { type: 'time-out' } }] },
      {
        missing: [],
        previews: true,
        assessor: GENEROUS,
        operator: sayingAt('LiveStatus', { command: 'Capture' }),
      },
    );
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger }) => finger)).toEqual(['right-index', 'left-index']);
    expect(log.FingerAcquisition[0]?.FingerCapture).toMatchObject([{ fc: 46, count: 1 }]);
  });

  it('passes on what the scanner says of presentation attacks, for each finger', async () => {
    const { events } = await enrolled(
      { ...TWO, images, fakes: ['left-index'] },
      { missing: [], assessor: GENEROUS, operator: sayingAt('Result', undefined) },
    );
    const feedback = events.find((event) => event.type === 'IntermediateFingerFeedback');
    expect(feedback).toMatchObject({
      padAlarm: true,
      prints: [{ warnings: [] }, { warnings: ['presentation-attack'] }],
    });
    const { prints, log } = resultOf(events);
    expect(prints.map(({ pad }) => pad)).toEqual([
      { value: 0.1, threshold: 0.5 },
      { value: 0.9, threshold: 0.5 },
    ]);
    expect(log.FingerAcquisition[0]?.UserInterface.PADAlert).toBe(true);
  });
});

/** The same finger at twice the resolution. */
function doubled({ width, height, data }: GreyImage): GreyImage {
  const twice = Uint8Array.from({ length: 4 * width * height }, (_, at) => {
    const [x, y] = [at % (2 * width), Math.floor(at / (2 * width))];
    return data[(y >> 1) * width + (x >> 1)] ?? 0;
  });
  return greyImage({ width: 2 * width, height: 2 * height, data: twice, resolutionPpi: 1000 });
}

it('a scanner of 1000 ppi: prints of 500 ppi on the chip, level 41', async () => {
  const { events } = await enrolled(
    {
      resolutionPpi: 1000,
      images: { 'right-index': doubled(images['right-index']), 'left-index': doubled(images['left-index']) },
    },
    { assessor: GENEROUS, missing: [] },
  );
  for (const { image, wsq, template } of resultOf(events).prints) {
    expect(image).toMatchObject({ width: 832, resolutionPpi: 1000 });
    const view = readChipTemplate(template).record.views[0];
    expect(view).toMatchObject({
      width: 416,
      height: 560,
      imagePpi: [500, 500],
      capturePpi: [1000, 1000],
      device: { acquisitionLevel: 41 },
    });
    expect(wsq.length).toBeLessThan(18_432);
  }
});
