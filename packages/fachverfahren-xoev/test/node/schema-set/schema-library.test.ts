import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xmlRegisterInputProvider } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSchemas, validityOn } from '../../../src/node/schema-set/index.js';
import { messagesIn, mutants, withoutData, XMELD, XOEV_DATA, xoevSchemas } from '../../support/xoev-data.js';

describe.skipIf(withoutData)('the schemas of OSCI-XMeld 25.11a', () => {
  it.each(['messages/reference', 'messages/pairs', 'generated/min', 'generated/max'])(
    'find nothing in %s',
    async (folder) => {
      const schemas = await xoevSchemas();
      for (const { name, bytes } of messagesIn(folder))
        expect(schemas.validate(bytes).findings, name).toEqual([]);
    },
  );

  it('find what is wrong in faulty messages, with line and location path', async () => {
    const schemas = await xoevSchemas();
    for (const { name, bytes } of messagesIn('messages/faulty')) {
      const { schemaValid, findings } = schemas.validate(bytes);
      expect(schemaValid, name).toBe(false);
      for (const finding of findings) {
        expect(finding).toMatchObject({ source: 'schema', severity: 'error', code: 'X001' });
        expect(finding.line).toBeGreaterThan(1);
        expect(finding.path).toMatch(/^\/xmeld:/);
      }
    }
  });

  it('judge every mutant as xmllint does, and the first fault on the same line', async () => {
    const schemas = await xoevSchemas();
    const all = mutants();
    expect(all.length).toBe(276);
    for (const { name, bytes, valid, line } of all) {
      const { schemaValid, findings } = schemas.validate(bytes);
      expect({ name, valid: schemaValid, line: findings[0]?.line }).toEqual({
        name,
        valid,
        line: valid ? undefined : line,
      });
    }
  });

  it('never quote a value: it may be of a person', async () => {
    const schemas = await xoevSchemas();
    const [message] = messagesIn('messages/reference');
    const text = Buffer.from(message?.bytes ?? []).toString();
    const marked = text
      .replace(/(<kennung>)[^<]*/g, '$1Geheimnis Ж')
      .replace(/(<code>)[^<]*/g, '$1 Geheim</code><code>Geheim');
    const { findings } = schemas.validate(Buffer.from(marked));
    expect(findings.length).toBeGreaterThan(5);
    expect(JSON.stringify(findings)).not.toMatch(/Geheim|Ж/);
  });

  it('serve XInneres as well: the namespace of the root element chooses', async () => {
    const schemas = await xoevSchemas();
    const file = readFileSync(join(XOEV_DATA, 'generated/max/rueckweisung.asynchron.0010.xml'));
    const { schemaValid, set } = schemas.validate(file);
    expect(schemaValid).toBe(true);
    expect(set?.entries).toEqual(['xinneres-25.11/xinneres-rueckweisung.xsd']);
  });

  it('are valid for six months: the calendar of Germany decides', async () => {
    const set = (await xoevSchemas()).setFor(XMELD);
    expect(set).toMatchObject({
      version: '25.11a',
      validity: { validFrom: '2025-11-01', validBefore: '2026-05-01' },
    });
    const on = (moment: string): string => validityOn(set?.validity ?? {}, new Date(moment));
    expect(on('2025-10-31T22:59:59Z')).toBe('not-yet');
    expect(on('2025-10-31T23:00:00Z')).toBe('in-force');
    expect(on('2026-04-30T21:59:59Z')).toBe('in-force');
    expect(on('2026-04-30T22:00:00Z')).toBe('expired');
  });

  it.each([
    ['V000', 'another version', '<a:b xmlns:a="http://www.osci.de/xmeld2605"/>'],
    ['X001', 'a root that is no message', `<a:b xmlns:a="${XMELD}"/>`],
    ['X000', 'an end before the end', `<a:b xmlns:a="${XMELD}">`],
    ['X000', 'an end before the end in an unknown namespace', '<a:b xmlns:a="urn:a2"><c></a:b>'],
    ['X000', 'nothing', ''],
    ['X000', 'a prefix that nobody declared', `<a:b xmlns:a="${XMELD}"><c:d/></a:b>`],
    ['X000', 'a name with two colons', `<a:b xmlns:a="${XMELD}"><a:c:d/></a:b>`],
    ['X001', 'a namespace that is no URI', `<a:b xmlns:a="${XMELD}" xmlns:c="%"/>`],
    ['S001', 'another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ])('tell %s for %s', async (code, _, xml) => {
    const { schemaValid, findings } = (await xoevSchemas()).validate(Buffer.from(xml));
    expect(schemaValid).toBe(false);
    expect(findings[0]?.code).toBe(code);
  });

  it('tell a bounded number of faults of a message that is all faults, in bounded time', async () => {
    const schemas = await xoevSchemas();
    const [message] = messagesIn('messages/reference');
    const text = Buffer.from(message?.bytes ?? []).toString();
    const [reach = ''] = /<erreichbarkeit>[\s\S]*?<\/erreichbarkeit>/.exec(text) ?? [];
    const hostile = text.replace(reach, reach.replace(/(<kennung>)/, '$1Ж').repeat(20_000));
    const begun = process.cpuUsage();
    const { findings } = schemas.validate(Buffer.from(hostile));
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(5);
    expect(findings.length).toBe(501);
    expect(findings.at(-1)?.message).toMatch(/^and \d+ more faults$/);
  }, 60_000);
});

describe.skipIf(withoutData)('a folder of schemas', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'schemas-'));
    for (const name of ['xmeld-25.11a', 'xinneres-25.11', 'shared-xsd']) {
      const source = join(XOEV_DATA, name);
      await mkdir(join(folder, name));
      for (const file of await readdir(source)) await cp(join(source, file), join(folder, name, file));
    }
    await writeFile(join(folder, 'catalog.xml'), readFileSync(join(XOEV_DATA, 'catalog.xml')));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('may be named itself when the catalog lies above it', async () => {
    const schemas = await openSchemas(join(folder, 'xmeld-25.11a'));
    expect(schemas.namespaces).toEqual([XMELD]);
    const set = schemas.setFor(XMELD);
    expect(set?.entries).toEqual(['xmeld-25.11a/xinneres.xmeld.xsd']);
    expect(set?.sha256).toBe((await xoevSchemas()).setFor(XMELD)?.sha256);
    schemas.close();
  });

  it('that lacks a file is refused with the addresses that lead nowhere, however deep, before anything is compiled', async () => {
    const file = join(folder, 'xinneres-25.11/xinneres-datum.xsd');
    const bytes = readFileSync(file);
    await rm(file);
    const schemas = await openSchemas(folder);
    expect(() => schemas.setFor(XMELD)).toThrow(
      expect.objectContaining({
        code: 'missing',
        message:
          'the schemas refer to what is not in the folder: http://www.osci.de/xinneres/datum/2/xinneres-datum.xsd',
      }),
    );
    await writeFile(file, bytes);
  });

  it('without its catalog is refused with every address on the network', async () => {
    const alone = join(folder, 'alone');
    await mkdir(alone);
    for (const file of await readdir(join(folder, 'xmeld-25.11a'))) {
      await cp(join(folder, 'xmeld-25.11a', file), join(alone, file));
    }
    await rm(join(folder, 'catalog.xml'));
    const schemas = await openSchemas(alone);
    expect(() => schemas.setFor(XMELD)).toThrow(
      expect.objectContaining({
        code: 'missing',
        message: expect.stringMatching(/http:\/\/xoev\.de\/.*https:\/\/xoev\.de\//) as string,
      }),
    );
  });

  it('that is not there is told', async () => {
    await expect(openSchemas(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'missing' });
  });
});

describe('a message that names a schema of its own', () => {
  it('draws in nothing: no file that lies there is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'own-'));
    const asked: string[] = [];
    try {
      const any = '<xs:any namespace="##any" processContents="lax"/>';
      await writeFile(
        join(folder, 'm.xsd'),
        `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:m"><xs:element name="m"><xs:complexType><xs:sequence>${any}</xs:sequence></xs:complexType></xs:element></xs:schema>`,
      );
      xmlRegisterInputProvider({
        match: (address) => asked.push(address) > 0,
        open: () => undefined,
        read: () => -1,
        close: () => true,
      });
      const schemas = await openSchemas(folder);
      const xml = `<m:m xmlns:m="urn:m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x file://${folder}/x.xsd"><x:x xmlns:x="urn:x"/></m:m>`;
      expect(schemas.validate(Buffer.from(xml)).findings).toEqual([]);
      expect(asked).toEqual([]);
      schemas.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('two versions side by side', () => {
  let folder = '';
  const schema = (namespace: string, type: string): string =>
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}"><xs:element name="m" type="xs:${type}"/></xs:schema>`;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'versions-'));
    await writeFile(join(folder, 'one.xsd'), schema('urn:v1', 'integer'));
    await writeFile(join(folder, 'two.xsd'), schema('urn:v2', 'date'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are each judged by their own schema', async () => {
    const schemas = await openSchemas(folder);
    const verdict = (namespace: string, text: string): boolean =>
      schemas.validate(Buffer.from(`<v:m xmlns:v="${namespace}">${text}</v:m>`)).schemaValid;
    expect([verdict('urn:v1', '12'), verdict('urn:v2', '12')]).toEqual([true, false]);
    expect([verdict('urn:v1', '2026-02-09'), verdict('urn:v2', '2026-02-09')]).toEqual([false, true]);
    schemas.close();
  });
});
