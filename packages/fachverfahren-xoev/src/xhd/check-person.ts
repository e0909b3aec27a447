import { checkPrint } from './check-print.js';
import type { XhdFindings } from './finding.js';
import type { Personendaten } from './person.js';
import type { DocumentProfile, LimitedField, ProfiledProduct } from './profile.js';
import { lengthOf } from './print-lines.js';

/** Checks the person of one application: what the document needs, its lengths, its print lines. */
export function checkPerson(
  person: Personendaten,
  product: ProfiledProduct,
  profile: DocumentProfile,
  findings: XhdFindings,
): void {
  checkRequired(person, product, findings);
  const { NameNatuerlichePerson: names, Anschrift: address } = person.NatuerlichePerson;
  const isAbroad = address.Staat !== undefined && address.Staat.Staat !== 'D';
  const place = joined(address.Postleitzahl, address.Ort);
  const lengths: Partial<Record<LimitedField, string | undefined>> = {
    Familienname: names.Familienname.Name,
    'Familienname, Titel und Geburtsname': joined(
      names.Titel,
      names.Familienname.Name,
      names.Geburtsname?.Name,
    ),
    Vorname: names.Vorname.Name,
    Geburtsname: names.Geburtsname?.Name,
    Ordens_Kuenstlername: names.Ordens_Kuenstlername,
    StrasseUndHausnummer: address.StrasseUndHausnummer,
    [isAbroad ? 'Postleitzahl und Ort im Ausland' : 'Postleitzahl und Ort']: place,
    Ort: address.Ort,
    Geburtsort: person.Geburt.Geburtsort,
    Augenfarbe: person.Augenfarbe,
  };
  checkLengths(lengths, profile, findings);
  const print = findings.at('Druckrepraesentation');
  const printed = new Set((person.Druckrepraesentation.Zeile ?? []).map(({ Typ }) => Typ));
  for (const typ of profile.requiredLines) {
    print.error(
      !printed.has(typ),
      'Zeile',
      `the print lines ${typ} are missing`,
      `Die Druckzeilen „${typ}“ fehlen.`,
    );
  }
  checkPrint(
    person.Druckrepraesentation,
    profile.lines,
    {
      // What an eID-Karte prints in its block of names is not printed in the guideline.
      ...(product === 'UB' ? {} : { Namensblock: joined(names.Titel, names.Familienname.Name) }),
      Geburtsname: names.Geburtsname?.Name ?? '',
      Vornamensblock: names.Vorname.Name,
      Ordens_Kuenstlername: names.Ordens_Kuenstlername ?? '',
      Geburtsort: person.Geburt.Geburtsort,
      Wohnort: isAbroad
        ? `${address.Staat?.Staat ?? ''}-${place}`
        : product === 'RP'
          ? (address.Ort ?? '')
          : place,
      Strasse_Hausnummer: address.StrasseUndHausnummer ?? '',
    },
    print,
  );
}

/** One finding for each field that is longer than the document has room for. */
export function checkLengths(
  texts: Readonly<Partial<Record<LimitedField, string | undefined>>>,
  { limits }: DocumentProfile,
  findings: XhdFindings,
): void {
  for (const [field, limit] of Object.entries(limits)) {
    const text = texts[field as LimitedField];
    findings.error(
      text !== undefined && lengthOf(text) > limit,
      field,
      `longer than ${limit} characters`,
      `„${field}“ hat mehr als ${limit} Zeichen.`,
    );
  }
}

function checkRequired(person: Personendaten, product: ProfiledProduct, findings: XhdFindings): void {
  const { NatuerlichePerson: natural, Geburt } = person;
  const needed: readonly (readonly [string, string | undefined, readonly ProfiledProduct[]])[] = [
    ['NatuerlichePerson.Familienname', natural.NameNatuerlichePerson.Familienname.Name, ['PA', 'RP', 'UB']],
    ['NatuerlichePerson.Vorname', natural.NameNatuerlichePerson.Vorname.Name, ['PA', 'RP', 'UB']],
    ['Geburt.Geburtsort', Geburt.Geburtsort, ['PA', 'RP', 'UB']],
    ['NatuerlichePerson.Anschrift.Ort', natural.Anschrift.Ort, ['PA', 'UB']],
    ['Groesse', person.Groesse, ['PA', 'RP']],
    ['Augenfarbe', person.Augenfarbe, ['PA', 'RP']],
    ['NatuerlichePerson.Geschlecht', natural.Geschlecht?.Geschlecht, ['RP']],
    ['NatuerlichePerson.Staatsangehoerigkeit', natural.Staatsangehoerigkeit?.Staat, ['UB']],
  ];
  for (const [path, value, products] of needed) {
    findings.error(
      products.includes(product) && (value === undefined || value.trim() === ''),
      path,
      'is missing for this document',
      'Diese Angabe fehlt; das Dokument braucht sie.',
    );
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
