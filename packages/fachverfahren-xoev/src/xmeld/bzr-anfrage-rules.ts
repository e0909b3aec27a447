import type { PartialDate } from '@buergerkoffer/formats';
import { berlinDate, earliestDate, InputError, isLocalDate, parsePartialDate } from '@buergerkoffer/formats';
import { checkAddress, checkAgs, checkForeignAddress, checkLines, checkStateCode } from './address-rules.js';
import { checkPurposeRules } from './bzr-anfrage-purpose-rules.js';
import type { AllgemeinerName, BzrAnfrage, TeilbekanntesDatum } from './bzr-anfrage.js';
import { parseBzrAnfrage } from './bzr-anfrage.js';
import type { Finding, FindingSink } from './finding.js';
import { Findings } from './finding.js';
import { checkEvent, checkFrame } from './frame-rules.js';
import { checkDoktorgrad, checkTexts, isLongerThan } from './text-rules.js';
import { isMessageInstant } from './values.js';

/**
 * What the Bundesamt für Justiz would object to in a 0430 (rules in the text of OSCI-XMeld 25.11a and the facets of
 * its schema); no `error` among the findings means that `writeBzrAnfrage` writes it. Whether a code stands in
 * an integrator's code list is not assessed here. Throws `InputError` `malformed` for a wrong shape.
 */
export function checkBzrAnfrage(input: BzrAnfrage): readonly Finding[] {
  const message = parseBzrAnfrage(input);
  const findings = new Findings();
  checkTexts(message, findings);
  checkFrame('0430', message, findings);
  checkPerson(message, findings);
  checkDates(message, findings);
  for (const [index, degree] of (message.doktorgrade ?? []).entries()) {
    checkDoktorgrad(degree, `doktorgrade[${index}]`, findings);
  }
  checkRecipientAddress(message.empfaenger, findings);
  checkPurposeRules(message, findings);
  if (message.abrechnungskennzeichen !== undefined) {
    checkAgs(message.abrechnungskennzeichen, 'abrechnungskennzeichen', findings);
  }
  checkEvent(message.ereignis, 'ereignis', findings);
  return findings.all;
}

function checkPerson({ person }: BzrAnfrage, findings: FindingSink): void {
  checkIdentity(person, 'person', findings);
  if (person.geburt.staat !== undefined) checkStateCode(person.geburt.staat, 'person.geburt.staat', findings);
  for (const [index, code] of person.staatsangehoerigkeiten.entries()) {
    checkStateCode(code, `person.staatsangehoerigkeiten[${index}]`, findings);
  }
  if (person.anschrift?.art === 'inland') checkAddress(person.anschrift, 'person.anschrift', findings);
  if (person.anschrift?.art === 'ausland')
    checkForeignAddress(person.anschrift, 'person.anschrift', findings);
}

/** By what the register finds a person; a message that was read may lack any of it. */
export interface BzrIdentity {
  readonly familienname?: AllgemeinerName | undefined;
  readonly geburtsname?: AllgemeinerName | undefined;
  readonly vornamen?: AllgemeinerName | undefined;
  readonly geburt: { readonly ort?: string | undefined };
}

/** Names and place of birth suffice to find the person (XMeld, type.bzr.0430.identifikation.person). */
export function checkIdentity(person: BzrIdentity, path: string, findings: FindingSink): void {
  const known = [person.familienname, person.geburtsname].some((name) => typeof name === 'string');
  if (!known) {
    findings.error(
      'S999',
      `${path}.familienname`,
      'a family name or a birth name is needed',
      'Familienname oder Geburtsname muss angegeben sein.',
    );
  }
  if (typeof person.vornamen !== 'string') {
    findings.warning(
      'S999',
      `${path}.vornamen`,
      'the register needs a first name; none is right only with a Blockname',
      'Ohne Vornamen nur bei einem Blocknamen, der dann im Familiennamen steht.',
    );
  }
  if (isLongerThan(person.geburt.ort, 40)) {
    findings.error(
      'S999',
      `${path}.geburt.ort`,
      'a place of birth has at most 40 characters',
      'Der Geburtsort fasst höchstens 40 Zeichen; bitte sinnvoll kürzen.',
    );
  }
}

function checkDates(message: BzrAnfrage, findings: FindingSink): void {
  const { datumAntragstellung: applied, erstellungszeitpunkt: created } = message;
  if (!isLocalDate(applied)) {
    findings.error(
      'X001',
      'datumAntragstellung',
      'not a day of the calendar',
      'Das Antragsdatum gibt es nicht.',
    );
  } else if (isMessageInstant(created) && applied > berlinDate(Date.parse(created))) {
    findings.error(
      'S999',
      'datumAntragstellung',
      'the application is dated after the message',
      'Das Antragsdatum liegt nach dem Erstellen der Nachricht.',
    );
  }
  const birth = birthDate(message.person.geburt.datum);
  if (birth === undefined) {
    findings.error(
      'X001',
      'person.geburt.datum',
      'not a date, or not in the field for its precision',
      'Das Geburtsdatum gibt es nicht.',
    );
  } else checkBirthBefore(applied, birth, 'person.geburt.datum', findings);
}

/** Nobody applies before being born. */
export function checkBirthBefore(
  applied: string,
  birth: PartialDate,
  path: string,
  findings: FindingSink,
): void {
  const earliest = earliestDate(birth);
  if (earliest === undefined || earliest <= applied) return;
  findings.error(
    'S999',
    path,
    'the birth lies after the application',
    'Das Geburtsdatum liegt nach dem Antrag.',
  );
}

/** The date, or `undefined` when it does not exist or is more or less precise than its field. */
function birthDate(datum: TeilbekanntesDatum): PartialDate | undefined {
  if ('unbekannt' in datum) return { precision: 'unknown' };
  const [written, precision] =
    'jahrMonatTag' in datum
      ? ([datum.jahrMonatTag, 'day'] as const)
      : 'jahrMonat' in datum
        ? ([datum.jahrMonat, 'month'] as const)
        : ([datum.jahr, 'year'] as const);
  if (!/^[0-9-]+$/.test(written)) return undefined;
  try {
    const date = parsePartialDate(written);
    return date.precision === precision ? date : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function checkRecipientAddress({ ziel }: BzrAnfrage['empfaenger'], findings: FindingSink): void {
  switch (ziel.art) {
    case 'inland':
      checkAddress(ziel.anschrift, 'empfaenger.ziel.anschrift', findings);
      if ('zeilen' in ziel) checkLines(ziel.zeilen, 'empfaenger.ziel.zeilen', findings);
      return;
    case 'ausland':
      checkForeignAddress(ziel, 'empfaenger.ziel', findings);
      return;
    case 'behoerdenkennzeichen':
      if (ziel.zusatz !== undefined) checkLines([ziel.zusatz], 'empfaenger.ziel.zusatz', findings);
      return;
    default:
      ziel satisfies never;
  }
}
