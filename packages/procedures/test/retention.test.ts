import { describe, expect, it } from 'vitest';
import { NEW_CASE, openCaseEnds, RETENTION, STEPS, type CaseState } from '@buergerkoffer/procedures';

const open: CaseState = { ...NEW_CASE, phase: 'open', requestedAt: '2026-02-26T09:00:00.000Z' };

describe('an unfinished case', () => {
  it('ends so many days after it was asked for, also across a month', () => {
    expect(openCaseEnds(open, 7)).toBe('2026-03-05T09:00:00.000Z');
    expect(openCaseEnds({ ...open, phase: 'confirmed' }, 1)).toBe('2026-02-27T09:00:00.000Z');
  });

  it.each(['new', 'sealed', 'handed-over', 'erased'] as const)('has no such end when it is %s', (phase) => {
    expect(openCaseEnds(phase === 'new' ? NEW_CASE : { ...open, phase }, 7)).toBeUndefined();
  });
});

describe('the retention rules', () => {
  it('are named once each, and every step names rules that exist', () => {
    const ids = RETENTION.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const step of STEPS) for (const id of step.retention) expect(ids).toContain(id);
  });
});
