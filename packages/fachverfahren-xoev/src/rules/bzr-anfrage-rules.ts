import type { MessageElement } from '../message/tree.js';
import { childOf } from '../message/tree.js';
import type { AllgemeinerName, Anfrageart, BzrAnfrage } from '../xmeld/bzr-anfrage.js';
import { ANFRAGEARTEN } from '../xmeld/bzr-anfrage.js';
import type { BzrPurpose } from '../xmeld/bzr-anfrage-purpose-rules.js';
import { checkPurposeRules } from '../xmeld/bzr-anfrage-purpose-rules.js';
import { checkBirthBefore, checkIdentity } from '../xmeld/bzr-anfrage-rules.js';
import { dateIn } from './date-rules.js';
import type { MessageContext } from './message-context.js';
import { elementAt, tokenAt, tokenOf } from './walk.js';

const RECIPIENTS = ['betroffeneperson', 'gesetzlichervertreter', 'behoerde'] as const;
const ABROAD = 'verwendung.ausland/auslandsverwendung.anerkennungsform';
const CERTIFIED = `${ABROAD}/fuehrungszeugnis.auslandsverwendung.ueberbeglaubigung`;

/** The rules of the Führungszeugnis (0430): the checks of the typed message, on what was read. */
export function checkBzrMessage({ root, head, type, findings }: MessageContext): void {
  const application = elementAt(root, 'bzranfrage');
  if (type !== '0430' || application === undefined) return;
  const person = childOf(application, 'identifikation.person');
  if (person !== undefined) checkPerson(person, application, findings);
  const anfrageart = ANFRAGEARTEN.find((kind) => kind === tokenAt(application, 'anfrageart/code'));
  if (anfrageart === undefined) return;
  const places = {
    'empfaenger.wer': elementAt(application, 'empfaengeranschrift')?.children[0],
    'empfaenger.ziel.kennzeichen.code': elementAt(
      application,
      'empfaengeranschrift/behoerde/behoerdenkennzeichen/bkz/code',
    ),
    aktenzeichenAnfrage: childOf(application, 'aktenzeichenanfrage'),
    justizbehoerdenkennzeichen: childOf(application, 'justizbehoerdenkennzeichen'),
    'justizbehoerdenkennzeichen.code': elementAt(application, 'justizbehoerdenkennzeichen/code'),
    verwendungszweck: childOf(application, 'verwendungszweck'),
    'verwendungszweck.beschreibung': elementAt(application, 'verwendungszweck/beschreibung'),
    'verwendungszweck.schluessel.code': elementAt(application, 'verwendungszweck/schluessel/code'),
    verwendungAusland: childOf(application, 'verwendung.ausland'),
    'verwendungAusland.staat': elementAt(application, 'verwendung.ausland/staat'),
    'verwendungAusland.belegnummer': elementAt(application, `${CERTIFIED}/belegnummer`),
  };
  checkPurposeRules(
    purposeOf(application, anfrageart, person, (head && tokenAt(head, 'autor/kennung')) ?? ''),
    findings.sink(application, places),
  );
}

function checkPerson(
  person: MessageElement,
  application: MessageElement,
  findings: MessageContext['findings'],
): void {
  const birthplace = elementAt(person, 'geburt/geburtsort');
  const sink = findings.sink(person, {
    'person.familienname': childOf(person, 'nachname.unstrukturiert'),
    'person.geburt.ort': birthplace,
  });
  checkIdentity(
    {
      familienname: familyName(person),
      geburtsname: nameAt(person, `${TWO_NAMES}/geburtsname.unstrukturiert`),
      vornamen: nameAt(person, 'vornamen/vornamen'),
      geburt: { ort: birthplace?.text },
    },
    'person',
    sink,
  );
  const birth = elementAt(person, 'geburt/geburtsdatum');
  const date = birth && dateIn(birth);
  const applied = tokenAt(application, 'datum.antragstellung');
  if (birth !== undefined && date !== undefined && applied !== undefined) {
    checkBirthBefore(applied, date, '', findings.sink(birth));
  }
}

function purposeOf(
  application: MessageElement,
  anfrageart: Anfrageart,
  person: MessageElement | undefined,
  kennung: string,
): BzrPurpose {
  const recipient = elementAt(application, 'empfaengeranschrift');
  const wer = RECIPIENTS.find((name) => recipient !== undefined && childOf(recipient, name) !== undefined);
  const purpose = childOf(application, 'verwendungszweck');
  return {
    anfrageart,
    aktenzeichenAnfrage: childOf(application, 'aktenzeichenanfrage')?.text,
    justizbehoerdenkennzeichen: codeAt(application, 'justizbehoerdenkennzeichen'),
    verwendungszweck: purpose && {
      schluessel: codeAt(purpose, 'schluessel'),
      beschreibung: childOf(purpose, 'beschreibung')?.text,
    },
    verwendungAusland: useAbroad(application),
    empfaenger: wer && {
      wer,
      ziel: { kennzeichen: codeAt(application, `empfaengeranschrift/${wer}/behoerdenkennzeichen/bkz`) },
    },
    autor: { kennung },
    person: { familienname: person && familyName(person) },
  };
}

function useAbroad(application: MessageElement): BzrAnfrage['verwendungAusland'] {
  if (childOf(application, 'verwendung.ausland') === undefined) return undefined;
  const staat = tokenAt(application, 'verwendung.ausland/staat/code') ?? '';
  if (elementAt(application, CERTIFIED) === undefined) return { anerkennungsform: 'apostille', staat };
  const belegnummer = tokenAt(application, `${CERTIFIED}/belegnummer`) ?? '';
  return { anerkennungsform: 'ueberbeglaubigung', staat, belegnummer };
}

const TWO_NAMES = 'nachname.unstrukturiert/familienname.und.geburtsname.unstrukturiert';

function familyName(person: MessageElement): AllgemeinerName | undefined {
  const name = 'aktueller.familienname.unstrukturiert';
  return nameAt(person, `nachname.unstrukturiert/${name}`) ?? nameAt(person, `${TWO_NAMES}/${name}`);
}

/** The name at a path, or that there is none; `undefined` when nothing is said. */
function nameAt(element: MessageElement, path: string): AllgemeinerName | undefined {
  const found = elementAt(element, path);
  if (found === undefined) return undefined;
  if (childOf(found, 'nichtVorhanden') !== undefined) return { nichtVorhanden: true };
  const name = childOf(found, 'name');
  return name === undefined || name.text.trim() === '' ? undefined : name.text;
}

function codeAt(element: MessageElement, path: string): { readonly code: string } | undefined {
  const code = elementAt(element, `${path}/code`);
  return code && { code: tokenOf(code) };
}
