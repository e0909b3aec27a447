import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeLists } from '../../src/codelists/index.js';
import { codeLists, readGenericode } from '../../src/codelists/index.js';
import type { MessageElement } from '../../src/message/index.js';
import { elementsOf, readMessageTree } from '../../src/message/index.js';
import { checkMessage, MAX_FINDINGS } from '../../src/rules/index.js';
import { withoutSchemas, XOEV_DATA } from '../xmeld/schema.js';
import { LISTS, NOW } from './support.js';

const NAMES = [
  ...[
    'x.0430',
    'a.b.0010',
    'a.b.0301',
    'a.b.1704',
    'a.b.0067',
    'nachrichtenkopf.g2g',
    'identifikation.nachricht',
  ],
  ...[
    'nachrichtenUUID',
    'nachrichtentyp',
    'code',
    'name',
    'kennung',
    'leser',
    'autor',
    'bzranfrage',
    'anfrageart',
  ],
  ...[
    'identifikation.person',
    'geburt',
    'geburtsdatum',
    'teilbekanntesDatum',
    'jahrMonatTag',
    'sterbetag',
    'staat',
  ],
  ...[
    'ausland',
    'anschriftzone',
    'zeile.anschrift',
    'zeilennummer',
    'inhalt',
    'postleitzahl',
    'strasse',
    'wohnort',
  ],
  ...[
    'rueckweisung',
    'nachricht',
    'idNachricht',
    'rueckweisungsgrund',
    'grund',
    'idNr',
    'seriennummer',
    'doktorgrad',
  ],
  ...[
    'identifikation.ereignis',
    'ereignis.zeichen',
    'ereignis.zeitpunkt',
    'erstellungszeitpunkt',
    'gemeindeschluessel',
  ],
  ...[
    'empfaengeranschrift',
    'behoerde',
    'verwendung.ausland',
    '__proto__',
    'constructor',
    'vorher',
    'nachher',
  ],
];
const TEXTS = [
  '',
  ' ',
  '0430',
  'NB',
  'PB',
  '000',
  '2026-02-29',
  '1999-13',
  '02476291358',
  'QQQ',
  'a\tb',
  '😀',
  '\ud800',
  '4',
  '\u0000',
];

const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: character, maxLength: 12 }));
const { tree } = fc.letrec<{ tree: MessageElement }>((tie) => ({
  tree: fc
    .record({
      local: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: text }),
      text,
      attribute: fc.tuple(fc.constantFrom('listURI', 'listVersionID', 'test', 'version', 'standard'), text),
      children: fc.oneof({ maxDepth: 6 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 6 })),
    })
    .map(({ local, text: own, attribute: [name, value], children }) => ({
      namespace: '',
      local,
      prefix: '',
      attributes: [{ namespace: '', local: name, prefix: '', value }],
      declarations: [],
      children,
      content: children,
      text: own,
      line: 1,
      path: `/${local}`,
    })),
}));

describe('any tree', { timeout: 30_000 }, () => {
  it('gives findings and throws nothing', () => {
    const root = fc
      .tuple(fc.constantFrom(...NAMES.slice(0, 5)), tree)
      .map(([local, element]) => ({ ...element, local }));
    fc.assert(
      fc.property(root, fc.boolean(), (element, production) => {
        for (const { code, line, path, message, messageDe } of checkMessage(element, {
          now: NOW,
          lists: LISTS,
          production,
        })) {
          expect(code).toMatch(/^[STVX]\d{3}$/);
          expect([line > 0, path !== '', message !== '', messageDe !== '']).toEqual([true, true, true, true]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives a bounded number of findings', () => {
    const bad = '<geburtsort>ω</geburtsort>'.repeat(MAX_FINDINGS + 1);
    const root = readMessageTree(new TextEncoder().encode(`<a.0003>${bad}</a.0003>`));
    expect(checkMessage(root, { now: NOW }).length).toBe(MAX_FINDINGS);
  });
});

describe.skipIf(withoutSchemas)('messages of others', { timeout: 60_000 }, () => {
  const folder = (name: string): readonly string[] =>
    withoutSchemas ? [] : readdirSync(join(XOEV_DATA, name)).map((file) => join(XOEV_DATA, name, file));
  const treeOf = (file: string): MessageElement => readMessageTree(readFileSync(file));
  const installed = (): CodeLists =>
    codeLists(
      folder('codelists')
        .filter((file) => /\/(?:AGS|Bundesland|DESTATIS)[^/]*\.xml/.test(file))
        .map((file) => {
          const bytes = readFileSync(file);
          return readGenericode(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
        }),
    );

  const errorsIn = (name: string, lists?: CodeLists): readonly string[] =>
    folder(name).flatMap((file) =>
      checkMessage(treeOf(file), { now: NOW, ...(lists === undefined ? {} : { lists }) })
        .filter(({ severity }) => severity === 'error')
        .map(
          ({ code, path }) => `${basename(file).slice(-13)} ${code} ${path.split('/').slice(-2).join('/')}`,
        ),
    );

  const lists = installed();

  it('that are official have no errors but the nonsense for a municipality in the tenth', () => {
    const nonsense = ['010a-1330.xml S011 gemeindeschluessel/code'];
    expect(errorsIn('messages/reference')).toEqual(nonsense);
    expect(errorsIn('messages/reference', lists)).toEqual(nonsense);
  });

  it('that are of a test environment and do not say so name a municipality that does not exist', () => {
    expect(errorsIn('messages/pairs')).toEqual([]);
    expect(errorsIn('messages/pairs', lists)).toEqual(['uest-1330.xml S011 gemeindeschluessel/code']);
  });

  it('that were generated give findings for what the generator made up, each at an element of the message', () => {
    for (const file of [...folder('generated/min'), ...folder('generated/max')]) {
      const root = treeOf(file);
      const paths = new Set([...elementsOf(root)].map(({ path }) => path));
      const findings = checkMessage(root, { now: NOW, lists: LISTS });
      expect(findings.filter(({ path }) => !paths.has(path))).toEqual([]);
      const isOurs = file.includes('0010');
      // The generator names the first message type everywhere.
      const aboutType = findings.some(
        ({ code, message }) => code === 'S999' && message.includes('message type'),
      );
      expect(aboutType).toBe(!isOurs && !file.includes('.0001'));
    }
  });
});
