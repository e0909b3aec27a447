import type { Block, Draft, FormFrame } from '../../definition.js';
import { postalAddressRows } from '../parts/address.js';
import { feeRows } from '../parts/fees.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { noticeBlocks } from '../parts/notices.js';
import { nameOf, nameRow } from '../parts/person.js';
import { numbered } from '../parts/sections.js';
import { signing } from '../parts/signing.js';
import { KINDS } from './kinds.js';
import type { Fuehrungszeugnis } from './schema.js';

const ART = {
  NB: `NB: ${KINDS.NB.label}`,
  NE: `NE: ${KINDS.NE.label}`,
  NV: `NV: ${KINDS.NV.label}`,
  NG: `NG: ${KINDS.NG.label}`,
  OB: `OB: ${KINDS.OB.label}`,
  OE: `OE: ${KINDS.OE.label}`,
  OG: `OG: ${KINDS.OG.label}`,
  OH: `OH: ${KINDS.OH.label}`,
  PB: `PB: ${KINDS.PB.label}`,
  PE: `PE: ${KINDS.PE.label}`,
  PG: `PG: ${KINDS.PG.label}`,
  PH: `PH: ${KINDS.PH.label}`,
} as const;

const ROLE = {
  holder: 'die Person selbst',
  custodian: 'sorgeberechtigte Person',
  guardian: 'betreuende Person',
} as const;
const MANNER = {
  'in-person': 'persönlich',
  'written-certified': 'schriftlich mit beglaubigter Unterschrift',
} as const;
const FEE = {
  standard: 'gebührenpflichtig',
  needy: 'Befreiung wegen Mittellosigkeit',
  honorary: 'gebührenfrei: Ehrenamt',
} as const;

/** The application as blocks: the person, who applies, kind and receiver, fee, declaration, notices. */
export function layoutFuehrungszeugnis(
  draft: Fuehrungszeugnis | Draft<Fuehrungszeugnis>,
  frame: FormFrame<Fuehrungszeugnis>,
): Block[] {
  const data = new Fields<Fuehrungszeugnis>(draft);
  return numbered([
    ['Person', [personBlock(data.in('person'))]],
    ['Antragstellung', [applicantBlock(data)]],
    ['Art und Empfänger', [kindBlock(data)]],
    [
      'Gebühr',
      [fieldsBlock('Gebühr', [[data.choice('fee', 'Gebühr', 12, FEE)]]), feeRows(data.each('fees', 1))],
    ],
    ['Erklärung und Unterschriften', declaration(data, frame)],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}

function personBlock(person: Fields<Fuehrungszeugnis['person']>): Block {
  return fieldsBlock('Person', [
    nameRow(person),
    [
      person.text('birthName', 'Geburtsname, falls abweichend', 5),
      person.partialDate('birth.date', 'Tag der Geburt', 3),
      person.text('birth.place', 'Ort der Geburt', 4),
    ],
    [
      person.list('nationalities', 'Staatsangehörigkeiten', 6),
      person.derived(
        'european',
        'Europäisches Führungszeugnis (§ 30b BZRG)',
        6,
        person.blank ? undefined : european(person.value('nationalities') ?? []),
      ),
    ],
    ...postalAddressRows(person.in('address')),
  ]);
}

/** Nationals of other states also get what the registers of other member states say. */
function european(nationalities: readonly string[]): string {
  return nationalities.every((name) => /^deutsch/iu.test(name))
    ? 'nein'
    : 'ja, wegen weiterer Staatsangehörigkeit; Frist 20 Werktage';
}

function applicantBlock(data: Fields<Fuehrungszeugnis>): Block {
  const applicant = data.in('applicant');
  return fieldsBlock('Antragstellung', [
    [
      applicant.choice('role', 'Den Antrag stellt', 5, ROLE),
      data.choice('manner', 'Antrag gestellt', 7, MANNER),
    ],
    ...applicant
      .each('persons', 2)
      .flatMap((person) => [
        [person.text('familyName', 'Familienname', 6), person.text('givenNames', 'Vornamen', 6)],
        [person.text('evidence', 'Nachweis der Identität und der gesetzlichen Vertretung', 12)],
      ]),
    [
      data.text('identityEvidence', 'Identität festgestellt durch', 7),
      data.text('receivedBy', 'Antrag entgegengenommen von', 5),
    ],
  ]);
}

function kindBlock(data: Fields<Fuehrungszeugnis>): Block {
  return fieldsBlock('Art und Empfänger', [
    [data.choice('art', 'Art des Führungszeugnisses', 12, ART)],
    data.has('writtenRequest')
      ? [
          data.text('writtenRequest.by', 'Schriftliche Aufforderung von (§ 30a Abs. 2 BZRG)', 9),
          data.day('writtenRequest.on', 'vom', 3),
        ]
      : [],
    [data.text('purpose', 'Verwendungszweck', 12)],
    ...(data.has('recipient')
      ? [
          [
            data.text('recipient.name', 'Zu übersenden an die Behörde (§ 30 Abs. 5 BZRG)', 8),
            data.text('recipient.reference', 'Aktenzeichen der Behörde', 4),
          ],
          ...postalAddressRows(data.in('recipient.address')),
        ]
      : []),
    data.has('amtsgericht')
      ? [data.text('amtsgericht', 'Bei Eintragungen vorher zur Einsicht an das Amtsgericht', 12)]
      : [],
    data.has('inspectionPointedOut')
      ? [
          data.check(
            'inspectionPointedOut',
            'Auf die Einsicht beim Amtsgericht ist hingewiesen worden (§ 30 Abs. 5 Satz 3 und 4 BZRG)',
            12,
          ),
        ]
      : [],
  ]);
}

function declaration(data: Fields<Fuehrungszeugnis>, { form }: FormFrame<Fuehrungszeugnis>): Block[] {
  const represented = data.in('applicant').each('persons', 1);
  return signing(form, {
    statement: 'Ich beantrage das bezeichnete Führungszeugnis. Alle Angaben sind richtig und vollständig.',
    row: [data.text('place', 'Ort', 8), data.day('appliedOn', 'Datum des Antrags', 4)],
    signers: [
      ...(data.blank || represented.length === 0 ? [{ id: 'applicant' }] : []),
      ...represented.map((person, copy) => ({ id: 'representative', copy, name: nameOf(person) })),
      { id: 'clerk' },
    ],
  });
}
