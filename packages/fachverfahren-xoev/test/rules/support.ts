import type { CodeList, CodeLists } from '../../src/codelists/index.js';
import { codeLists } from '../../src/codelists/index.js';
import type { MessageElement } from '../../src/message/index.js';
import { readMessageTree } from '../../src/message/index.js';
import type { CheckMessageOptions } from '../../src/rules/index.js';
import { checkMessage } from '../../src/rules/index.js';
import type { BzrAnfrage } from '../../src/xmeld/index.js';
import { writeBzrAnfrage } from '../../src/xmeld/index.js';
import { SAMPLE } from '../xmeld/samples.js';

/** The present of the tests: an hour after the messages of the samples were made. */
export const NOW = Date.parse('2026-02-09T11:15:00.000+01:00');

export const tree = (xml: string | Uint8Array): MessageElement =>
  readMessageTree(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml);

/** What was found, a line each: severity, code, the last step of the path. */
export function found(
  xml: string | Uint8Array,
  options: Partial<CheckMessageOptions> = {},
): readonly string[] {
  return checkMessage(tree(xml), { now: NOW, lists: LISTS, ...options }).map(
    ({ severity, code, path }) => `${severity} ${code} ${path.slice(path.lastIndexOf('/') + 1)}`,
  );
}

/** A list of a few codes, invented or the usual ones. */
export function listOf(kennung: string, version: string, codes: readonly string[]): CodeList {
  return {
    kennung,
    version,
    shortName: kennung.slice(kennung.lastIndexOf(':') + 1),
    longName: kennung,
    columns: [{ id: 'code', name: 'code', required: true }],
    keyColumn: 'code',
    rowCount: codes.length,
    values: { code: codes },
  };
}

const DESTATIS = 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:';
/** The lists that the sample refers to, with a few of their codes. */
export const LISTS: CodeLists = codeLists([
  listOf(`${DESTATIS}ags`, '2026-04-30', ['09000009', '05315000']),
  listOf(`${DESTATIS}staat`, '2024-08-01', ['129', '000']),
  listOf(`${DESTATIS}staatsgebiete`, '2024-08-01', ['129', '000', '163']),
  listOf(`${DESTATIS}staatsangehoerigkeit`, '2024-08-01', ['000', '163']),
]);

const decoder = new TextDecoder();
/** A right 0430 as text; `change` replaces what tests are about and must find it. */
export function bzr(
  change: readonly (readonly [from: string | RegExp, to: string])[] = [],
  input: BzrAnfrage = SAMPLE,
): string {
  return edited(decoder.decode(writeBzrAnfrage(input)), change);
}

export function edited(
  xml: string,
  change: readonly (readonly [from: string | RegExp, to: string])[],
): string {
  let text = xml;
  for (const [from, to] of change) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`nothing to replace: ${String(from)}`);
    text = next;
  }
  return text;
}

/** A message of XMeld with a right head and this payload. */
export function message(
  name: string,
  payload: string,
  { author = 'ags:09000009', reader = 'ags:05315000', attributes = 'test="x"' } = {},
): string {
  const party = (role: string, kennung: string): string =>
    `<${role}><verzeichnisdienst listVersionID="3"><code>DVDV</code></verzeichnisdienst><kennung>${kennung}</kennung>` +
    `<name>S Stadt</name><erreichbarkeit><kanal listVersionID="3"><code>01</code></kanal><kennung>a@example.org</kennung></erreichbarkeit></${role}>`;
  return (
    `<xmeld:${name} xmlns:xmeld="http://www.osci.de/xmeld2511a" standard="XMeld" version="25.11a" produkt="p" produkthersteller="h" ${attributes}>` +
    `<nachrichtenkopf.g2g><identifikation.nachricht><nachrichtenUUID>3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430</nachrichtenUUID>` +
    `<nachrichtentyp><code>${name.slice(-4)}</code></nachrichtentyp><erstellungszeitpunkt>2026-02-09T10:15:00.000+01:00</erstellungszeitpunkt>` +
    `</identifikation.nachricht>${party('leser', reader)}${party('autor', author)}</nachrichtenkopf.g2g>` +
    `<anschrift.autor><gebaeude><postleitzahl>60000</postleitzahl><strasse>Rathausplatz</strasse><wohnort>S Stadt</wohnort></gebaeude></anschrift.autor>` +
    `${payload}</xmeld:${name}>`
  );
}
