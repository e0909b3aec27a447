import { InputError } from '@buergerkoffer/formats';
import type { PdfFile } from './pdf-file.js';
import { PdfName, PdfRef, type PdfDict, type PdfValue } from './pdf-syntax.js';
import { pdfText } from './pdf-text.js';

/** What a field of a PDF form holds. */
export type PdfFieldValue =
  | { readonly type: 'text'; readonly text: string }
  /** Of a list: what was chosen, as its export value or its label. */
  | { readonly type: 'choice'; readonly chosen: readonly string[] }
  /** Of a box or of boxes: the state that is on, none when all are off. */
  | { readonly type: 'button'; readonly state: string | undefined }
  | { readonly type: 'signature'; readonly signed: boolean };

const MAX_FIELDS = 10_000;
const MAX_DEPTH = 32;

/** What fields below inherit (ISO 32000-1, table 220). */
interface Inherited {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfValue | undefined;
}

/** Every field of the document by its full name. @throws InputError `missing` where it has none, `too-large` for more than 10 000. */
export function readFields(file: PdfFile): ReadonlyMap<string, PdfFieldValue> {
  const form = file.dict(file.root.get('AcroForm'));
  const found = new Map<string, PdfFieldValue>();
  const visited = new Set<number>();
  const walk = (reference: PdfValue, above: Inherited, depth: number): void => {
    if (reference instanceof PdfRef) {
      if (visited.has(reference.id)) return;
      visited.add(reference.id);
    }
    if (depth > MAX_DEPTH || found.size > MAX_FIELDS || visited.size > MAX_FIELDS * 2) {
      throw new InputError('too-large', `the form has more than ${MAX_FIELDS} fields, or too deep ones`);
    }
    const field = file.dict(reference);
    const here = inherited(file, field, above);
    const kids = file.list(field.get('Kids'));
    const widgets = kids.filter((kid) => !file.dict(kid).has('T'));
    for (const kid of kids) if (!widgets.includes(kid)) walk(kid, here, depth + 1);
    if (kids.length > 0 && widgets.length === 0) return;
    const value = fieldValue(file, here, widgets.length > 0 ? widgets.map((kid) => file.dict(kid)) : [field]);
    if (value !== undefined && here.name !== '') found.set(here.name, value);
  };
  for (const field of file.list(form.get('Fields'))) {
    walk(field, { name: '', type: undefined, value: undefined }, 0);
  }
  if (found.size === 0) {
    throw new InputError('missing', 'the file has no form fields: it was printed, scanned or flattened', {
      germanRemedy:
        'Bitte lassen Sie sich das Formular als gespeicherte Datei geben, oder tippen Sie die Angaben ab.',
    });
  }
  return found;
}

function inherited(file: PdfFile, field: PdfDict, above: Inherited): Inherited {
  const part = file.resolve(field.get('T'));
  const own = part instanceof Uint8Array ? pdfText(part) : '';
  return {
    name: [above.name, own].filter((name) => name !== '').join('.'),
    type: file.name(field.get('FT')) ?? above.type,
    value: field.get('V') ?? above.value,
  };
}

function fieldValue(
  file: PdfFile,
  { type, value }: Inherited,
  widgets: readonly PdfDict[],
): PdfFieldValue | undefined {
  const resolved = file.resolve(value);
  switch (type) {
    case 'Tx':
      return { type: 'text', text: resolved instanceof Uint8Array ? pdfText(resolved) : '' };
    case 'Ch': {
      const chosen = Array.isArray(resolved)
        ? (resolved as readonly PdfValue[]).map((item) => file.resolve(item))
        : [resolved];
      return {
        type: 'choice',
        chosen: chosen.flatMap((item) => (item instanceof Uint8Array ? [pdfText(item)] : [])),
      };
    }
    case 'Btn':
      return { type: 'button', state: buttonState(file, resolved, widgets) };
    case 'Sig':
      return { type: 'signature', signed: resolved instanceof Map };
    default:
      return undefined;
  }
}

/** The value says it; where it is missing, what the boxes look like does. */
function buttonState(file: PdfFile, value: PdfValue, widgets: readonly PdfDict[]): string | undefined {
  if (value instanceof PdfName) return value.name === 'Off' ? undefined : value.name;
  return widgets
    .map((widget) => file.name(widget.get('AS')))
    .find((state) => state !== undefined && state !== 'Off');
}
