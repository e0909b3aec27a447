import { FingerPosition, Fingers, handOf, outcomeOf } from '@buergerkoffer/procedures/model';
import type { MissingHand } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';
import { EVENTS } from '../support/case-events.js';

const gone = (hand: 'left' | 'right'): MissingHand => ({
  hand,
  result: 'missing',
  permanence: 'permanent',
  reason: 'Finger fehlen',
});
const bandaged = (hand: 'left' | 'right'): MissingHand => ({
  hand,
  result: 'missing',
  permanence: 'temporary',
  reason: 'Verband',
});
const worn = (hand: 'left' | 'right'): MissingHand => ({
  hand,
  result: 'tried-and-poor',
  attempts: 3,
  permanence: 'permanent',
  reason: 'keine Papillarlinien erkennbar',
});
const tooYoung = (hand: 'left' | 'right'): MissingHand => ({
  hand,
  result: 'not-requested',
  reason: 'under-6',
});

describe('the outcome of the fingers', () => {
  it.each([
    [['right-index', 'left-thumb'], [], 'two'],
    [['right-index'], [gone('left')], 'one'],
    [['left-ring'], [bandaged('right')], 'one'],
    [[], [gone('left'), worn('right')], 'none-permanent'],
    [[], [gone('left'), bandaged('right')], 'none-temporary'],
    [[], [tooYoung('left'), tooYoung('right')], 'none-under-6'],
    [['right-index', 'right-thumb'], [gone('left')], 'two'],
    [['left-thumb', 'left-middle'], [worn('right')], 'two'],
    [['right-index', 'right-thumb'], [], undefined],
    [['right-index', 'right-index'], [gone('left')], undefined],
    [['right-index', 'right-thumb', 'right-ring'], [gone('left')], undefined],
    [['right-index', 'right-thumb'], [tooYoung('left')], undefined],
    [['right-index', 'left-index'], [gone('left')], undefined],
    [['right-index'], [gone('right')], undefined],
    [['right-index'], [tooYoung('left')], undefined],
    [['right-index'], [], undefined],
    [[], [gone('left'), tooYoung('right')], undefined],
  ] as const)('of %j and missing %j is %s', (captured, missing, outcome) => {
    expect(outcomeOf(captured, missing)).toBe(outcome);
  });

  it('must be the one that is stated, with two different images', () => {
    const captured = [EVENTS.right.finger, EVENTS.left.finger];
    expect(Fingers.safeParse({ outcome: 'two', captured, missing: [] }).success).toBe(true);
    expect(Fingers.safeParse({ outcome: 'one', captured, missing: [] }).success).toBe(false);
    const same = [EVENTS.right.finger, { ...EVENTS.left.finger, image: EVENTS.right.finger.image }];
    expect(Fingers.safeParse({ outcome: 'two', captured: same, missing: [] }).success).toBe(false);
  });

  it('knows four fingers of each hand', () => {
    expect(FingerPosition.options.filter((position) => handOf(position) === 'left')).toHaveLength(4);
    expect(FingerPosition.options.filter((position) => handOf(position) === 'right')).toHaveLength(4);
  });
});
