import { InputError, parsePostalCode } from '@buergerkoffer/formats';
import type { FindingSink } from './finding.js';
import { isLongerThan } from './text-rules.js';
import { isAgs } from './values.js';

/** Fields of an address within Germany, each optional here; the schemas of the callers require theirs. */
export interface InlandAddressFields {
  readonly gemeindeschluessel?: string | undefined;
  readonly hausnummer?: string | undefined;
  readonly hausnummerBuchstabeZusatzziffer?: string | undefined;
  readonly postleitzahl?: string | undefined;
  readonly stockwerkswohnungsnummer?: string | undefined;
  readonly strasse?: string | undefined;
  readonly teilnummerDerHausnummer?: string | undefined;
  readonly wohnort?: string | undefined;
  readonly wohnortFruehererGemeindename?: string | undefined;
  readonly wohnungsinhaber?: string | undefined;
  readonly zusatzangaben?: string | undefined;
}

interface FieldLimit {
  readonly field: keyof InlandAddressFields;
  readonly max: number;
  readonly pattern?: RegExp;
}

/** Facets of the schema (XInneres Meldeanschrift, version 5) and field lengths from the text of XMeld. */
const LIMITS: readonly FieldLimit[] = [
  { field: 'hausnummer', max: 4, pattern: /^[0-9 ]*$/ },
  { field: 'hausnummerBuchstabeZusatzziffer', max: 4, pattern: /^[\p{L}0-9./ ]*$/u },
  { field: 'stockwerkswohnungsnummer', max: 4, pattern: /^[\p{L}0-9 .]*$/u },
  { field: 'strasse', max: 55 },
  { field: 'wohnort', max: 40 },
  { field: 'wohnortFruehererGemeindename', max: 40 },
];

/** Beyond these lengths a receiver abbreviates. */
const ABBREVIATED: readonly FieldLimit[] = [
  { field: 'wohnungsinhaber', max: 26 },
  { field: 'zusatzangaben', max: 21 },
];

/** The rules of an address within Germany. */
export function checkAddress(fields: InlandAddressFields, path: string, findings: FindingSink): void {
  for (const { field, max, pattern } of LIMITS) {
    const value = fields[field];
    if (isLongerThan(value, max)) {
      findings.error(
        pattern === undefined ? 'S999' : 'X001',
        `${path}.${field}`,
        `longer than ${max} characters`,
        `Das Feld fasst höchstens ${max} Zeichen; bitte abkürzen.`,
      );
    } else if (pattern !== undefined && value !== undefined && !pattern.test(value)) {
      findings.error(
        'X001',
        `${path}.${field}`,
        'holds a character that the schema does not allow there',
        'Das Feld enthält ein Zeichen, das hier nicht erlaubt ist.',
      );
    }
  }
  for (const { field, max } of ABBREVIATED) {
    if (isLongerThan(fields[field], max)) {
      findings.warning(
        'S999',
        `${path}.${field}`,
        `longer than ${max} characters, a receiver may abbreviate it`,
        `Länger als ${max} Zeichen; der Empfänger darf kürzen.`,
      );
    }
  }
  if (fields.postleitzahl !== undefined)
    checkPostalCode(fields.postleitzahl, `${path}.postleitzahl`, findings);
  checkStreet(fields, path, findings);
  if (fields.gemeindeschluessel !== undefined) {
    checkAgs(fields.gemeindeschluessel, `${path}.gemeindeschluessel`, findings);
  }
}

/** A postal code in Germany has five digits and does not begin with 00. */
export function checkPostalCode(postalCode: string, path: string, findings: FindingSink): void {
  try {
    parsePostalCode(postalCode);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.error(
      'S999',
      path,
      'a postal code in Germany has five digits and does not begin with 00',
      'Die Postleitzahl hat fünf Ziffern und beginnt nicht mit 00.',
    );
  }
}

/** Where there is no street, its field says so, and whether there is a number (XMeld, type.AnschriftMelderecht.Inland). */
function checkStreet(
  { strasse, hausnummer }: InlandAddressFields,
  path: string,
  findings: FindingSink,
): void {
  if (strasse === 'Hausnummer' && hausnummer === undefined) {
    findings.error(
      'S999',
      `${path}.strasse`,
      'the street is "Hausnummer", which stands for a number without street, and there is no number',
      'Ohne Straße und ohne Hausnummer lautet der Eintrag „ohne Hausnummer“.',
    );
  }
  if (strasse === 'ohne Hausnummer' && hausnummer !== undefined) {
    findings.error(
      'S999',
      `${path}.strasse`,
      'the street is "ohne Hausnummer" although there is a number',
      'Gibt es eine Hausnummer, aber keine Straße, lautet der Eintrag „Hausnummer“.',
    );
  }
}

/** An AGS has eight digits and begins with a Land; whether it exists is a question to the code list. */
export function checkAgs(ags: string, path: string, findings: FindingSink): void {
  if (isAgs(ags)) return;
  findings.error(
    'S011',
    path,
    'an AGS has eight digits and begins with a Land, 01 to 16',
    'Der Gemeindeschlüssel hat acht Ziffern und beginnt mit dem Land (01 bis 16).',
  );
}

/** A Destatis code of a state, territory or nationality has three digits. */
export function checkStateCode(code: string, path: string, findings: FindingSink): void {
  if (/^[0-9]{3}$/.test(code)) return;
  findings.error(
    'S011',
    path,
    'a Destatis code of a state or nationality has three digits',
    'Der Schlüssel für Staat oder Staatsangehörigkeit hat drei Ziffern.',
  );
}

/** An address abroad: a state other than Germany, lines of 1 to 35 characters (XInneres Auslandsanschrift, version 5). */
export function checkForeignAddress(
  address: { readonly staat: string; readonly zeilen?: readonly string[] | undefined },
  path: string,
  findings: FindingSink,
): void {
  checkStateCode(address.staat, `${path}.staat`, findings);
  if (address.staat === '000') {
    findings.error(
      'S999',
      `${path}.staat`,
      'an address abroad is not in Germany (000)',
      'Eine Auslandsanschrift liegt nicht in Deutschland (000).',
    );
  }
  checkLines(address.zeilen ?? [], `${path}.zeilen`, findings);
}

/** Lines of an address block have at most 35 characters. */
export function checkLines(lines: readonly string[], path: string, findings: FindingSink): void {
  for (const [index, line] of lines.entries()) {
    if (isLongerThan(line, 35)) {
      findings.error(
        'X001',
        `${path}[${index}]`,
        'an address line is longer than 35 characters',
        'Eine Anschriftenzeile fasst höchstens 35 Zeichen.',
      );
    }
  }
}
