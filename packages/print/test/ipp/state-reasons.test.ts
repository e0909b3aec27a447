import { describe, expect, it } from 'vitest';
import { attentionOf, parseStateReason, parseStateReasons } from '@buergerkoffer/print';

describe('parseStateReason', () => {
  it.each([
    ['media-empty-error', 'media-empty', 'error'],
    ['marker-supply-low-warning', 'marker-supply-low', 'warning'],
    ['media-jam-report', 'media-jam', 'report'],
    ['paused', 'paused', 'error'],
    ['com.vendor.error-log-report', 'com.vendor.error-log', 'report'],
  ])('takes %s apart', (keyword, stem, severity) => {
    expect(parseStateReason(keyword)).toEqual({ stem, severity });
  });

  it('knows that none is no reason', () => {
    expect(parseStateReasons(['none'])).toEqual([]);
  });
});

describe('attentionOf', () => {
  it('names what stops the printer and passes over warnings and reports', () => {
    expect(attentionOf(parseStateReasons(['toner-low-warning', 'media-jam-report', 'door-open-error']))).toBe(
      'cover-open',
    );
    expect(attentionOf(parseStateReasons(['media-jam-warning']))).toBeUndefined();
  });

  it('sends a person to the display for what it does not know', () => {
    expect(attentionOf(parseStateReasons(['constructor-error']))).toBe('other');
  });
});
