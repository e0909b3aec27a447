import {
  formatPartialDate,
  InputError,
  parseMrz,
  parseSerialNumber,
  SdkError,
  transliterateMrz,
  type Mrz,
} from '@buergerkoffer/formats';
import { DOCUMENT_SCANNER } from '@buergerkoffer/scan';
import type { Person } from '@buergerkoffer/procedures/model';
import type { RegisterAnswer, RegisterPerson } from '@buergerkoffer/fachverfahren-xoev';
import { SCANNER_ATTENTION } from './attention-words.js';
import { preloadedRegister } from './before.js';
import { readChip } from './chip.js';
import { useDevice } from './use-device.js';
import { stateOf, write, type Visit } from './visit.js';

/** Old card and passport: scanned, machine readable zones typed and proved, the chip asked what it is. */
export async function identify(visit: Visit): Promise<void> {
  await scanDocuments(visit);
  const card = parseMrz(visit.household.oldCard.mrz);
  const passport = parseMrz(visit.household.oldPassport.mrz);
  visit.tell({
    type: 'done',
    text: 'MRZ des alten Personalausweises (TD1) gelesen, alle Prüfziffern stimmen',
  });
  visit.tell({ type: 'done', text: 'MRZ des alten Reisepasses (TD3) gelesen, alle Prüfziffern stimmen' });
  await readChip(visit);
  if (!samePerson(card, passport)) {
    await write(visit, {
      type: 'identity-doubted',
      reason: 'Personalausweis und Reisepass nennen verschiedene Personen',
      furtherMeasure: 'Abgleich mit dem Register in der Dienststelle',
    });
    return;
  }
  await write(visit, {
    type: 'identified',
    evidence: {
      method: 'old-document',
      document: 'personalausweis',
      serialNumber: parseSerialNumber(card.documentNumber).number,
      expires: formatPartialDate(card.expiryDate),
      mrz: 'td1',
      checkDigits: 'fit',
    },
  });
  visit.tell({
    type: 'done',
    text: 'Identität festgestellt (§ 9 Abs. 4 PAuswG); die Scans werden verworfen',
  });
}

/** The holder acts for herself. */
export async function assessCapacity(visit: Visit): Promise<void> {
  await write(visit, { type: 'capacity-assessed', capacity: 'capable', applicant: { role: 'holder' } });
}

/** What the municipality's own register knows, through the Fachverfahren; without network, what was loaded before the visit. */
export async function lookUpRegister(visit: Visit): Promise<void> {
  const { answer, from } = await askRegister(visit);
  switch (answer?.status) {
    case 'unique':
      await write(visit, {
        type: 'register-looked-up',
        result: { outcome: 'found', person: personOf(answer.person) },
      });
      visit.tell({ type: 'done', text: `Melderegister: eine Person gefunden (${from})` });
      return;
    case 'none':
      await write(visit, { type: 'register-looked-up', result: { outcome: 'not-found' } });
      return;
    case 'ambiguous':
      await write(visit, { type: 'register-looked-up', result: { outcome: 'not-unique' } });
      return;
    case undefined:
      await write(visit, {
        type: 'register-looked-up',
        result: { outcome: 'unavailable', reason: 'kein Netz' },
      });
      return;
    default:
      answer satisfies never;
  }
}

async function askRegister(
  visit: Visit,
): Promise<{ readonly answer: RegisterAnswer | undefined; readonly from: string }> {
  const { told } = visit.household;
  const documentNumber = parseMrz(visit.household.oldCard.mrz).documentNumber;
  try {
    const answer = await visit.fachverfahren.find({ purpose: 'personalausweis', ...told, documentNumber });
    return { answer, from: 'Auskunft des Fachverfahrens' };
  } catch (error) {
    if (!(error instanceof SdkError) || error.kind !== 'service') throw error;
    visit.survived.push(error.toJSON());
    visit.tell({
      type: 'attention',
      text: 'Das Fachverfahren ist nicht erreichbar; es gilt der geladene Auszug.',
    });
    return { answer: await preloadedRegister(visit), from: 'vor dem Besuch geladener Auszug' };
  }
}

/** The data for the card: the register's, with height and eye colour as the clerk sees them. */
export async function recordData(visit: Visit): Promise<void> {
  const { register } = stateOf(visit);
  if (register?.outcome !== 'found') {
    throw new InputError('missing', 'the register gave no entry of the invented citizen', {
      path: 'register',
      remedy:
        'give the Fachverfahren the register of the demo (see its README), or leave out --fachverfahren',
    });
  }
  const holder: Person = { ...register.person, heightCm: 162, eyeColour: 'blau' };
  await write(visit, { type: 'data-recorded', holder });
  visit.tell({ type: 'done', text: 'Angaben aufgenommen und mit der Antragstellerin abgeglichen' });
}

/** Card and passport, one after the other on the glass; the pictures are looked at and not kept. */
async function scanDocuments(visit: Visit): Promise<void> {
  for (const document of ['Personalausweis', 'Reisepass']) {
    await useDevice(visit, DOCUMENT_SCANNER, `Alten ${document} ansehen`, async (scanner) => {
      for await (const item of scanner.scan({
        source: 'platen',
        resolutionPpi: 300,
        colorMode: 'Grayscale8',
      })) {
        if (item.type === 'attention') {
          visit.tell({ type: 'attention', text: SCANNER_ATTENTION[item.reason] });
          void visit.helper.clear(DOCUMENT_SCANNER.id);
        } else {
          visit.tell({ type: 'note', text: `Alten ${document} gescannt, nur zur Ansicht` });
        }
      }
    });
  }
}

function samePerson(card: Mrz, passport: Mrz): boolean {
  const key = (mrz: Mrz): string =>
    [transliterateMrz(mrz.surname), transliterateMrz(mrz.givenNames), formatPartialDate(mrz.birthDate)].join(
      '/',
    );
  return key(card) === key(passport);
}

/** The register's codes in the words of the application. */
function personOf(person: RegisterPerson): Person {
  const { address } = person;
  return {
    familyName: person.familyName,
    ...(person.birthName === undefined ? {} : { birthName: person.birthName }),
    givenNames: person.givenNames,
    ...(person.doctorate === undefined ? {} : { doctorate: person.doctorate }),
    ...(person.artistName === undefined ? {} : { artistName: person.artistName }),
    birth: { date: person.birth.date, place: person.birth.place },
    nationality: person.nationalities[0]?.icao ?? 'D',
    geschlecht: person.geschlecht,
    address: {
      kind: 'germany',
      street: address.street,
      ...(address.houseNumber === undefined ? {} : { houseNumber: address.houseNumber }),
      ...(address.houseNumberSuffix === undefined ? {} : { houseNumberSuffix: address.houseNumberSuffix }),
      ...(address.additional === undefined ? {} : { additional: address.additional }),
      postalCode: address.postalCode,
      city: address.city,
      ags: address.ags,
    },
  };
}
