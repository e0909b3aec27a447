import type { SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { germanLabel } from './german-label.js';
import { germanValue } from './german-value.js';
import { modelOf, XSI, type Model } from './model.js';
import type { PlannedElement, PlannedParticle } from './plan.js';
import { attributeOf, childOf, type MessageElement } from './tree.js';

/** A line of a message for people to read. */
export interface SheetLine {
  /** How far the line is indented. */
  readonly level: number;
  readonly label: string;
  /** The value; left out on the heading of a group. */
  readonly text?: string;
}

/** What makes a sheet easier to read. */
export interface SheetOptions {
  /** The meaning of a code in a list by its Kennung and version; `undefined` where the list is not at hand. */
  readonly labelOf?: (kennung: string, version: string | undefined, code: string) => string | undefined;
}

/**
 * A message as lines in German: labels made of the names of its elements, dates and truth values as they are spoken, codes
 * with their meaning, files by their size. A message that is not valid is shown as well; what the descriptor does not know
 * is shown as text.
 */
export function messageSheet(
  descriptor: SchemaDescriptor,
  root: MessageElement,
  options: SheetOptions = {},
): readonly SheetLine[] {
  const model = modelOf(descriptor);
  const lines: SheetLine[] = [];
  const name = model.nameOf(root);
  const type = Object.hasOwn(descriptor.roots, name) ? descriptor.roots[name] : undefined;
  new Sheet(model, options, lines).element(root, type, 0);
  const [first, ...rest] = lines;
  const title = TITLES[root.local.slice(root.local.lastIndexOf('.') + 1)];
  return first === undefined || title === undefined
    ? lines
    : [{ ...first, label: `${title} (${root.local})` }, ...rest];
}

/** What the messages that have builders are called here, by their number. */
const TITLES: Readonly<Record<string, string>> = {
  '0006': 'Fortschreibung: Dokument eingetragen',
  '0010': 'Rückweisung einer Nachricht',
  '0201': 'Rückmeldung: Anmeldung aus dem Inland',
  '0300': 'Anforderung des vorausgefüllten Meldescheins',
  '0301': 'Daten für den vorausgefüllten Meldeschein',
  '0430': 'Antrag auf ein Führungszeugnis',
  '1330': 'Suche nach einer Person',
  '1331': 'Antwort auf die Suche nach einer Person',
  '1332': 'Freie Suche',
  '1333': 'Antwort auf die freie Suche',
  '1500': 'Hinweis auf unrichtige Meldedaten',
  '1501': 'Antwort auf einen Hinweis',
  '1700': 'Antrag auf eine Meldebescheinigung',
  '1701': 'Meldebescheinigung',
  '1704': 'Elektronische Anmeldung: Meldeschein',
  '1705': 'Elektronische Anmeldung: Stand',
  '1706': 'Elektronische Anmeldung: Bestätigungscode',
  '1707': 'Elektronische Anmeldung: Ergebnis',
  '1708': 'Antrag auf Selbstauskunft aus dem Melderegister',
  '1709': 'Selbstauskunft aus dem Melderegister: Stand',
  '1710': 'Selbstauskunft aus dem Melderegister',
};

class Sheet {
  readonly #model: Model;
  readonly #options: SheetOptions;
  readonly #lines: SheetLine[];

  constructor(model: Model, options: SheetOptions, lines: SheetLine[]) {
    this.#model = model;
    this.#options = options;
    this.#lines = lines;
  }

  element(element: MessageElement, declared: TypeName | undefined, level: number, above = ''): void {
    const label = joined(above, element.local);
    const type = this.#substitute(element) ?? declared;
    const shape = type === undefined ? undefined : this.#model.shapeOf(type);
    const plan = shape?.shape === 'object' ? shape.plan : undefined;
    const code = this.#code(element, type);
    if (code !== undefined) {
      this.#lines.push({ level, label, text: code });
      return;
    }
    const attributes = element.attributes.filter(({ namespace }) => namespace !== XSI);
    if (element.children.length === 0) {
      const text = germanValue(this.#model.descriptor, plan?.type.text ?? type, element.text);
      this.#lines.push({ level, label, ...(text === '' && attributes.length > 0 ? {} : { text }) });
      this.#attributes(attributes, level + 1);
      return;
    }
    const typeOf = (child: MessageElement): TypeName | undefined =>
      plan?.content === undefined ? undefined : find(plan.content, child)?.particle.type;
    const [only] = element.children;
    // A level that holds nothing but another needs no line of its own.
    if (level > 0 && only !== undefined && element.children.length === 1 && attributes.length === 0) {
      if (WRAPPED.has(only.local)) this.#wrapped(only, typeOf(only), level, label);
      else this.element(only, typeOf(only), level, label);
      return;
    }
    this.#lines.push({ level, label });
    this.#attributes(attributes, level + 1);
    const from = this.#lines.length;
    for (const child of element.children) this.element(child, typeOf(child), level + 1);
    this.#gather(from, level + 1);
  }

  /** Makes one line of three or more that stand together and have the same label and short values. */
  #gather(from: number, level: number): void {
    const lines = this.#lines.splice(from);
    for (let at = 0; at < lines.length;) {
      const first = lines[at];
      if (first === undefined) break;
      let end = at + 1;
      const isLike = (line: SheetLine | undefined): boolean =>
        line?.level === level && line.label === first.label && (line.text?.length ?? Infinity) <= SHORT;
      if (isLike(first)) while (isLike(lines[end])) end += 1;
      const run = lines.slice(at, end);
      if (run.length < 3) this.#lines.push(...run);
      else this.#lines.push({ ...first, text: run.map(({ text = '' }) => text).join(', ') });
      at = end;
    }
  }

  /** A value whose element's own name says nothing beside the one around it. */
  #wrapped(element: MessageElement, type: TypeName | undefined, level: number, label: string): void {
    if (element.children.length > 0) this.element(element, type, level, label);
    else if (element.local === 'unbekannt') this.#lines.push({ level, label, text: 'unbekannt' });
    else if (element.local === 'nichtVorhanden') this.#lines.push({ level, label, text: 'nicht vorhanden' });
    else this.#lines.push({ level, label, text: germanValue(this.#model.descriptor, type, element.text) });
  }

  #attributes(attributes: MessageElement['attributes'], level: number): void {
    for (const { local, value } of attributes)
      this.#lines.push({ level, label: germanLabel(local), text: value });
  }

  /** A code with its meaning: the one that the message gives, else that of the list. */
  #code(element: MessageElement, type: TypeName | undefined): string | undefined {
    const code = childOf(element, 'code');
    if (code === undefined || code.children.length > 0) return undefined;
    if (element.children.some(({ local }) => local !== 'code' && local !== 'name')) return undefined;
    const fixed = (name: string): string | undefined => {
      const found = type === undefined ? undefined : this.#model.descriptor.types[type];
      return found?.kind === 'complex'
        ? found.attributes?.find(({ attribute }) => attribute === name)?.fixed
        : undefined;
    };
    const kennung = attributeOf(element, 'listURI') ?? fixed('listURI');
    const version = attributeOf(element, 'listVersionID') ?? fixed('listVersionID');
    const value = code.text.trim();
    const given = childOf(element, 'name')?.text.trim();
    const meaning =
      given ?? (kennung === undefined ? undefined : this.#options.labelOf?.(kennung, version, value));
    return meaning === undefined ? value : `${value} (${meaning})`;
  }

  #substitute(element: MessageElement): TypeName | undefined {
    const named = element.attributes.find(
      ({ namespace, local }) => namespace === XSI && local === 'type',
    )?.value;
    if (named === undefined) return undefined;
    const local = named.slice(named.indexOf(':') + 1).trim();
    return Object.keys(this.#model.descriptor.types).find(
      (name) => name.slice(name.indexOf(':') + 1) === local,
    );
  }
}

/** Characters of a value that is written in one line with others. */
const SHORT = 40;

/** The label of an element, after that of the element around it when both share a line. */
function joined(above: string, name: string): string {
  const own = germanLabel(name);
  if (above === '') return own;
  return above === own || above.endsWith(`, ${own}`) || WRAPPED.has(name) ? above : `${above}, ${own}`;
}

/** Elements that hold the value of the element around them. */
const WRAPPED: ReadonlySet<string> = new Set([
  'jahrMonatTag',
  'jahrMonat',
  'jahr',
  'teilbekanntesDatum',
  'unbekannt',
  'nichtVorhanden',
  'name',
]);

/** The declaration of a child, wherever it may stand. */
function find(particle: PlannedParticle, child: MessageElement): PlannedElement | undefined {
  if (particle.kind === 'any') return undefined;
  if (particle.kind === 'element') {
    return particle.local === child.local && particle.namespace === child.namespace ? particle : undefined;
  }
  for (const item of particle.items) {
    const found = find(item, child);
    if (found !== undefined) return found;
  }
  return undefined;
}
