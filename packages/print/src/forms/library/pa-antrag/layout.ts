import type {
  Block,
  Cell,
  Draft,
  FieldsBlock,
  FormDefinition,
  FormFrame,
  SignaturesBlock,
} from '../../definition.js';
import { germanDay, germanInstant } from '../../format.js';
import { feeTable } from '../fees.js';
import { personName } from '../fields.js';
import { signatureLine } from '../signature-lines.js';
import { noticeBlocks } from '../notices.js';
import type { PaAntrag } from './schema.js';
import {
  CAPACITY,
  fingersInWords,
  missingSignatureInWords,
  OLD_DOCUMENT,
  PHOTO_CHECK,
  PHOTO_SOURCE,
} from './words.js';

/** The application as blocks: the person, who applies, capture, identity, PIN letter, fee, declaration, notices. */
export function layoutPaAntrag(data: Draft<PaAntrag>, frame: FormFrame<PaAntrag>): Block[] {
  const { form, letterhead } = frame;
  return numbered([
    ['Antragstellende Person', [holderFields(data)]],
    ['Wohnung und bisheriges Dokument', [addressFields(data)]],
    ['Vertretung', representation(data)],
    ['Lichtbild, Fingerabdrücke, Unterschrift', [captureFields(data)]],
    ['Identitätsprüfung und PIN-Brief', [checkFields(data)]],
    ['Gebühren', [feeTable(data.fees ?? [])]],
    ['Erklärung und Unterschriften', [declaration(data, form)]],
    ['Hinweise', form.notices.flatMap((notice) => noticeBlocks(notice, letterhead))],
  ]);
}

/** Each part that says anything, under its numbered heading. */
function numbered(parts: readonly (readonly [heading: string, blocks: readonly Block[]])[]): Block[] {
  return parts
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([heading, blocks], index) => [
      { type: 'heading', level: 'section', text: `${index + 1}\u2002${heading}` },
      ...blocks,
    ]);
}

/** A dash says that the question was asked and there is nothing to say. */
const NOTHING = '–';

function field(
  name: string,
  label: string,
  columns: number,
  value: string | undefined,
  more: { readonly strong?: true; readonly voluntary?: true; readonly maxLines?: number } = {},
): Cell {
  return { type: 'field', name, label, columns, value, ...more };
}

function holderFields({ holder, photo }: Draft<PaAntrag>): FieldsBlock {
  const caption =
    photo === undefined
      ? 'Lichtbild'
      : `Lichtbild, ${PHOTO_SOURCE[photo.takenBy]}; ${PHOTO_CHECK[photo.check]}`;
  return {
    type: 'fields',
    summary: 'Angaben zur Person',
    rows: [
      [field('holder.familyName', 'Familienname', 12, holder?.familyName, { strong: true })],
      [field('holder.birthName', 'Geburtsname, falls abweichend', 12, holder?.birthName ?? NOTHING)],
      [field('holder.givenNames', 'Vornamen', 12, holder?.givenNames, { strong: true })],
      [
        field('holder.birth.date', 'Tag der Geburt', 3, germanDay(holder?.birth?.date)),
        field('holder.birth.place', 'Ort der Geburt', 9, holder?.birth?.place),
      ],
      [
        field('holder.doctorate', 'Doktorgrad', 4, holder?.doctorate ?? NOTHING, { voluntary: true }),
        field(
          'holder.religiousOrArtistName',
          'Ordens- oder Künstlername',
          8,
          holder?.religiousOrArtistName ?? NOTHING,
          { voluntary: true },
        ),
      ],
      [
        field(
          'holder.heightCm',
          'Größe',
          3,
          holder?.heightCm === undefined ? undefined : `${holder.heightCm} cm`,
        ),
        field('holder.eyeColour', 'Augenfarbe', 3, holder?.eyeColour),
        field('holder.nationalities', 'Staatsangehörigkeit', 6, holder?.nationalities?.join(', '), {
          maxLines: 12,
        }),
      ],
    ],
    aside: {
      picture: 'photo',
      alt: 'Lichtbild der antragstellenden Person',
      caption,
      widthMm: 35,
      heightMm: 45,
    },
  };
}

function addressFields({ holder, oldDocument }: Draft<PaAntrag>): FieldsBlock {
  return {
    type: 'fields',
    summary: 'Anschrift und bisheriges Dokument',
    rows: [
      ...addressRows(holder?.address),
      [
        field(
          'oldDocument.kind',
          'Bisheriges Dokument',
          5,
          oldDocument === undefined ? 'keines vorgelegt' : OLD_DOCUMENT[oldDocument.kind],
        ),
        field('oldDocument.serialNumber', 'Seriennummer', 4, oldDocument?.serialNumber ?? NOTHING),
        field('oldDocument.validUntil', 'Gültig bis', 3, germanDay(oldDocument?.validUntil) ?? NOTHING),
      ],
    ],
  };
}

function addressRows(address: Draft<PaAntrag['holder']['address']> | undefined): Cell[][] {
  if (address?.kind === 'none')
    return [[field('holder.address', 'Anschrift', 12, 'keine Wohnung in Deutschland')]];
  return [
    [
      field('holder.address.street', 'Straße', 6, address?.street),
      field('holder.address.houseNumber', 'Hausnummer', 2, address?.houseNumber),
      field('holder.address.addition', 'Zusatz', 4, address?.addition ?? NOTHING),
    ],
    [
      field('holder.address.postalCode', 'Postleitzahl', 2, address?.postalCode),
      field('holder.address.city', 'Ort', 6, address?.city),
      field('holder.address.municipalityKey', 'Amtlicher Gemeindeschlüssel', 4, address?.municipalityKey),
    ],
  ];
}

/** Only where somebody else applies (§ 9 (1), (2) PAuswG). */
function representation({ applicant }: Draft<PaAntrag>): Block[] {
  if (applicant === undefined || applicant.role === 'holder') return [];
  const capacity = CAPACITY[applicant.role];
  return [
    {
      type: 'fields',
      summary: 'Vertretung',
      rows: [
        [field('applicant.role', 'Eigenschaft', 12, capacity)],
        ...(applicant.persons ?? []).map((person, index): Cell[] => [
          field(`applicant.persons.${index}`, 'Familienname, Vornamen', 6, personName(person)),
          field(
            `applicant.persons.${index}.evidence`,
            'Nachweis der Identität und der Vertretungsmacht',
            6,
            person.evidence,
          ),
        ]),
      ],
    },
  ];
}

function captureFields({ fingers, signature }: Draft<PaAntrag>): FieldsBlock {
  const label = 'Unterschrift für den Ausweis';
  const signed: Cell =
    signature?.outcome === 'given'
      ? {
          type: 'picture',
          name: 'assets.signature',
          label,
          picture: 'signature',
          alt: 'Unterschrift der antragstellenden Person',
          columns: 5,
          heightMm: 13,
        }
      : field('signature', label, 5, missingSignatureInWords(signature), { maxLines: 16 });
  return {
    type: 'fields',
    summary: 'Erfassung',
    rows: [[field('fingers', 'Fingerabdrücke', 7, fingersInWords(fingers), { maxLines: 12 }), signed]],
  };
}

function checkFields({ identity, pinLetter, information, clerks }: Draft<PaAntrag>): FieldsBlock {
  const leaflet =
    information === undefined
      ? undefined
      : {
          taken: 'Informationsmaterial übergeben',
          declined: 'Informationsmaterial angeboten, nicht gewünscht',
        }[information.leaflet];
  return {
    type: 'fields',
    summary: 'Prüfungen und Übergaben',
    rows: [
      [
        field('identity.evidence', 'Identität festgestellt durch', 6, identity?.evidence),
        field('identity.checkedBy', 'Geprüft von', 3, identity?.checkedBy),
        field('identity.checkedAt', 'Geprüft am', 3, germanInstant(identity?.checkedAt)),
      ],
      [
        field(
          'pinLetter.receivedBy',
          'PIN-Brief verschlossen erhalten hat (§ 17 PAuswV)',
          6,
          pinLetter?.receivedBy,
        ),
        field('pinLetter.envelopeNumber', 'Umschlagnummer', 3, pinLetter?.envelopeNumber),
        field('pinLetter.receivedAt', 'Erhalten am', 3, germanInstant(pinLetter?.receivedAt)),
      ],
      [
        field('information', 'Unterrichtung nach § 11 Abs. 3 PAuswG', 6, leaflet),
        field('clerks', 'Sachbearbeitung', 6, clerks?.join(' · ')),
      ],
    ],
  };
}

function declaration(
  { applicant, place, appliedOn }: Draft<PaAntrag>,
  form: FormDefinition<PaAntrag>,
): SignaturesBlock {
  const prefilled =
    place === undefined || appliedOn === undefined ? undefined : `${place}, ${germanDay(appliedOn) ?? ''}`;
  const persons = applicant === undefined || applicant.role === 'holder' ? [] : (applicant.persons ?? []);
  const signers =
    persons.length === 0
      ? [signatureLine(form, 'applicant')]
      : persons.map((_, copy) => signatureLine(form, 'representative', { copy }));
  return {
    type: 'signatures',
    statement:
      'Ich beantrage die Ausstellung eines Personalausweises. Alle Angaben oben habe ich gesehen; sie sind richtig und vollständig. Den PIN-Brief habe ich verschlossen erhalten. Über den elektronischen Identitätsnachweis, das Vor-Ort-Auslesen und meine Pflichten bin ich unterrichtet worden.',
    lines: [signatureLine(form, 'place', { prefilled }), ...signers, signatureLine(form, 'clerk')],
  };
}
