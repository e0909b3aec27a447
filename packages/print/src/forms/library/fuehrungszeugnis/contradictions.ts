import { bornAfter, hasReached } from '../parts/age.js';
import { fault, type Fault } from '../parts/rules.js';
import { kindOf } from './kinds.js';
import type { Fuehrungszeugnis } from './schema.js';

/** What an application must not say at once (§§ 30, 30a BZRG, rules of XMeld 0430). */
export function contradictions(data: Fuehrungszeugnis): Fault[] {
  return [...byAge(data), ...byKind(data), ...byFee(data)];
}

function byAge({ person, applicant, appliedOn }: Fuehrungszeugnis): Fault[] {
  const born = person.birth.date;
  return [
    ...fault(
      bornAfter(born, appliedOn),
      'person.birth.date',
      'the birth lies after the day of the application',
      'Der Tag der Geburt liegt nach dem Tag des Antrags. Bitte beide Daten prüfen.',
    ),
    ...fault(
      hasReached(born, 14, appliedOn) === 'no',
      'person.birth.date',
      'there is no certificate under 14 (§ 30 (1) BZRG)',
      'Ein Führungszeugnis gibt es ab 14 Jahren. Der Antrag ist nicht möglich.',
    ),
    ...fault(
      applicant.role === 'custodian' && hasReached(born, 18, appliedOn) === 'yes',
      'applicant.role',
      'an adult has no custodian',
      'Für Volljährige gibt es keine Sorgeberechtigten. Bitte die Person selbst oder die Betreuung beantragen lassen.',
    ),
  ];
}

function byKind(data: Fuehrungszeugnis): Fault[] {
  const { art, applicant, writtenRequest, recipient, amtsgericht, inspectionPointedOut, purpose } = data;
  const { to, extended, by } = kindOf(art);
  const alone = applicant.role === 'holder';
  return [
    ...fault(
      (by === 'holder' && !alone) || (by === 'representative' && alone),
      'art',
      'this kind is for the other sort of applicant',
      alone
        ? 'Diese Art gilt für Anträge durch die gesetzliche Vertretung. Bitte NB oder NE wählen.'
        : 'Bei Antrag durch die gesetzliche Vertretung bitte NV oder NG wählen.',
    ),
    ...fault(
      extended !== (writtenRequest !== undefined),
      'writtenRequest',
      'given exactly with an extended certificate (§ 30a (2) BZRG)',
      'Für ein erweitertes Führungszeugnis ist die schriftliche Aufforderung der Stelle vorzulegen, die es verlangt; sonst gehört sie nicht in den Antrag.',
    ),
    ...fault(
      to === 'applicant' && recipient !== undefined,
      'recipient',
      'a private certificate is sent to the applicant only (§ 30 (4) BZRG)',
      'Ein Führungszeugnis für eigene Zwecke wird nur der antragstellenden Person übersandt. Bitte den Empfänger entfernen oder ein Behördenführungszeugnis (O oder P) wählen.',
    ),
    ...fault(
      to !== 'applicant' && recipient === undefined,
      'recipient',
      'the authority is missing (§ 30 (5) BZRG)',
      'Bitte die Behörde mit Anschrift angeben, der das Führungszeugnis unmittelbar übersandt wird.',
    ),
    ...fault(
      to !== 'applicant' && purpose === undefined && recipient?.reference === undefined,
      'purpose',
      'a purpose or the reference of the authority is needed',
      'Bitte den Verwendungszweck oder das Aktenzeichen der Behörde angeben.',
    ),
    ...fault(
      (to === 'authority-after-inspection') !== (amtsgericht !== undefined),
      'amtsgericht',
      'given exactly where the applicant inspects first (§ 30 (5) BZRG)',
      'Das Amtsgericht bitte genau dann angeben, wenn die Person das Führungszeugnis vorher einsehen will (Arten PB, PE, PG, PH).',
    ),
    ...fault(
      to === 'authority' && inspectionPointedOut !== true,
      'inspectionPointedOut',
      'the clerk must point to the inspection at an Amtsgericht (§ 30 (5) BZRG)',
      'Bitte auf die Einsicht beim Amtsgericht hinweisen und das im Antrag bestätigen.',
    ),
  ];
}

function byFee({ fee, fees }: Fuehrungszeugnis): Fault[] {
  return fault(
    fee === 'honorary' && fees.some(({ cents }) => cents > 0),
    'fees',
    'free of charge for an honorary office',
    'Für ein Ehrenamt ist das Führungszeugnis gebührenfrei. Bitte Betrag oder Gebührenart ändern.',
  );
}
