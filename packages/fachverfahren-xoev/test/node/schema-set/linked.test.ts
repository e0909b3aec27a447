import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/message/index.js';
import { openSchemas } from '../../../src/node/schema-set/index.js';

let root = '';
afterEach(() => {
  if (root !== '') rmSync(root, { recursive: true, force: true });
});

/** Writes the files into a folder that is removed after the test. */
async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  root = mkdtempSync(join(tmpdir(), 'linked-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const schema = (namespace: string, body: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" xmlns:t="${namespace}" xmlns:a="urn:a" elementFormDefault="qualified">${body}</xs:schema>`;
const message = (type: string): string =>
  `<xs:element name="m"><xs:complexType><xs:sequence><xs:element name="c" type="${type}"/></xs:sequence></xs:complexType></xs:element>`;
const importA = (location: string): string =>
  `<xs:import namespace="urn:a"${location === '' ? '' : ` schemaLocation="${location}"`}/>`;
const simple = (name: string, pattern: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType>`;
const instance = (text: string): Buffer => Buffer.from(`<m xmlns="urn:m"><c>${text}</c></m>`);

async function verdicts(folder: string, ...texts: readonly string[]): Promise<readonly boolean[]> {
  const schemas = await openSchemas(folder);
  try {
    return texts.map((text) => schemas.validate(instance(text)).schemaValid);
  } finally {
    schemas.close();
  }
}

describe('schemas that draw in others', () => {
  it('may lie in folders and files with any name', async () => {
    const folder = await folderOf({
      'D16B (Teil 1)/Grundlagen & Über#sicht 100%.xsd': schema(
        'urn:m',
        `${importA('../Typen%20+/a ä.xsd')}${message('a:digits')}`,
      ),
      'Typen +/a ä.xsd': schema('urn:a', simple('digits', '[0-9]+')),
    });
    expect(await verdicts(folder, '12', 'x')).toEqual([true, false]);
  });

  it('may import several documents of one namespace: each of them counts', async () => {
    const folder = await folderOf({
      'm.xsd': schema('urn:m', `${importA('a1.xsd')}<xs:include schemaLocation="n.xsd"/>${message('a:one')}`),
      'n.xsd': schema('urn:m', `${importA('a2.xsd')}<xs:element name="n" type="a:two"/>`),
      'a1.xsd': schema('urn:a', simple('one', '1')),
      'a2.xsd': schema('urn:a', simple('two', '2')),
    });
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
    const schemas = await openSchemas(folder);
    expect(schemas.validate(Buffer.from('<n xmlns="urn:m">2</n>')).schemaValid).toBe(true);
    expect(schemas.validate(Buffer.from('<n xmlns="urn:m">1</n>')).schemaValid).toBe(false);
    expect(Object.keys(schemas.describe('urn:m').types)).toEqual(expect.arrayContaining(['a:one', 'a:two']));
  });

  it('may import two copies of the same schema: the first counts', async () => {
    const folder = await folderOf({
      'm.xsd': schema(
        'urn:m',
        `${importA('x/a.xsd')}<xs:include schemaLocation="n.xsd"/>${message('a:one')}`,
      ),
      'n.xsd': schema('urn:m', importA('y/a.xsd')),
      'x/a.xsd': schema('urn:a', simple('one', '1')),
      'y/a.xsd': schema('urn:a', `${simple('one', '2')}${simple('two', '2')}`),
    });
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
  });

  it('begin with those that no other one draws in, from whatever folder', async () => {
    const folder = await folderOf({
      'm.xsd': schema('urn:m', `<xs:include schemaLocation="parts/p.xsd"/>${message('t:p')}`),
      'parts/p.xsd': schema('urn:m', `<xs:include schemaLocation="../shared/s.xsd"/>${simple('p', '1')}`),
      'shared/s.xsd': schema('urn:m', simple('s', '2')),
    });
    const schemas = await openSchemas(folder);
    expect(schemas.setFor('urn:m')?.entries).toEqual(['m.xsd']);
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
  });

  it('may lie in a folder twice', async () => {
    const set = {
      'm.xsd': schema('urn:m', `${importA('types/a.xsd')}${message('a:one')}`),
      'types/a.xsd': schema('urn:a', simple('one', '1')),
    };
    const copies = ['one', 'two/inner'].flatMap((name) =>
      Object.entries(set).map(([path, text]) => [`${name}/${path}`, text] as const),
    );
    expect(await verdicts(await folderOf(Object.fromEntries(copies)), '1', '2')).toEqual([true, false]);
  });

  it('may import by the namespace alone what only one schema of the folder is for', async () => {
    const folder = await folderOf({
      'm.xsd': schema('urn:m', `${importA('')}${message('a:one')}`),
      'types/a.xsd': schema('urn:a', simple('one', '1')),
    });
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
  });

  it('may be found by a catalog that knows namespaces alone', async () => {
    const folder = await folderOf({
      'm.xsd': schema('urn:m', `${importA('http://x.test/other.xsd')}${message('a:one')}`),
      'types/a.xsd': schema('urn:a', simple('one', '1')),
      'catalog.xml':
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="urn:a" uri="types/a.xsd"/></catalog>',
    });
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
  });

  it('that need a namespace which nothing in the folder is for are told so', async () => {
    const folder = await folderOf({ 'm.xsd': schema('urn:m', `${importA('')}${message('a:one')}`) });
    const schemas = await openSchemas(folder);
    expect(() => schemas.validate(instance('1'))).toThrow(
      expect.objectContaining({
        code: 'missing',
        message: 'the schemas use the namespace urn:a, and none is for it',
      }),
    );
  });

  it('may draw in what lies beside their folder, and nothing else of what lies there is read', async () => {
    const folder = await folderOf({
      'sets/m/m.xsd': schema('urn:m', `${importA('../../types/a/a.xsd')}${message('a:one')}`),
      'types/a/a.xsd': schema('urn:a', `<xs:include schemaLocation="b.xsd"/>`),
      'types/a/b.xsd': schema('urn:a', simple('one', '1')),
      'types/a/c.xsd': 'no schema at all',
    });
    expect(await verdicts(join(folder, 'sets/m'), '1', '2')).toEqual([true, false]);
    const schemas = await openSchemas(join(folder, 'sets/m'));
    expect(schemas.namespaces).toEqual(['urn:m']);
  });

  it('that lead above their folder to nothing are refused with the path', async () => {
    const folder = await folderOf({ 'm/m.xsd': schema('urn:m', importA('../a.xsd')) });
    const schemas = await openSchemas(join(folder, 'm'));
    expect(() => schemas.setFor('urn:m')).toThrow(
      expect.objectContaining({ code: 'missing', message: expect.stringContaining('a.xsd') as string }),
    );
  });

  it('take of several files of the same name the nearest, where no catalog says which', async () => {
    const folder = await folderOf({
      'one/m.xsd': schema('urn:m', `${importA('http://x.test/a.xsd')}${message('a:one')}`),
      'one/shared/a.xsd': schema('urn:a', simple('one', '1')),
      'two/shared/a.xsd': schema('urn:a', simple('one', '2')),
    });
    expect(await verdicts(folder, '1', '2')).toEqual([true, false]);
  });

  it('may be in another encoding than UTF-8', async () => {
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${schema('urn:m', simple('u', 'ü') + message('t:u'))}`;
    for (const bytes of [
      Buffer.from(latin, 'latin1'),
      Buffer.from(`\ufeff${latin.replace('ISO-8859-1', 'UTF-16')}`, 'utf16le'),
    ]) {
      const folder = await folderOf({ 'm.xsd': bytes });
      expect(await verdicts(folder, 'ü', 'u')).toEqual([true, false]);
      const schemas = await openSchemas(folder);
      expect(readMessage(schemas.describe('urn:m'), instance('ü')).value).toEqual({ c: 'ü' });
    }
  });

  it('take what a strict wildcard lets stand from the schemas of the folder, and from nowhere else', async () => {
    const any =
      '<xs:any namespace="##other" processContents="strict"/><xs:any namespace="##local" minOccurs="0"/>';
    const folder = await folderOf({
      'm.xsd': schema(
        'urn:m',
        `<xs:element name="m"><xs:complexType><xs:sequence><xs:element name="c"><xs:complexType><xs:sequence>${any}</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
      ),
      'beside/a.xsd': schema('urn:a', '<xs:element name="a" type="xs:int"/>'),
      'beside/none.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:date"/></xs:schema>',
    });
    expect(
      await verdicts(
        folder,
        '<a xmlns="urn:a">1</a>',
        '<a xmlns="urn:a">x</a>',
        '<b xmlns="urn:a">1</b>',
        '<a xmlns="urn:other">1</a>',
        '<a xmlns="urn:a">1</a><n xmlns="">2026-02-09</n>',
        '<a xmlns="urn:a">1</a><n xmlns="">soon</n>',
      ),
    ).toEqual([true, false, false, false, true, false]);
  });

  it.each([
    ['[\\P{L}*]{1,2}', ['#$', '*#'], ['A', 'A*']],
    ['[\\P{Ll}x][\\p{Ll}]*', ['Hello', 'xello'], ['hello']],
    ['[^\\P{Lu}]', ['A'], ['a', '1']],
    ['\\[\\P{L}\\]', ['[1]'], ['[a]']],
    ['[a-z\\d]+', ['a1'], ['A']],
    ['[a-z-[aeiou]]+', ['xyz'], ['abc']],
  ])('may have the pattern %s', async (pattern, good, bad) => {
    const folder = await folderOf({ 'm.xsd': schema('urn:m', simple('p', pattern) + message('t:p')) });
    expect(await verdicts(folder, ...good, ...bad)).toEqual([
      ...good.map(() => true),
      ...bad.map(() => false),
    ]);
  });

  it('may spell what libxml2 would not understand', async () => {
    const folder = await folderOf({
      'm.xsd': schema(
        'urn:m',
        `<xs:element name="m"><xs:complexType><xs:sequence>
          <xs:element name="c" type="xs:int" maxOccurs="99999999999999999999"/></xs:sequence></xs:complexType>
          <xs:key name="k"><xs:selector xpath="child::t:c"/><xs:field xpath="."/></xs:key></xs:element>`,
      ),
    });
    expect(await verdicts(folder, '1', '1</c><c>2', '1</c><c>1')).toEqual([true, true, false]);
  });
});
