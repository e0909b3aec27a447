import { nameOf, Parser, PdfFile, Ref, type Dict, type Value } from './pdf-reader.js';

const TEXT_OPERATORS = new Set([
  'Tj',
  'TJ',
  'Do',
  'f',
  'S',
  'B',
  "'",
  '"',
  'sh',
  'F',
  's',
  'b',
  'f*',
  'B*',
  'b*',
]);
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  Table: ['TR'],
  TR: ['TH', 'TD'],
  L: ['LI'],
  LI: ['LBody', 'Lbl'],
};

/** What a file lacks of the objects that print.md 1.3 lists for PDF/A-3a and PDF/UA-1; empty when nothing. */
export function structureFaults(bytes: Uint8Array, edit?: (dictionaries: string) => string): string[] {
  const file = new PdfFile(bytes, edit);
  const root = file.dict(file.trailer.get('Root'));
  return [
    ...catalogFaults(file, root),
    ...xmpFaults(new TextDecoder().decode(file.stream(root.get('Metadata')))),
    ...fontFaults(file),
    ...treeFaults(file, root),
    ...widgetFaults(file, root),
  ];
}

function unless(condition: boolean, fault: string): string[] {
  return condition ? [] : [fault];
}

function catalogFaults(file: PdfFile, root: Dict): string[] {
  const intent = file.dict(file.list(root.get('OutputIntents'))[0]);
  return [
    ...unless(root.get('Lang') === 'de-DE', 'catalog: no language'),
    ...unless(file.dict(root.get('MarkInfo')).get('Marked') === true, 'catalog: not marked'),
    ...unless(
      file.dict(root.get('ViewerPreferences')).get('DisplayDocTitle') === true,
      'catalog: title not displayed',
    ),
    ...unless(
      nameOf(intent.get('S')) === 'GTS_PDFA1' && file.stream(intent.get('DestOutputProfile')).length > 0,
      'no output intent',
    ),
    ...unless(file.list(file.trailer.get('ID')).length === 2, 'trailer: no ID'),
    ...unless(
      typeof file.resolve(file.dict(file.trailer.get('Info')).get('Title')) === 'string',
      'info: no title',
    ),
    ...unless(
      !root.has('AcroForm') || !file.dict(root.get('AcroForm')).has('NeedAppearances'),
      'NeedAppearances',
    ),
  ];
}

function xmpFaults(xmp: string): string[] {
  return [
    ['part 3', /<pdfaid:part>3<\/pdfaid:part>/u],
    ['conformance A', /<pdfaid:conformance>A<\/pdfaid:conformance>/u],
    ['PDF/UA part 1', /<pdfuaid:part>1<\/pdfuaid:part>/u],
    ['extension schema', /<pdfaSchema:prefix>pdfuaid<\/pdfaSchema:prefix>/u],
    ['title', /<dc:title>\s*<rdf:Alt>\s*<rdf:li xml:lang="x-default">[^<]+<\/rdf:li>/u],
  ].flatMap(([name, pattern]) => unless(new RegExp(pattern ?? '', 'u').test(xmp), `XMP: no ${String(name)}`));
}

function fontFaults(file: PdfFile): string[] {
  return file.ofType('Font').flatMap((font) => {
    if (nameOf(font.get('Subtype')) === 'Type0')
      return unless(font.get('ToUnicode') instanceof Ref, 'font without ToUnicode');
    const descriptor = font.get('FontDescriptor');
    if (!(descriptor instanceof Ref)) return ['font without descriptor'];
    const data = file.dict(descriptor);
    return [
      ...unless(data.has('FontFile2') || data.has('FontFile3'), 'font not embedded'),
      ...unless(!data.has('CIDSet'), 'CIDSet'),
    ];
  });
}

/** What a field lacks by ISO 19005-3, 6.3.3 and 6.4.1, and ISO 14289-1, 7.18.1 and 7.18.4. */
function widgetFaults(file: PdfFile, root: Dict): string[] {
  const parents = parentTree(file, file.dict(root.get('StructTreeRoot')));
  const pages = file.list(file.dict(root.get('Pages')).get('Kids')).map((page) => file.dict(page));
  return pages
    .flatMap((page) => file.list(page.get('Annots')))
    .flatMap((reference) => {
      const widget = file.dict(reference);
      const type = nameOf(fieldValue(file, widget, 'FT')) ?? 'no type';
      const fault = (condition: boolean, what: string): string[] => unless(condition, `${type}: ${what}`);
      const shown = widget.has('AP') ? file.dict(widget.get('AP')) : new Map<string, Value>();
      const element = parents.get(widget.get('StructParent') ?? null)?.[0];
      const form = file.dict(element ?? new Map<string, Value>());
      const kids = file.list(form.get('K'));
      const [only] = kids;
      return [
        ...fault(nameOf(widget.get('Subtype')) === 'Widget', 'no widget'),
        ...fault([...shown.keys()].join() === 'N', 'other appearances than the normal one'),
        ...fault(type !== 'Btn' || nameOf(widget.get('AS')) !== undefined, 'a box without a state'),
        ...fault(typeof widget.get('TU') === 'string', 'no tool tip'),
        ...fault(widget.get('F') === 4, 'not printed'),
        ...fault(!widget.has('A') && !widget.has('AA'), 'an action'),
        ...fault(nameOf(form.get('S')) === 'Form', 'not in a Form element'),
        ...fault(
          kids.length === 1 &&
            only instanceof Map &&
            nameOf(only.get('Type')) === 'OBJR' &&
            sameObject(only.get('Obj'), reference),
          'its Form element holds not exactly the widget',
        ),
      ];
    });
}

/** A value of a field that its parents can hold for it (ISO 32000-1, 12.7.3.1). */
function fieldValue(file: PdfFile, field: Dict, key: string): Value | undefined {
  const value = field.get(key);
  return value === undefined && field.has('Parent')
    ? fieldValue(file, file.dict(field.get('Parent')), key)
    : value;
}

function sameObject(a: Value | undefined, b: Value | undefined): boolean {
  return a instanceof Ref && b instanceof Ref && a.id === b.id;
}

interface TreeWalk {
  readonly reached: Map<number, Set<number>>;
  readonly faults: string[];
}

function treeFaults(file: PdfFile, root: Dict): string[] {
  const walk: TreeWalk = { reached: new Map(), faults: [] };
  const tree = file.dict(root.get('StructTreeRoot'));
  for (const child of file.list(tree.get('K'))) walkElement(file, child, walk, undefined);
  const pages = file.list(file.dict(root.get('Pages')).get('Kids'));
  const parents = parentTree(file, tree);
  return [...walk.faults, ...pages.flatMap((page) => pageFaults(file, page, walk, parents))];
}

/** Key of each page in the parent tree (`/Nums`) with its array of elements. */
function parentTree(file: PdfFile, tree: Dict): Map<Value, Value[]> {
  const nums = file.list(file.dict(tree.get('ParentTree')).get('Nums'));
  const pairs: [Value, Value[]][] = [];
  for (let at = 0; at + 1 < nums.length; at += 2) pairs.push([nums[at] ?? null, file.list(nums[at + 1])]);
  return new Map(pairs);
}

function walkElement(file: PdfFile, value: Value, walk: TreeWalk, parent: string | undefined): void {
  const element = file.dict(value);
  const role = nameOf(element.get('S')) ?? '';
  const allowed = parent === undefined ? undefined : CHILDREN[parent];
  if (allowed !== undefined && !allowed.includes(role)) walk.faults.push(`${role} under ${parent ?? ''}`);
  if (role === 'Figure' && typeof element.get('Alt') !== 'string') walk.faults.push('Figure without Alt');
  if (role === 'TH' && nameOf(file.dict(element.get('A')).get('Scope')) === undefined)
    walk.faults.push('TH without Scope');
  for (const kid of file.list(element.get('K'))) {
    if (kid instanceof Map && nameOf(kid.get('Type')) === 'OBJR') continue;
    if (typeof kid === 'number') reach(walk, element.get('Pg'), kid);
    else if (kid instanceof Map && nameOf(kid.get('Type')) === 'MCR')
      reach(walk, kid.get('Pg'), Number(kid.get('MCID')));
    else walkElement(file, kid, walk, role);
  }
}

function reach(walk: TreeWalk, page: Value | undefined, mcid: number): void {
  if (!(page instanceof Ref)) {
    walk.faults.push(`MCID ${mcid} without a page`);
    return;
  }
  const reached = walk.reached.get(page.id) ?? new Set<number>();
  if (reached.has(mcid)) walk.faults.push(`MCID ${mcid} reached twice`);
  walk.reached.set(page.id, reached.add(mcid));
}

function pageFaults(file: PdfFile, pageRef: Value, walk: TreeWalk, parents: Map<Value, Value[]>): string[] {
  if (!(pageRef instanceof Ref)) return ['page is no reference'];
  const page = file.dict(pageRef);
  const faults = unless(nameOf(page.get('Tabs')) === 'S', 'page: tab order is not the structure');
  const content = Buffer.from(file.stream(page.get('Contents')))
    .toString('latin1')
    .replaceAll(/<<[^<>]*>>/gu, (properties) => properties.replaceAll('\n', ' '));
  const seen = new Set<number>();
  let depth = 0;
  for (const line of content.split('\n')) {
    const operator = line.trim().split(' ').at(-1) ?? '';
    if (operator === 'BDC' || operator === 'BMC') {
      if (++depth > 1 && !line.startsWith('/Span')) faults.push('nested marked content');
      const mcid = /^\/\S+ (<<[\s\S]*>>) BDC$/u.exec(line)?.[1];
      const properties = mcid === undefined ? undefined : new Parser(mcid).value();
      const id = properties instanceof Map ? properties.get('MCID') : undefined;
      if (typeof id === 'number') seen.add(id);
    } else if (operator === 'EMC') depth--;
    else if (depth === 0 && TEXT_OPERATORS.has(operator))
      faults.push(`painted outside marked content: ${operator}`);
  }
  const reached = walk.reached.get(pageRef.id) ?? new Set<number>();
  faults.push(...unless(depth === 0, 'marked content left open'));
  faults.push(...[...seen].filter((id) => !reached.has(id)).map((id) => `MCID ${id} is not in the tree`));
  faults.push(...[...reached].filter((id) => !seen.has(id)).map((id) => `MCID ${id} is not on the page`));
  const array = parents.get(page.get('StructParents') ?? null) ?? [];
  faults.push(
    ...unless(
      array.length === seen.size && array.every((item) => item instanceof Ref),
      'parent tree does not list every MCID',
    ),
  );
  return faults;
}
