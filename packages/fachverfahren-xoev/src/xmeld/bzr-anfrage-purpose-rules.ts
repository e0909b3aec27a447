import { InputError, transliterateAscii } from '@buergerkoffer/formats';
import { checkStateCode } from './address-rules.js';
import type { AllgemeinerName, Anfrageart, BzrAnfrage } from './bzr-anfrage.js';
import type { FindingSink } from './finding.js';
import { isLongerThan } from './text-rules.js';
import { isAgs, isCode } from './values.js';

/** For whom a kind of Führungszeugnis is made, by its first two letters. */
function recipientOf(kind: Anfrageart): BzrAnfrage['empfaenger']['wer'] {
  switch (kind) {
    case 'NB':
    case 'NE':
      return 'betroffeneperson';
    case 'NV':
    case 'NG':
      return 'gesetzlichervertreter';
    case 'OB':
    case 'OE':
    case 'OG':
    case 'OH':
    case 'PB':
    case 'PE':
    case 'PG':
    case 'PH':
      return 'behoerde';
    default:
      return kind satisfies never;
  }
}

/** What of a 0430 the rules of its purpose look at; a message that was read may lack any of it. */
export interface BzrPurpose {
  readonly anfrageart: Anfrageart;
  readonly aktenzeichenAnfrage?: string | undefined;
  readonly justizbehoerdenkennzeichen?: { readonly code: string } | undefined;
  readonly verwendungszweck?:
    | {
        readonly schluessel?: { readonly code: string } | undefined;
        readonly beschreibung?: string | undefined;
      }
    | undefined;
  readonly verwendungAusland?: BzrAnfrage['verwendungAusland'];
  readonly empfaenger?:
    | {
        readonly wer: BzrAnfrage['empfaenger']['wer'];
        readonly ziel: {
          readonly art?: string;
          readonly kennzeichen?: { readonly code: string } | undefined;
        };
      }
    | undefined;
  readonly autor: { readonly kennung: string };
  readonly person: { readonly familienname?: AllgemeinerName | undefined };
}

/** What goes with which kind of Führungszeugnis (OSCI-XMeld 25.11a, text of type.BZR.Fuehrungszeugnis). */
export function checkPurposeRules(message: BzrPurpose, findings: FindingSink): void {
  const recipient = recipientOf(message.anfrageart);
  const forAuthority = recipient === 'behoerde';
  const withInspection = message.anfrageart.startsWith('P');
  if (message.empfaenger !== undefined && message.empfaenger.wer !== recipient) {
    findings.error(
      'S999',
      'empfaenger.wer',
      `kind ${message.anfrageart} goes to ${recipient}`,
      `Zur Anfrageart ${message.anfrageart} passt dieser Empfänger nicht.`,
    );
  }
  if (message.aktenzeichenAnfrage !== undefined && recipient === 'betroffeneperson') {
    findings.error(
      'S999',
      'aktenzeichenAnfrage',
      'an Aktenzeichen is only for kinds that go to an authority (O…, P…)',
      'Ein Aktenzeichen gibt es nur beim Führungszeugnis zur Vorlage bei einer Behörde.',
    );
  }
  if (message.aktenzeichenAnfrage !== undefined && recipient === 'gesetzlichervertreter') {
    findings.warning(
      'S999',
      'aktenzeichenAnfrage',
      'an Aktenzeichen is ignored for kinds that go to the legal representative (NV, NG)',
      'Beim Führungszeugnis für den gesetzlichen Vertreter wird das Aktenzeichen nicht gedruckt; besser weglassen.',
    );
  }
  const purpose = message.verwendungszweck;
  if (
    message.aktenzeichenAnfrage === undefined &&
    purpose?.schluessel === undefined &&
    purpose?.beschreibung === undefined
  ) {
    findings.error(
      'S999',
      'verwendungszweck',
      'without an Aktenzeichen the Verwendungszweck is mandatory',
      'Ohne Aktenzeichen ist der Verwendungszweck anzugeben.',
    );
  }
  if (isLongerThan(purpose?.beschreibung, 44)) {
    findings.error(
      'X001',
      'verwendungszweck.beschreibung',
      'a Verwendungszweck has at most 44 characters',
      'Der Verwendungszweck fasst höchstens 44 Zeichen.',
    );
  }
  if (message.justizbehoerdenkennzeichen !== undefined && !withInspection) {
    findings.error(
      'S999',
      'justizbehoerdenkennzeichen',
      'an Amtsgericht is named only for kinds with prior inspection (P…)',
      'Ein Amtsgericht wird nur bei vorheriger Einsichtnahme angegeben (Anfragearten P…).',
    );
  }
  if (message.justizbehoerdenkennzeichen === undefined && withInspection) {
    findings.warning(
      'S999',
      'justizbehoerdenkennzeichen',
      'prior inspection without the Amtsgericht where it takes place',
      'Zur vorherigen Einsichtnahme fehlt das Amtsgericht.',
    );
  }
  checkCodes(message, findings);
  checkUseAbroad(message, forAuthority, findings);
}

function checkCodes(message: BzrPurpose, findings: FindingSink): void {
  const codes = [
    { path: 'justizbehoerdenkennzeichen', value: message.justizbehoerdenkennzeichen },
    { path: 'verwendungszweck.schluessel', value: message.verwendungszweck?.schluessel },
    { path: 'empfaenger.ziel.kennzeichen', value: message.empfaenger?.ziel.kennzeichen },
  ];
  for (const { path, value } of codes) {
    if (value !== undefined && !isCode(value.code)) {
      findings.error(
        'S011',
        `${path}.code`,
        'a code holds no white space and is not empty',
        'Der Schlüssel darf nicht leer sein und keine Leerzeichen enthalten.',
      );
    }
  }
}

/** Characters of a SEPA remittance text, as type.BfJ.Belegnummer allows them. */
const SEPA_TEXT = /^[a-zA-Z0-9:?,./+() '-]*$/;

function checkUseAbroad(message: BzrPurpose, forAuthority: boolean, findings: FindingSink): void {
  const use = message.verwendungAusland;
  if (use === undefined) return;
  if (forAuthority) {
    findings.error(
      'S999',
      'verwendungAusland',
      'use abroad is only for NB, NE, NV and NG',
      'Verwendung im Ausland nur bei den Anfragearten NB, NE, NV und NG.',
    );
  }
  checkStateCode(use.staat, 'verwendungAusland.staat', findings);
  if (use.staat === '000') {
    findings.error(
      'S999',
      'verwendungAusland.staat',
      'use abroad is not in Germany (000)',
      'Verwendung im Ausland ist nicht Deutschland (000).',
    );
  }
  if (use.anerkennungsform === 'apostille' && use.staat === '999') {
    findings.error(
      'S999',
      'verwendungAusland.staat',
      'an Apostille needs the state, 999 (unknown) is not allowed',
      'Für eine Apostille ist der Staat anzugeben; 999 (unbekannt) genügt nicht.',
    );
  }
  if (use.anerkennungsform !== 'ueberbeglaubigung') return;
  if (!isReceiptNumber(use.belegnummer, message)) {
    findings.error(
      'S999',
      'verwendungAusland.belegnummer',
      "the Belegnummer is the author's AGS, a hyphen and the family name in SEPA characters",
      'Die Belegnummer ist der Gemeindeschlüssel, ein Bindestrich und der Familienname (ohne Sonderzeichen).',
    );
  } else if (!hasMappedName(use.belegnummer, message)) {
    findings.warning(
      'S999',
      'verwendungAusland.belegnummer',
      'the Belegnummer does not end in the family name with its letters mapped as ICAO does it (Ü: UE)',
      'Die Belegnummer endet nicht auf den Familiennamen (Umlaute als AE, OE, UE, ß als SS); bitte prüfen.',
    );
  }
}

/** A family name with other letters is mapped to base letters as ICAO does it (DIN 91379, table 9). */
function hasMappedName(number: string, { autor, person }: BzrPurpose): boolean {
  const { familienname } = person;
  if (typeof familienname !== 'string' || SEPA_TEXT.test(familienname)) return true;
  const written = number.slice(autor.kennung.length - 'ags:'.length + 1);
  try {
    return lettersOf(transliterateAscii(familienname)) === lettersOf(written);
  } catch (error) {
    // A letter outside DIN 91379 has a finding of its own.
    if (error instanceof InputError) return true;
    throw error;
  }
}

function lettersOf(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, '');
}

/** The number begins with the AGS and a hyphen; a family name of characters that SEPA has follows as it is. */
function isReceiptNumber(number: string, message: BzrPurpose): boolean {
  const ags = message.autor.kennung.slice('ags:'.length);
  const name = number.slice(ags.length + 1);
  const familyName = message.person.familienname;
  return (
    isAgs(ags) &&
    number.startsWith(`${ags}-`) &&
    name !== '' &&
    SEPA_TEXT.test(number) &&
    (typeof familyName !== 'string' || !SEPA_TEXT.test(familyName) || name === familyName)
  );
}
