import {
  PDFCheckBox,
  PDFDocument,
  PDFDropdown,
  PDFRadioGroup,
  PDFTextField,
  type PDFField,
} from '@cantoo/pdf-lib';
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

/** Puts what one field says into another. */
function copy(from: PDFField, to: PDFField): void {
  if (from instanceof PDFTextField && to instanceof PDFTextField) to.setText(from.getText());
  else if (from instanceof PDFCheckBox && to instanceof PDFCheckBox && from.isChecked()) to.check();
  else if (from instanceof PDFRadioGroup && to instanceof PDFRadioGroup) to.select(from.getSelected() ?? '');
  else if (from instanceof PDFDropdown && to instanceof PDFDropdown) to.select(from.getSelected());
}

/** Whether somebody said something in a field. */
function isAnswered(field: PDFField): boolean {
  if (field.getName().startsWith('signatureLines.')) return false;
  if (field instanceof PDFRadioGroup) return field.getSelected() !== undefined;
  return !(field instanceof PDFDropdown) || field.getSelected().some((answer) => answer !== '');
}

const BLANKS = CASES.filter(({ form, variant }) => form.blank && variant === 'filled');

it.each(BLANKS)(
  'a blank form that was filled in at a screen holds the data: $name',
  { timeout: 30_000 },
  async ({ form, render }) => {
    const filled = await PDFDocument.load((await render(fonts, { attachData: false })).bytes);
    const empty = FORM_CASES.find((each) => each.form === form && each.variant === 'empty' && each.fillable);
    const blank = await PDFDocument.load((await empty?.render(fonts))?.bytes ?? new Uint8Array());
    for (const field of filled.getForm().getFields().filter(isAnswered)) {
      copy(field, blank.getForm().getField(field.getName()));
    }
    const bytes = await blank.save({ updateFieldAppearances: false });
    const { data, findings } = await readAnyForm(FORMS, bytes);
    expect({ data, findings }).toEqual({ data: form.samples.filled(), findings: [] });
  },
);
