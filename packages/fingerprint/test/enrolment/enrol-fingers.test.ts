import { lastValueFrom, Subject, tap } from 'rxjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeBase64, greyImage, type GreyImage } from '@buergerkoffer/formats';
import { acceptingOperator, enrolFingers, type EnrolmentEvent } from '../../src/enrolment/index.js';
import type { EnrolmentCommand } from '../../src/process/enrolment-command.js';
import { readChipTemplate } from '../../src/record/chip-record.js';
import { simulatedFingerprintScanner } from '../../src/simulator/index.js';
import { decodeWsq } from '../../src/wsq/decode-wsq.js';
import { inVirtualTime } from '../support/virtual-time.js';
import { collected, enrolled, GENEROUS, imagesOf, resultOf } from './support/simulated-enrolment.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let images: Readonly<Record<'right-index' | 'left-index' | 'left-thumb' | 'right-thumb', GreyImage>>;

beforeAll(async () => {
  images = await imagesOf('right-index', 'left-index', 'left-thumb', 'right-thumb');
});

describe('an enrolment with a scanner for one finger', () => {
  it('asks for missing fingers, captures both index fingers, and gives what goes on the chip', async () => {
    const { events, timersLeft } = await enrolled({ images });
    expect(timersLeft).toBe(0);
    expect(events[0]).toEqual({ type: 'LiveStatus', status: 'SelectMissingFingers' });
    const { result, prints, log } = resultOf(events);
    expect(result).toBe('Success');
    expect(prints.map(({ finger }) => finger)).toEqual(['right-index', 'left-index']);
    for (const { wsq, image, quality, threshold, sufficient, pad, thresholdApplies } of prints) {
      expect(wsq.length).toBeLessThan(18_432);
      expect(decodeWsq(wsq)).toMatchObject({ width: image.width, height: image.height });
      expect(sufficient).toBe(quality.value >= threshold);
      expect(quality.decidedBy).toMatchObject({ algorithm: 'embedded-estimate', conformant: false });
      expect(thresholdApplies).toBe(false);
      expect(pad).toBe('not-performed');
    }
    expect(log.FingerAcquisition).toHaveLength(1);
  });

  it('TC-LOG-FP-GID-001 steps 1 to 3: subtype, position and fc name the same finger, in two records', async () => {
    const { prints, log } = resultOf(
      (await enrolled({ images }, { missing: [{ finger: 'left-index', reason: 'bandaged' }] })).events,
    );
    const [acquisition] = log.FingerAcquisition;
    const withData =
      acquisition?.Records?.BinaryRecord.filter((record) => record.BinaryData !== undefined) ?? [];
    expect(withData.map(({ id }) => id)).toEqual(log.FingerSelection?.selected);
    const logged = withData.map(({ id, BinaryData = '' }) => {
      const { position, record } = readChipTemplate(decodeBase64(BinaryData));
      const capture = acquisition?.FingerCapture.find(({ FingerRecordReference: references }) =>
        references.some((reference) => reference.record === id),
      );
      return {
        subtype: position,
        fir: record.views[0]?.position,
        fc: capture?.fc,
        quality: record.views[0]?.qualities[0]?.value,
      };
    });
    expect(logged).toEqual([
      { subtype: 2, fir: 2, fc: 2, quality: prints[0]?.quality.value },
      { subtype: 6, fir: 6, fc: 6, quality: prints[1]?.quality.value },
    ]);
  });

  it('is the same for the same fingers', async () => {
    const runs = [await enrolled({ images }), await enrolled({ images })].map(
      ({ events }) => resultOf(events).prints,
    );
    expect(runs[0]?.map(({ template }) => template)).toEqual(runs[1]?.map(({ template }) => template));
  });

  it('warns where one finger is laid down for two, and has it captured again; the images are shown', async () => {
    const { events } = await enrolled(
      { images: { ...images, 'left-index': images['right-index'] } },
      { assessor: GENEROUS },
    );
    const warned = events.filter(
      (event) => event.type === 'OperatorDecision' && event.best[0]?.warnings.length === 1,
    );
    expect(warned).toHaveLength(2);
    expect(warned[0]).toMatchObject({
      best: [
        {
          warnings: ['same-finger-twice'],
          print: {
            material: { image: { width: 416 } },
            uniqueness: { duplicates: [{ finger: 'right-index' }] },
          },
        },
      ],
    });
    // The operator who is not there takes none of them, and the thumb follows.
    expect(resultOf(events).prints.map(({ finger }) => finger)).toEqual(['right-index', 'left-thumb']);
  });

  it('asks three times where nothing can be seen, and takes nothing that cannot be judged', async () => {
    const blank = greyImage({ width: 416, height: 560, data: new Uint8Array(416 * 560).fill(255) });
    const hand = { 'left-index': blank, 'left-thumb': blank, 'left-middle': blank, 'left-ring': blank };
    const { events } = await enrolled({ images: { ...images, ...hand } });
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger }) => finger)).toEqual(['right-index']);
    expect(log.FingerAcquisition[0]?.FingerCapture[1]).toMatchObject({
      Decision: 'rejected',
      Veto: { type: 'NOK' },
      FingerCaptureAttempt: [{ FingerQuality: [{ result: 255, ErrorCode: 'quality-failed' }] }, {}, {}],
    });
    expect(log.FingerAcquisition[0]?.FingerCapture.map(({ fc, count }) => [fc, count])).toEqual([
      [2, 1],
      [7, 3],
      [6, 3],
      [8, 3],
      [9, 3],
    ]);
  });

  it('takes nothing under six years, and does not touch the scanner', async () => {
    const { events } = await enrolled(
      { faults: [{ operation: 'capture', fault: { type: 'vanish' } }] },
      { ageYears: 5 },
    );
    expect(events).toHaveLength(1);
    expect(resultOf(events)).toMatchObject({
      prints: [],
      log: { FingerprintCaptureAllowed: false, FingerAcquisition: [] },
    });
  });

  it.each([
    [{ ageYears: 6.5 }, 'ageYears'],
    [
      {
        missing: [
          { finger: 'left-ring', reason: 'a' },
          { finger: 'left-ring', reason: 'b' },
        ],
      },
      'missing',
    ],
  ] as const)('refuses %j', async (options, path) => {
    expect((await enrolled({}, options)).error).toMatchObject({ code: 'out-of-range', path });
  });
});

describe('a scanner that fails in the middle', () => {
  it('ends the stream with its error, after telling what another scanner goes on with', async () => {
    const { events, error, timersLeft } = await enrolled(
      { images, faults: [{ operation: 'capture', onCall: 2, fault: { type: 'vanish' } }] },
      { assessor: GENEROUS },
    );
    expect(timersLeft).toBe(0);
    expect(error).toMatchObject({ kind: 'device', code: 'lost' });
    const last = events.at(-1);
    if (last?.type !== 'Interrupted') throw new Error('not interrupted');
    expect(last).toMatchObject({
      error: { code: 'lost' },
      log: { FingerAcquisition: [{ ErrorCode: 'lost' }] },
    });
    const resumed = await enrolled(
      { images, info: { model: 'another' } },
      { assessor: GENEROUS, resume: last.state },
    );
    const { prints, log } = resultOf(resumed.events);
    expect(resumed.events[0]).toMatchObject({ type: 'ExpectedFingers', fingers: ['left-index'] });
    expect(prints.map(({ finger, sufficient }) => [finger, sufficient])).toEqual([
      ['right-index', true],
      ['left-index', true],
    ]);
    expect(log.FingerAcquisition.map(({ Hardware: { Name } }) => Name)).toEqual([
      'Simulated fingerprint scanner',
      'another',
    ]);
  });

  it.each([['stall', 'protocol'] as const])('%s is %s', async (type, code) => {
    const { events, error } = await enrolled({ images, faults: [{ operation: 'capture', fault: { type } }] });
    expect(error).toMatchObject({ code });
    expect(events.at(-1)?.type).toBe('Interrupted');
  });

  it('and a finger that never comes is for the operator to decide', async () => {
    const { events } = await enrolled(
      { images, faults: [{ operation: 'capture', fault: { type: 'time-out' } }] },
      { patienceMs: 1000, assessor: GENEROUS },
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'OperatorDecision', errorCode: 'timeout', best: [] }),
    );
    const { prints, log } = resultOf(events);
    expect(prints.map(({ finger }) => finger)).toEqual(['right-thumb', 'left-index']);
    expect(log.FingerAcquisition[0]).toMatchObject({
      Timeout: 1000,
      FingerCapture: [{ FingerCaptureAttempt: [{ errorCode: 'timeout' }] }, {}, {}],
    });
  });
});

describe('the operator', () => {
  it('is a stream of commands as well; cancelling ends the capture and leaves no timer', async () => {
    const commands = new Subject<EnrolmentCommand>();
    const events: EnrolmentEvent[] = [];
    const { timersLeft } = await inVirtualTime(async () => {
      const device = await simulatedFingerprintScanner({ images }).open();
      const stream = enrolFingers(device, { ageYears: 6, operator: commands, missing: [] }).pipe(
        tap((event) => {
          if (event.type === 'LiveImage') commands.next({ command: 'Cancel' });
        }),
      );
      await collected(stream, events);
      await device.close();
    });
    expect(timersLeft).toBe(0);
    expect(resultOf(events)).toMatchObject({ result: 'Canceled', prints: [] });
  });

  it('who never decides ends it with timeout, and nothing is lost', async () => {
    const { events, error, timersLeft } = await enrolled(
      { images },
      { assessor: GENEROUS, operator: () => undefined, missing: [], operatorPatienceMs: 3000 },
    );
    expect(error).toMatchObject({ code: 'timeout' });
    expect(timersLeft).toBe(0);
    const last = events.at(-1);
    if (last?.type !== 'Interrupted') throw new Error('not interrupted');
    const { prints } = resultOf(
      (await enrolled({ images }, { resume: last.state, assessor: GENEROUS })).events,
    );
    expect(prints.map(({ record }) => record)).toEqual(['FP-1-1-2', 'FP-2-1-7']);
  });

  it('may take its time to answer, and may fail', async () => {
    const slow = acceptingOperator();
    const { events } = await enrolled(
      { images },
      { assessor: GENEROUS, operator: async (event) => Promise.resolve(slow(event)) },
    );
    expect(resultOf(events).prints).toHaveLength(2);
    const failing = await enrolled({ images }, { operator: () => Promise.reject(new Error('no operator')) });
    expect(failing.error).toMatchObject({ message: 'no operator' });
  });
});

it('unsubscribing in the middle frees the scanner at once', async () => {
  const { timersLeft } = await inVirtualTime(async () => {
    const device = await simulatedFingerprintScanner({ images }).open();
    const seen = await new Promise<string>((resolve) => {
      const subscription = enrolFingers(device, {
        ageYears: 80,
        operator: acceptingOperator(),
        missing: [],
      }).subscribe({
        next: (event) => {
          if (event.type !== 'LiveStatus' || event.status !== 'FingersRecognized') return;
          subscription.unsubscribe();
          resolve(event.status);
        },
        error: () => {
          resolve('error');
        },
      });
    });
    expect(seen).toBe('FingersRecognized');
    await lastValueFrom(device.capture({ finger: 'right-index' }));
    await device.close();
  });
  expect(timersLeft).toBe(0);
});
