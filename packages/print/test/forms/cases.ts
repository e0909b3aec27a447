import {
  FORMS,
  layoutForm,
  paAntrag,
  type AnyForm,
  type FontSet,
  type RenderedForm,
  type RenderOptions,
  type SampleVariant,
} from '@buergerkoffer/print/forms';
import { KINDS } from './kinds-form.js';
import { LETTERHEAD } from './samples.js';

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

/** A form with one of its samples, to be rendered on a day on which it is in force. */
export interface FormCase {
  readonly name: string;
  readonly form: AnyForm;
  readonly variant: SampleVariant;
  readonly fillable: boolean;
  readonly render: (fonts: FontSet, more?: Partial<RenderOptions>) => Promise<RenderedForm>;
}

const VARIANTS: readonly SampleVariant[] = ['empty', 'filled', 'longest', 'latin'];

/** How a version of a form is told from others of its id. */
export function versionName({ id, validTo }: AnyForm): string {
  return validTo === undefined ? id : `${id} until ${validTo}`;
}

function formCase(form: AnyForm, variant: SampleVariant, fillable: boolean): FormCase {
  return {
    name: `${versionName(form)}, ${variant}${fillable ? ', fillable' : ''}`,
    form,
    variant,
    fillable,
    render: async (fonts, more = {}) => {
      const assets = (await form.samples.assets?.(variant)) ?? {};
      const now = new Date(`${form.validTo ?? '2026-11-20'}T09:15:00Z`);
      return layoutForm(form, form.samples[variant](), options(fonts, { assets, now, fillable, ...more }));
    },
  };
}

/** The application with names at the edge of String.Latin. */
export const LATIN_CASE = formCase(paAntrag, 'latin', false);

/** Every form in every version, with each of its samples, flat and fillable; and one with every kind of place. */
export const FORM_CASES: readonly FormCase[] = [KINDS, ...FORMS].flatMap((form) =>
  VARIANTS.flatMap((variant) => [formCase(form, variant, false), formCase(form, variant, true)]),
);
