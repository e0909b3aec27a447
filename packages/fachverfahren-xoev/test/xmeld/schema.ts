import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XmlBufferInputProvider, XmlDocument, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm';

/** Official schemas as an integrator holds them; not part of this repository. */
export const XOEV_DATA = fileURLToPath(new URL('../../../../../shared/data/xoev/', import.meta.url));

/** Why schema tests are skipped, or `false`. */
export const withoutSchemas = !existsSync(join(XOEV_DATA, 'catalog.xml'));
if (withoutSchemas) console.warn('schema tests skipped: ../shared/data/xoev is not there');

/** Compiles OSCI-XMeld 25.11a once; every address the schemas import is mapped to a file, none is loaded from a network. */
export function schemaValidator(): (xml: Uint8Array) => readonly string[] {
  const files: Record<string, Uint8Array> = {};
  const catalog = readFileSync(join(XOEV_DATA, 'catalog.xml'), 'utf8');
  for (const [, name = '', file = ''] of catalog.matchAll(/<uri name="([^"]+)" uri="([^"]+)"/g)) {
    files[name] = readFileSync(join(XOEV_DATA, file));
  }
  const folder = join(XOEV_DATA, 'xmeld-25.11a');
  for (const name of readdirSync(folder)) {
    for (const prefix of ['http://www.osci.de/xmeld2511a/', 'xmeld-25.11a/']) {
      files[`${prefix}${basename(name)}`] = readFileSync(join(folder, name));
    }
  }
  xmlRegisterInputProvider(new XmlBufferInputProvider(files));
  const entry = XmlDocument.fromBuffer(readFileSync(join(folder, 'xinneres.xmeld.xsd')), {
    url: 'http://www.osci.de/xmeld2511a/xinneres.xmeld.xsd',
  });
  const validator = XsdValidator.fromDoc(entry);
  return (xml) => {
    const document = XmlDocument.fromBuffer(xml);
    try {
      validator.validate(document);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    } finally {
      document.dispose();
    }
  };
}
