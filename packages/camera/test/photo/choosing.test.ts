import { describe, expect, it } from 'vitest';
import {
  bestCapture,
  CRITERIA,
  isSufficient,
  offerPhotos,
  releasePhoto,
  type Choice,
  type CriterionId,
  type PhotoAssessment,
} from '../../src/photo/index.js';

function assessment(failed: readonly CriterionId[], open: readonly CriterionId[] = []): PhotoAssessment {
  const criteria = CRITERIA.map(({ id, isMandatory, unit }) =>
    open.includes(id)
      ? ({ id, isMandatory, unit, verdict: 'not-assessed', needs: ['x'] } as const)
      : ({
          ...{ id, isMandatory, unit, value: 1, threshold: { min: 0, max: 1, tmin: 0, tmax: 1 } },
          verdict: failed.includes(id) ? 'nok' : 'ok',
        } as const),
  );
  return {
    ...{ algorithm: 'buergerkoffer-photo-qa', version: '1', origin: 'live', criteria },
    thresholds: { source: 'test', issued: '2023' },
    total: failed.length > 0 ? 'nok' : open.length > 0 ? 'not-assessed' : 'ok',
  };
}

function photo(id: string, fields: Partial<Choice> & { failed?: readonly CriterionId[] } = {}): Choice {
  const { failed = [], ...others } = fields;
  return { id, assessment: assessment(failed), ...others };
}

describe('the best of several captures', () => {
  it('has the most mandatory criteria, then the most optional ones, then is the newest', () => {
    const mandatory = photo('a', { failed: ['1.3'], takenAt: '2026-01-01T10:00:03' });
    const optional = photo('b', { failed: ['1.1', '1.2', '2.1'], takenAt: '2026-01-01T10:00:00' });
    const better = photo('c', { failed: ['1.1'], takenAt: '2026-01-01T10:00:00' });
    const newer = photo('d', { failed: ['2.1'], takenAt: '2026-01-01T10:00:01' });
    expect(bestCapture([mandatory, optional])).toBe(optional);
    expect(bestCapture([optional, better])).toBe(better);
    expect(bestCapture([newer, better, mandatory, optional])).toBe(newer);
    expect(bestCapture([])).toBeUndefined();
  });

  it('is one of the best where no times are known', () => {
    const [a, b] = [photo('a'), photo('b', { takenAt: '2026-01-01T10:00:00' })];
    expect(bestCapture([a, b])).toBe(a);
  });
});

describe('an operator', () => {
  it('overrules the software both ways', () => {
    expect(isSufficient('ok')).toBe(true);
    expect(isSufficient('nok')).toBe(false);
    expect(isSufficient('not-assessed')).toBe(false);
    expect(isSufficient('nok', 'OK obvious reason (e.g. disability)')).toBe(true);
    expect(isSufficient('not-assessed', 'OK without obvious reason')).toBe(true);
    expect(isSufficient('ok', 'NOK overrules software')).toBe(false);
  });

  it('is shown the sufficient photos, the others on demand, the best one marked', () => {
    const [good, bad, better] = [
      photo('a', { takenAt: '2026-01-01' }),
      photo('b', { failed: ['5.7'] }),
      photo('c', { takenAt: '2026-01-02' }),
    ];
    expect(offerPhotos([good, bad, better])).toEqual({
      shown: [good, better],
      onDemand: [bad],
      preSelected: better,
    });
  });

  it('is shown all when none is sufficient, and the rest when all good ones are rejected', () => {
    const [bad, worse] = [photo('a', { failed: ['5.7'] }), photo('b', { failed: ['5.7', '1.3'] })];
    expect(offerPhotos([worse, bad])).toEqual({ shown: [worse, bad], onDemand: [], preSelected: bad });
    const rejected = photo('c', { veto: 'NOK overrules software' });
    expect(offerPhotos([bad, rejected])).toEqual({ shown: [bad], onDemand: [rejected], preSelected: bad });
    expect(offerPhotos([])).toEqual({ shown: [], onDemand: [] });
  });

  it('releases one photo that is there and was not rejected', () => {
    const [good, rejected] = [photo('a'), photo('c', { veto: 'NOK overrules software' })];
    expect(releasePhoto([good, rejected], 'a')).toBe(good);
    expect(() => releasePhoto([good], 'x')).toThrow('no photo');
    expect(() => releasePhoto([good, rejected], 'c')).toThrow('rejected');
  });
});
