import { rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import {
  assessPhoto,
  faceCapture,
  faceDelivery,
  faceQuality,
  faceSelection,
  keptRecords,
  offerPhotos,
  type BinaryRecord,
} from '../../src/photo/index.js';

vi.setConfig({ testTimeout: 60_000 });

const ASSESSMENT = assessPhoto(rgbImage({ width: 1244, height: 1600 }));

describe('the log of photos', () => {
  it('has the criteria that were provided with bounds, thresholds and result', () => {
    const { total, capture, qa } = faceQuality(ASSESSMENT, 2);
    expect({ total, capture, ids: qa.map(({ id }) => id) }).toEqual({
      total: true,
      capture: 2,
      ids: ['5.1', '5.2', '7.5'],
    });
    expect(qa[0]).toEqual({ id: '5.1', min: 0, max: 65_535, tmin: 1600, tmax: 1600, result: 1600 });
    expect(faceQuality(assessPhoto(rgbImage({ width: 9, height: 9 })), 1).total).toBe(false);
  });

  it('has the operator’s veto and its kind', () => {
    expect(faceCapture(ASSESSMENT, 1)).not.toHaveProperty('Veto');
    expect(faceCapture(ASSESSMENT, 1, 'NOK overrules software').Veto).toEqual({
      type: 'NOK',
      reason: 'NOK overrules software',
    });
    expect(faceCapture(ASSESSMENT, 1, 'OK without obvious reason').Veto?.type).toBe('OK');
  });

  it('names every file of a delivery, and keeps the bytes of the selected one only', () => {
    const record = (id: string): BinaryRecord => ({
      id,
      type: 'jpeg',
      timestamp: '2026-11-29T10:00:00',
      BinaryData: Uint8Array.of(1),
    });
    const Records = [record('a'), record('b')];
    const delivery = faceDelivery(
      { StartTime: '2026-11-29T10:00:00', FaceCapture: [], Records, UserInterface: [] },
      { FNumber: '5.6' },
    );
    expect(delivery.Origin.CIR).toEqual({
      CIRName: 'LocalStorage',
      CIRRecord: [{ probe: 'a' }, { probe: 'b' }],
    });
    expect(keptRecords(Records, 'b').map(({ BinaryData }) => BinaryData?.length)).toEqual([undefined, 1]);
    expect(keptRecords(Records).some((one) => 'BinaryData' in one)).toBe(false);
  });

  it('has what was offered, marked and released', () => {
    const offer = offerPhotos([
      { id: 'a', assessment: ASSESSMENT },
      { id: 'b', assessment: ASSESSMENT, veto: 'NOK overrules software' },
    ]);
    expect(faceSelection(offer, 'a')).toEqual({
      selectionBasis: ['a', 'b'],
      preSelected: 'a',
      selected: 'a',
    });
    expect(faceSelection(offerPhotos([]))).toEqual({ selectionBasis: [] });
  });
});
