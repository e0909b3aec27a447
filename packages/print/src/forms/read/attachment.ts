import type { PdfFile } from './pdf-file.js';
import type { PdfValue } from './pdf-syntax.js';
import { pdfText } from './pdf-text.js';

const MAX_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 64;

/** The JSON data attached under this name, nothing where there are none or they are not readable. */
export async function readAttachment(file: PdfFile, name: string): Promise<unknown> {
  for (const specification of attachedFiles(file).slice(0, MAX_FILES)) {
    const dict = file.dict(specification);
    if (nameOf(file, dict.get('UF')) !== name && nameOf(file, dict.get('F')) !== name) continue;
    const content = await file.stream(file.dict(dict.get('EF')).get('F'));
    if (content === undefined || content.length > MAX_BYTES) return undefined;
    return parsed(content);
  }
  return undefined;
}

/** Names of the attached JSON files, without their ending. */
export function attachedNames(file: PdfFile): readonly string[] {
  return attachedFiles(file)
    .slice(0, MAX_FILES)
    .flatMap((specification) => nameOf(file, file.dict(specification).get('UF')) ?? [])
    .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
}

/** File specifications associated with the document, and those that only the tree of names has: some writers drop the one, some the other. */
function attachedFiles(file: PdfFile): readonly PdfValue[] {
  const tree = file.dict(file.dict(file.root.get('Names')).get('EmbeddedFiles'));
  const leaves = [
    tree,
    ...file
      .list(tree.get('Kids'))
      .slice(0, MAX_FILES)
      .map((kid) => file.dict(kid)),
  ];
  const named = leaves.flatMap((leaf) => file.list(leaf.get('Names')).filter((_, index) => index % 2 === 1));
  return [...file.list(file.root.get('AF')), ...named];
}

function nameOf(file: PdfFile, value: PdfValue | undefined): string | undefined {
  const bytes = file.resolve(value);
  return bytes instanceof Uint8Array ? pdfText(bytes) : undefined;
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return undefined; // an attachment that somebody else put there
  }
}
