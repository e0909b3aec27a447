import type { Block, Cell, Draft, FormFrame } from '../../definition.js';
import { DWELLING, germanAddressRows, postalAddressRows } from '../parts/address.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { noticeBlocks } from '../parts/notices.js';
import { GESCHLECHT } from '../parts/person.js';
import {
  familienstandRow,
  issuedDocumentRows,
  relativeRows,
  residentNameRows,
  type Relative,
} from '../parts/resident.js';
import { numbered, type Section } from '../parts/sections.js';
import { signing } from '../parts/signing.js';
import type { Meldeschein, MeldescheinPerson } from './schema.js';

const ART = {
  anmeldung: 'Anmeldung (Zuzug)',
  ummeldung: 'Ummeldung (Umzug in der Gemeinde)',
  abmeldung: 'Abmeldung (Wegzug)',
} as const;

const CONFIRMATION = {
  paper: 'Bestätigung liegt vor',
  'assignment-mark': 'Zuordnungsmerkmal',
  missing: 'fehlt',
} as const;

/** The form as blocks: the dwellings, each person, relatives elsewhere, declaration, notices. */
export function layoutMeldeschein(
  draft: Meldeschein | Draft<Meldeschein>,
  frame: FormFrame<Meldeschein>,
): Block[] {
  const data = new Fields<Meldeschein>(draft);
  const persons = data.each('persons', 2);
  return numbered([
    [
      'Art der Meldung',
      [fieldsBlock('Art der Meldung', [[data.boxes('art', 'Es handelt sich um eine', 12, ART)]])],
    ],
    ['Neue Wohnung', data.has('newDwelling') ? [fieldsBlock('Neue Wohnung', newDwellingRows(data))] : []],
    [
      'Bisherige Wohnung',
      data.has('previousDwelling')
        ? [fieldsBlock('Bisherige Wohnung', previousDwellingRows(data.in('previousDwelling')))]
        : [],
    ],
    [
      'Letzte Anschrift in Deutschland, bei Zuzug aus dem Ausland',
      data.has('lastAddressInGermany')
        ? [fieldsBlock('Letzte Anschrift in Deutschland', germanAddressRows(data.in('lastAddressInGermany')))]
        : [],
    ],
    [
      'Wegzug ins Ausland',
      data.has('destinationAbroad')
        ? [fieldsBlock('Neue Anschrift im Ausland', postalAddressRows(data.in('destinationAbroad')))]
        : [],
    ],
    ...persons.map((person, index): Section => {
      const heading = `Person ${index + 1}`;
      return [heading, [fieldsBlock(heading, personRows(person))]];
    }),
    ...relatives(
      'Gesetzliche Vertretung',
      data.has('representatives') ? data.each('representatives', 1) : [],
    ),
    ...relatives(
      'Ehegatte oder Lebenspartner, nicht mit umgezogen',
      data.has('spouse') ? [data.in('spouse')] : [],
    ),
    ...relatives(
      'Minderjährige Kinder, nicht mit umgezogen',
      data.has('children') ? data.each('children', 1) : [],
    ),
    [
      'Auskunfts- und Übermittlungssperren',
      data.has('blocks')
        ? [fieldsBlock('Sperren', [[data.text('blocks', 'Beantragt werden', 12, { multiline: true })]])]
        : [],
    ],
    ['Erklärung und Unterschrift', declaration(data, frame)],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}

function newDwellingRows(data: Fields<Meldeschein>): Cell[][] {
  const dwelling = data.in('newDwelling');
  const confirmation = dwelling.in('confirmation');
  return [
    ...germanAddressRows(dwelling.in('address')),
    [
      dwelling.boxes('kind', 'Die neue Wohnung ist', 9, DWELLING),
      dwelling.day('movedInOn', 'Tag des Einzugs', 3),
    ],
    [
      dwelling.text('landlord.name', 'Wohnungsgeber', 6),
      dwelling.text('ownerName', 'Eigentümer, falls nicht Wohnungsgeber', 6),
    ],
    ...(dwelling.has('landlord.address') ? postalAddressRows(dwelling.in('landlord.address')) : []),
    [confirmation.boxes('kind', 'Bestätigung des Wohnungsgebers (§ 19 BMG)', 12, CONFIRMATION)],
    confirmation.has('mark') ? [confirmation.text('mark', 'Zuordnungsmerkmal', 12)] : [],
    confirmation.has('reason')
      ? [confirmation.text('reason', 'Grund, aus dem die Bestätigung fehlt', 12)]
      : [],
  ];
}

function previousDwellingRows(dwelling: Fields<NonNullable<Meldeschein['previousDwelling']>>): Cell[][] {
  return [
    ...postalAddressRows(dwelling.in('address')),
    [
      dwelling.choice('kind', 'Sie war', 4, DWELLING),
      dwelling.day('movedOutOn', 'Tag des Auszugs', 4),
      dwelling.choice('keptAs', 'Sie wird beibehalten als', 4, DWELLING),
    ],
  ];
}

function personRows(person: Fields<MeldescheinPerson>): Cell[][] {
  return [
    ...residentNameRows(person),
    [
      person.text('formerNames', 'Frühere Namen, Geburtsname', 6),
      person.text('religiousOrArtistName', 'Ordens- oder Künstlername', 6),
    ],
    [
      person.partialDate('birth.date', 'Tag der Geburt', 3),
      person.text('birth.place', 'Ort der Geburt', 6),
      person.text('birth.state', 'Staat, falls Ausland', 3),
    ],
    [
      person.choice('sex', 'Geschlecht', 4, GESCHLECHT),
      person.list('nationalities', 'Staatsangehörigkeiten', 8),
    ],
    [
      person.text('religion', 'Öffentlich-rechtliche Religionsgesellschaft', 8),
      person.day('religionSince', 'Eintritt am', 4),
    ],
    familienstandRow(person.in('familienstand')),
    ...person.each('documents', 1).flatMap(issuedDocumentRows),
  ];
}

function relatives(heading: string, people: readonly Fields<Relative>[]): Section[] {
  return [[heading, people.length === 0 ? [] : [fieldsBlock(heading, people.flatMap(relativeRows))]]];
}

function declaration(data: Fields<Meldeschein>, { form }: FormFrame<Meldeschein>): Block[] {
  const entitled: Cell = {
    ...data.check(
      'entitledToFamilyData',
      'Ich versichere, dass ich berechtigt bin, die Daten der übrigen genannten Personen entgegenzunehmen; nach § 202a StGB bin ich belehrt worden.',
      12,
    ),
    unchecked: 'absent',
  };
  return [
    ...(data.has('entitledToFamilyData') ? [fieldsBlock('Erklärung', [[entitled]])] : []),
    ...signing(form, {
      statement: 'Ich bestätige die Richtigkeit und Vollständigkeit der oben erhobenen Daten.',
      row: [data.text('place', 'Ort', 8), data.day('signedOn', 'Datum', 4)],
      signers: [{ id: 'declarant' }],
    }),
  ];
}
