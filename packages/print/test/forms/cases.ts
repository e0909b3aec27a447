import {
  layoutForm,
  paAntrag,
  pinBrief,
  quittung,
  type Blank,
  type FontSet,
  type FormDefinition,
  type RenderedForm,
  type RenderOptions,
} from '@buergerkoffer/print/forms';
import { KINDS } from './kinds-form.js';
import { portraitPng, signaturePng } from './pictures.js';
import { FILLED, LETTERHEAD } from './samples.js';
import {
  LATIN,
  LONGEST,
  PIN_BRIEF,
  PIN_BRIEF_LONGEST,
  QUITTUNG,
  QUITTUNG_LONGEST,
} from './samples-extreme.js';

const PHOTO = { bytes: portraitPng() };
const SIGNATURE = { bytes: signaturePng() };

/** Options of every test rendering. */
export function options(fonts: FontSet, more: Partial<RenderOptions> = {}): RenderOptions {
  return {
    fonts,
    letterhead: LETTERHEAD,
    caseNumber: 'K-7Q4M-2X9D',
    now: new Date('2026-11-20T09:15:00Z'),
    ...more,
  };
}

/** A form with data, to be rendered. */
export interface FormCase {
  readonly name: string;
  readonly render: (fonts: FontSet, more?: Partial<RenderOptions>) => Promise<RenderedForm>;
}

function formCase<T>(
  name: string,
  form: FormDefinition<T>,
  data: T | Blank,
  assets: RenderOptions['assets'] = {},
): FormCase {
  return { name, render: (fonts, more = {}) => layoutForm(form, data, options(fonts, { assets, ...more })) };
}

function fillable<T>(name: string, form: FormDefinition<T>, data: T | Blank): FormCase {
  return {
    name,
    render: (fonts, more = {}) => layoutForm(form, data, options(fonts, { fillable: true, ...more })),
  };
}

/** The application with a name at the edge of String.Latin. */
export const LATIN_CASE = formCase('pa-antrag, String.Latin', paAntrag, LATIN, {
  photo: PHOTO,
  signature: SIGNATURE,
});

/** Every form with ordinary, longest and rare data. */
export const FORM_CASES: readonly FormCase[] = [
  formCase('pa-antrag, filled', paAntrag, FILLED, { photo: PHOTO, signature: SIGNATURE }),
  formCase('pa-antrag, longest', paAntrag, LONGEST, { photo: PHOTO }),
  LATIN_CASE,
  formCase('pa-antrag, no dwelling, one finger, first document', paAntrag, withoutOldDocument(), {
    photo: PHOTO,
    signature: SIGNATURE,
  }),
  ...(['empty', 'filled', 'longest', 'latin'] as const).flatMap((variant) => [
    formCase(`every kind of place, ${variant}`, KINDS, KINDS.samples[variant]()),
    fillable(`every kind of place, fillable, ${variant}`, KINDS, KINDS.samples[variant]()),
  ]),
  formCase('quittung, filled', quittung, QUITTUNG),
  formCase('quittung, longest', quittung, QUITTUNG_LONGEST),
  formCase('pin-brief, filled', pinBrief, PIN_BRIEF),
  formCase('pin-brief, longest', pinBrief, PIN_BRIEF_LONGEST),
];

function withoutOldDocument(): typeof FILLED {
  const { oldDocument: _, ...rest } = FILLED;
  return {
    ...rest,
    holder: { ...FILLED.holder, birth: { date: '1938', place: 'unbekannt' }, address: { kind: 'none' } },
    fingers: { outcome: 'one', hand: 'right', finger: 'middle', otherHand: 'Hand fehlt' },
  };
}
