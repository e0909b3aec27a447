import type { FormDefinition, SignatureLine, SignaturesBlock } from '../../definition.js';
import { berlinDay, germanDay } from '../../format.js';

type Line = SignaturesBlock['lines'][number];

/** Where and when somebody signs; it is written, not signed. */
export const PLACE_LINE: SignatureLine = { id: 'place', label: 'Ort, Datum', kind: 'text' };

/** The line of this id as the form names it; `copy` numbers lines that appear more than once, `label` says whose it is. */
export function signatureLine(
  form: Pick<FormDefinition<never>, 'id' | 'signatureLines'>,
  id: string,
  known: { readonly prefilled?: string | undefined; readonly copy?: number; readonly name?: string | undefined } = {},
): Line {
  const line = form.signatureLines.find((candidate) => candidate.id === id);
  if (line === undefined) throw new RangeError(`${form.id} has no signature line "${id}"`);
  return {
    ...line,
    id: known.copy === undefined ? id : `${id}.${known.copy}`,
    label: known.name === undefined ? line.label : `${line.label}: ${known.name}`,
    prefilled: known.prefilled,
  };
}

/** `Köln, 20.11.2026` for the line of place and date. */
export function placeAndDay(place: string | undefined, day: string | undefined): string | undefined {
  return place === undefined || day === undefined ? undefined : `${place}, ${germanDay(day) ?? ''}`;
}

/** As {@link placeAndDay}, of the German day of an instant. */
export function placeAndDayOf(place: string | undefined, instant: string | undefined): string | undefined {
  return placeAndDay(place, instant === undefined ? undefined : berlinDay(new Date(instant)));
}
