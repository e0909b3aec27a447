import { z } from 'zod';
import type { AnyForm, Block, Cell, FieldsBlock } from '../../definition.js';
import { holderAddressRows, type HolderAddress } from './address.js';
import { bornAfter } from './age.js';
import { applicantContradictions, representatives, type Applicant } from './applicant.js';
import { captureContradictions, type Fingers, type Signature } from './captures.js';
import { feeLineSchema } from './fees.js';
import { fieldsBlock, type Fields } from './fields.js';
import { documentRow, identityDocumentSchema, type IdentityDocument } from './identity-document.js';
import { birthSchema, nameOf } from './person.js';
import { fault, type Fault } from './rules.js';
import { signing } from './signing.js';
import { clerkSchema, daySchema, instantSchema, placeSchema, text } from './values.js';

/** What identity card and passport show of the holder; Doktorgrad and Ordens-/Künstlername are voluntary (§ 9 (3) PAuswG). */
export const holderShape = {
  familyName: text(120),
  birthName: text(120).exactOptional(),
  givenNames: text(120),
  doctorate: text(20).exactOptional(),
  religiousOrArtistName: text(60).exactOptional(),
  birth: birthSchema,
  heightCm: z.int().min(20).max(260),
  eyeColour: text(30),
  nationalities: z.array(text(40)).min(1).max(4),
} as const;
const holderSchema = z.strictObject(holderShape);

/** What every application for a document ends with. */
export const closingShape = {
  oldDocument: identityDocumentSchema.exactOptional(),
  identity: z.strictObject({ evidence: text(160), checkedBy: clerkSchema, checkedAt: instantSchema }),
  fees: z.array(feeLineSchema).min(1).max(8),
  clerks: z.array(clerkSchema).min(1).max(2),
  place: placeSchema,
  appliedOn: daySchema,
} as const;
const closingSchema = z.strictObject(closingShape);
type Closing = z.infer<typeof closingSchema>;

/** What a document application holds at least; a picture of the holder is the asset `photo`. */
export interface DocumentApplication {
  readonly holder: { readonly birth: { readonly date: string } };
  readonly applicant: Applicant;
  readonly fingers?: Fingers;
  readonly signature: Signature;
  readonly identity: { readonly checkedAt: string };
  readonly appliedOn: string;
}

/** What no application for a document can say at once; `alone` is the age from which the holder applies alone. */
export function applicationContradictions(data: DocumentApplication, alone: number): Fault[] {
  const { holder, applicant, appliedOn } = data;
  const born = holder.birth.date;
  return [
    ...fault(
      bornAfter(born, appliedOn),
      'holder.birth.date',
      'the birth lies after the day of the application',
      'Der Tag der Geburt liegt nach dem Tag des Antrags. Bitte beide Daten prüfen.',
    ),
    ...applicantContradictions(applicant, born, appliedOn, alone),
    ...captureContradictions(data, born, appliedOn),
  ];
}

/** Rows that say who the holder is, beside the photo. */
export function holderBlock(
  holder: Fields<z.infer<typeof holderSchema>>,
  more: readonly Cell[][] = [],
): FieldsBlock {
  return fieldsBlock(
    'Angaben zur Person',
    [
      [holder.text('familyName', 'Familienname', 12, { strong: true })],
      [holder.text('birthName', 'Geburtsname, falls abweichend', 12)],
      [holder.text('givenNames', 'Vornamen', 12, { strong: true })],
      [
        holder.partialDate('birth.date', 'Tag der Geburt', 3),
        holder.text('birth.place', 'Ort der Geburt', 9),
      ],
      [
        holder.text('doctorate', 'Doktorgrad', 4, { voluntary: true }),
        holder.text('religiousOrArtistName', 'Ordens- oder Künstlername', 8, { voluntary: true }),
      ],
      [
        holder.integer('heightCm', 'Größe', 3, ' cm'),
        holder.text('eyeColour', 'Augenfarbe', 3),
        holder.list('nationalities', 'Staatsangehörigkeit', 6, { maxLines: 12 }),
      ],
      ...more,
    ],
    {
      picture: 'photo',
      alt: 'Lichtbild der antragstellenden Person',
      caption: 'Lichtbild',
      widthMm: 35,
      heightMm: 45,
    },
  );
}

/** Where the holder lives, and the document that is replaced. */
export function dwellingAndDocumentBlock(
  address: Fields<HolderAddress>,
  oldDocument: Fields<IdentityDocument>,
): FieldsBlock {
  return fieldsBlock('Wohnung und bisheriges Dokument', [
    ...holderAddressRows(address),
    documentRow(oldDocument, 'Bisheriges Dokument'),
  ]);
}

/** How and by whom the identity was established. */
export function identityRow(data: Fields<Closing>): Cell[] {
  return [
    data.text('identity.evidence', 'Identität festgestellt durch', 6),
    data.text('identity.checkedBy', 'Geprüft von', 3),
    data.instant('identity.checkedAt', 'Geprüft am', 3),
  ];
}

/** The end of every application: place and day, who applies, and who of the authority took it. */
export function applicationSigning(
  data: Fields<Closing & { readonly applicant: Applicant }>,
  form: AnyForm,
  statement: string,
): Block[] {
  const represented = representatives(data.in('applicant')).map((person, copy) => ({
    id: 'representative',
    copy,
    name: nameOf(person),
  }));
  const signers = data.blank ? [{ id: 'applicant' }, { id: 'representative' }] : represented;
  return signing(form, {
    statement,
    row: [data.text('place', 'Ort', 8), data.day('appliedOn', 'Datum des Antrags', 4)],
    signers: [...(signers.length === 0 ? [{ id: 'applicant' }] : signers), { id: 'clerk' }],
  });
}
