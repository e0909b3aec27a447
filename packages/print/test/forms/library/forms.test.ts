import { FORMS, formFor, formsInForce, type AnyForm, type SampleVariant } from '@buergerkoffer/print/forms';
import { describe, expect, it } from 'vitest';
import { versionName } from '../cases.js';
import { LETTERHEAD } from '../samples.js';
import { leavesOf, withLongerText, withOtherText } from './leaves.js';

const VERSIONS = FORMS.map((form) => ({ name: versionName(form), form }));

/** Names and values of the places of a form that are filled in, by the name of the place. */
function places(form: AnyForm, data: unknown) {
  return form
    .layout(data, { form, letterhead: LETTERHEAD })
    .flatMap((block) => (block.type === 'fields' ? block.rows.flat() : []))
    .flatMap((cell) => (cell.type === 'picture' || 'derived' in cell ? [] : [cell]));
}

describe('the library', () => {
  it('has the forms of the suitcase', () => {
    expect(formsInForce('2026-11-20').map(({ id }) => id)).toEqual([
      'pa-antrag',
      'vpa-antrag',
      'pass-antrag',
      'zustimmung-sorge',
      'befreiung-ausweispflicht',
      'verlust',
      'vollmacht',
      'pin-brief',
      'uebergabe-protokoll',
      'meldeschein',
      'wohnungsgeber',
      'meldebestaetigung',
      'meldebescheinigung',
      'lebensbescheinigung',
      'fuehrungszeugnis',
      'beglaubigung-vermerk',
      'beglaubigung-unterschrift',
      'quittung',
      'dsgvo13',
    ]);
  });

  it('gives the version that is right on the day', () => {
    expect(formFor('pin-brief', '2025-02-16').legalBasis).toContain('§ 18 Abs. 2');
    expect(formFor('pin-brief', '2025-02-17').legalBasis).toBe('§ 17 PAuswV');
    expect(formFor('pa-antrag', '2025-02-16').validTo).toBe('2025-02-16');
    expect(formFor('pa-antrag', '2025-02-17').validTo).toBeUndefined();
  });

  it('says where an id or a day is wrong', () => {
    expect(() => formFor('bootsschein', '2026-11-20')).toThrow(
      expect.objectContaining({ code: 'missing', path: 'id' }),
    );
    expect(() => formFor('pa-antrag', '2021-08-01')).toThrow(
      expect.objectContaining({ code: 'not-allowed', path: 'on' }),
    );
  });

  it('takes the forms of a vendor beside its own', () => {
    const [own] = FORMS;
    if (own === undefined) throw new Error('there are forms');
    const vendors = { ...own, id: 'hundesteuer' };
    expect(formFor('hundesteuer', '2026-11-20', [...FORMS, vendors])).toBe(vendors);
  });
});

describe.each(VERSIONS)('$name', ({ form }) => {
  it.each<SampleVariant>(['filled', 'longest', 'latin'])('takes its sample "%s"', (variant) => {
    expect(form.schema.safeParse(form.samples[variant]()).error).toBeUndefined();
  });

  it('is blank, or takes its least data', () => {
    const empty = form.samples.empty();
    if (form.blank) expect(empty).toEqual({});
    else expect(form.schema.safeParse(empty).error).toBeUndefined();
  });

  it.each<SampleVariant>(['filled', 'longest', 'latin'])(
    'puts every value of "%s" on paper, each once and under its own path',
    (variant) => {
      const data = form.samples[variant]();
      const shown = places(form, data).filter(({ value }) => value !== undefined && value !== '');
      expect(shown.map(({ name }) => name).toSorted()).toEqual(leavesOf(data).toSorted());
    },
  );

  it('has a place for everything in its blank', () => {
    if (!form.blank) return;
    const names = new Set(places(form, {}).map(({ name }) => name));
    for (const path of leavesOf(form.samples.filled())) {
      if (!/\.[1-9]\d*(\.|$)/u.test(path)) expect(names).toContain(path);
    }
  });

  it('has nothing longer than its longest', () => {
    const data = form.samples.longest();
    for (const longer of withLongerText(data)) expect(form.schema.safeParse(longer).success).toBe(false);
  });

  it('names the place of a text that is none', () => {
    for (const { path, data } of withOtherText(form.samples.filled(), '')) {
      const issues = form.schema.safeParse(data).error?.issues ?? [];
      expect(issues.map((issue) => issue.path.join('.')).join(' ')).toContain(path.replace(/\.\d+$/u, ''));
    }
  });

  it('says who it is for, what it rests on and how long it is kept', () => {
    expect(form.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/u);
    expect(form.title.length).toBeGreaterThan(5);
    expect(form.legalBasis.length).toBeGreaterThan(3);
    expect(form.retention.length).toBeGreaterThan(5);
    expect(new Set(form.notices.map(({ id }) => id)).size).toBe(form.notices.length);
  });
});
