import { z } from 'zod';
import type { Cell } from '../../definition.js';
import type { Fields } from './fields.js';
import { birthDateSchema, text } from './values.js';

/** A person as the forms name them beside the holder. */
export const personSchema = z.strictObject({ familyName: text(120), givenNames: text(120) });
/** A person by name. */
export type PersonName = z.infer<typeof personSchema>;

/** A person by name and birth date. */
export const bornPersonSchema = personSchema.extend({ birthDate: birthDateSchema });
/** A person by name and birth date. */
export type BornPerson = z.infer<typeof bornPersonSchema>;

/** When and where somebody was born. */
export const birthSchema = z.strictObject({ date: birthDateSchema, place: text(80) });

/** Geschlecht as the register has it (XMeld: m, w, d, x). */
export const GESCHLECHT = { w: 'weiblich', m: 'männlich', d: 'divers', x: 'keine Angabe' } as const;

/** Names in one row. */
export function nameRow(person: Fields<PersonName>): Cell[] {
  return [
    person.text('familyName', 'Familienname', 6, { strong: true }),
    person.text('givenNames', 'Vornamen', 6, { strong: true }),
  ];
}

/** Names and birth date in one row. */
export function bornRow(person: Fields<BornPerson>): Cell[] {
  return [
    person.text('familyName', 'Familienname', 5, { strong: true }),
    person.text('givenNames', 'Vornamen', 4, { strong: true }),
    person.partialDate('birthDate', 'Tag der Geburt', 3),
  ];
}

/** The name that stands in the places of a person. */
export function nameOf(person: Fields<PersonName>): string | undefined {
  return personName({ familyName: person.value('familyName'), givenNames: person.value('givenNames') });
}

/** Family name and given names in the order of German forms. */
export function personName(
  person: { readonly familyName?: string | undefined; readonly givenNames?: string | undefined } | undefined,
): string | undefined {
  if (person?.familyName === undefined) return undefined;
  return person.givenNames === undefined ? person.familyName : `${person.familyName}, ${person.givenNames}`;
}
