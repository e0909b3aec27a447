import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  XMELD_25_11A,
  type OnlinediensteAnmeldungBestaetigungscode1706,
  type OnlinediensteIdentifikation,
} from '../../../src/generated/xmeld-25.11a/index.js';
import { generateCode, subsetOf } from '../../../src/schema/index.js';
import { sampleMessage } from '../../support/sample-message.js';
import { messagesIn, withoutData, XMELD, xoevSchemas } from '../../support/xoev-data.js';

const SOURCE = fileURLToPath(new URL('../../../src/', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../../../../../', import.meta.url));

/** The messages that have builders. */
const BUILT =
  '0006 0010 0201 0300 0301 0430 1330 1331 1332 1333 1500 1501 1700 1701 1704 1705 1706 1707 1708 1709 1710'.split(
    ' ',
  );

const ROOT = 'xmeld:onlinedienste.anmeldung.bestaetigungscode.1706';
const SAMPLE = sampleMessage(XMELD_25_11A.descriptor, ROOT, { whole: false, branch: 0 });
const KONTAKT = { kanal: { '@listVersionID': '3', code: '01' }, kennung: 'portal@example.test' };
const VERZEICHNIS = { '@listVersionID': '3', code: 'DVDV' };

const BESTAETIGUNG: OnlinediensteAnmeldungBestaetigungscode1706 = {
  '@produkt': 'Test',
  '@produkthersteller': 'Test',
  'nachrichtenkopf.g2g': {
    'identifikation.nachricht': {
      nachrichtenUUID: '0f9a3a9e-6f3b-4b57-9d0a-0d8a3c1b2e4f',
      nachrichtentyp: { code: '1706' },
      erstellungszeitpunkt: '2026-02-09T10:15:00.000+01:00',
    },
    leser: { verzeichnisdienst: VERZEICHNIS, kennung: 'ags:09000009', name: 'S Stadt' },
    autor: {
      verzeichnisdienst: VERZEICHNIS,
      kennung: 'mbp:000000000000',
      name: 'Portal',
      erreichbarkeit: [KONTAKT],
    },
  },
  'anschrift.autor': { gebaeude: { postleitzahl: '60000', strasse: 'Rathausweg', wohnort: 'S Stadt' } },
  identifikation: SAMPLE['identifikation'] as unknown as OnlinediensteIdentifikation,
  code: '123456',
};

/** What the compiler says about a file under the strict settings of this repository. */
function complaintsAbout(file: string): readonly string[] {
  const base = ts.readConfigFile(join(REPOSITORY, 'tsconfig.base.json'), (path) =>
    readFileSync(path, 'utf8'),
  );
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, REPOSITORY);
  const program = ts.createProgram([file], {
    ...options,
    noEmit: true,
    composite: false,
    emitDeclarationOnly: false,
    declaration: false,
    declarationMap: false,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file: at, start }) => {
    const line = at === undefined ? 0 : at.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${at?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

describe.skipIf(withoutData)('code generated from the schemas of OSCI-XMeld 25.11a', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'generated-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('for the messages that have builders is the code that is checked in, byte for byte', async () => {
    const descriptor = (await xoevSchemas()).describe(XMELD);
    const roots = Object.keys(descriptor.roots).filter((name) =>
      BUILT.some((code) => name.endsWith(`.${code}`)),
    );
    expect(roots.length).toBe(BUILT.length);
    const files = generateCode(subsetOf(descriptor, roots), { messageModule: '../../message/index.js' });
    for (const { name, text } of files) {
      expect(text, name).toBe(readFileSync(join(SOURCE, 'generated/xmeld-25.11a', name), 'utf8'));
    }
  });

  it('for all 138 messages and the Rückweisung compiles under our strict settings', async () => {
    const descriptor = (await xoevSchemas()).describe(XMELD);
    const messages = Object.keys(descriptor.roots).filter((name) => name.startsWith('xmeld:'));
    expect(messages.length).toBe(138);
    for (const { name, text } of generateCode(descriptor)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    expect(complaintsAbout(join(folder, 'index.ts'))).toEqual([]);
  }, 120_000);

  it('holds no text of the schemas and no label of a list', async () => {
    const schemas = await xoevSchemas();
    const texts = messagesIn('xmeld-25.11a').flatMap(({ bytes }) =>
      [
        ...Buffer.from(bytes)
          .toString()
          .matchAll(/<xs:documentation>([^<]{20,})/g),
      ].map(([, text = '']) => text.slice(0, 40)),
    );
    expect(texts.length).toBeGreaterThan(1000);
    const code = generateCode(schemas.describe(XMELD))
      .map(({ text }) => text)
      .join('\n');
    expect(texts.filter((text) => code.includes(text))).toEqual([]);
  });

  it('names standard, version, publisher and the hash of the set at its head', () => {
    const head = readFileSync(join(SOURCE, 'generated/xmeld-25.11a/index.ts'), 'utf8')
      .split('\n')
      .slice(0, 3)
      .join('\n');
    expect(head).toMatch(
      /Standard: XMeld\. Version: 25\.11a\. Publisher: .*KoSIT.*\n.*SHA-256 of the schema set: [0-9a-f]{64}/,
    );
  });
});

describe('the generated messages', () => {
  it('are read with their types: the name of the root tells which', () => {
    const message = XMELD_25_11A.write(ROOT, BESTAETIGUNG);
    const read = XMELD_25_11A.read(message);
    if (read.root !== ROOT) throw new Error('another message');
    expect(read.value['nachrichtenkopf.g2g'].autor.kennung).toBe('mbp:000000000000');
    expect(read.value).toEqual({ ...BESTAETIGUNG, '@standard': 'XMeld', '@version': '25.11a' });
  });
});
