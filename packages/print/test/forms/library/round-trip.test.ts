import { FORMS, readAnyForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { expect, it } from 'vitest';
import { FORM_CASES } from '../cases.js';

const fonts = await loadDejaVu();
const CASES = FORM_CASES.filter(
  ({ form, variant, fillable }) => fillable && variant !== 'empty' && FORMS.includes(form),
);

it.each(CASES)(
  'a form that comes back holds its data in the fields alone: $name',
  { timeout: 30_000 },
  async ({ form, variant, render }) => {
    const { bytes } = await render(fonts, { attachData: false });
    const { data, findings } = await readAnyForm(FORMS, bytes);
    expect({ data, findings }).toEqual({ data: form.samples[variant](), findings: [] });
  },
);
