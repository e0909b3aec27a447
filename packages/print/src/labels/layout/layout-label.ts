import { InputError, parseSerialNumber, requireStringLatin } from '@buergerkoffer/formats';
import { parseData } from '../../forms/validate.js';
import { abbreviate, PLACE_ABBREVIATIONS, STREET_ABBREVIATIONS, type Abbreviation } from './abbreviations.js';
import { capitals } from './capitals.js';
import { LABEL_SCHEMAS } from './data.js';
import { LABELS, type LabelKind } from './label.js';
import { wrap } from './wrap.js';

/** How a sticker is written. */
export interface LabelTextOptions {
  /** `capitals` (default) as in the specimens of the regulations, or as the register has it. */
  readonly letterCase?: 'capitals' | 'as-given';
  /** The authority's own abbreviations of streets, in the order in which they are tried. */
  readonly streetAbbreviations?: readonly Abbreviation[];
  /** The authority's own abbreviations of places. */
  readonly placeAbbreviations?: readonly Abbreviation[];
}

/** A word that was shortened so that the entry fits. */
export interface Shortening {
  readonly field: 'city' | 'street';
  readonly long: string;
  readonly short: string;
}

/** What is printed on a sticker, line by line. */
export interface LabelText {
  readonly kind: LabelKind;
  readonly lines: readonly string[];
  /** Nine places, without check digit. */
  readonly serialNumber: string;
  /** What the clerk checks before printing; empty where everything stands in full. */
  readonly shortened: readonly Shortening[];
}

interface Entry {
  readonly field: 'city' | 'street';
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

interface LabelContent {
  readonly serialNumber: string;
  readonly entries: readonly Entry[];
}

/** An entry in lines; undefined where a word is longer than a line. */
interface WrittenEntry {
  readonly field: Entry['field'];
  readonly lines: readonly string[] | undefined;
}

interface Step extends Abbreviation {
  readonly field: Entry['field'];
}

/**
 * The lines of a sticker from the data of its kind (`PaAddressData`, `PassResidenceData`). What does not fit is
 * shortened as little as it takes, the street before the place. InputError with the path of the field: `too-large`
 * where it does not fit even then, `not-allowed` for a character outside DIN 91379, `malformed` or `checksum` for the
 * serial number, and what a field that is missing or wrong gives.
 */
export function layoutLabel(kind: LabelKind, data: unknown, options: LabelTextOptions = {}): LabelText {
  const { columns, lines: maxLines } = LABELS[kind].entry;
  const { entries, ...document } = readLabel(kind, data);
  const serialNumber = cardNumber(document.serialNumber);
  for (const { field, text, after } of entries) {
    requireStringLatin(text, 'B', field);
    requireStringLatin(after, 'B', 'houseNumber');
  }
  const written = (steps: readonly Step[]) => linesOf(entries, steps, columns, options);
  const all = stepsFor(entries, options);
  const steps = fewestSteps(all, (some) => fits(written(some), maxLines));
  if (steps === undefined) throw tooLong(kind, written(all));
  return {
    kind,
    lines: written(steps).flatMap(({ lines }) => lines ?? []),
    serialNumber,
    shortened: steps.map(({ field, long, short }) => ({ field, long, short })),
  };
}

function readLabel(kind: LabelKind, data: unknown): LabelContent {
  switch (kind) {
    case 'pa-address': {
      const read = parseData(LABEL_SCHEMAS[kind], data);
      const number = [read.houseNumber ?? '', read.houseNumberSuffix ?? ''].join('');
      return {
        serialNumber: read.serialNumber,
        entries: [
          { field: 'city', before: `${read.postalCode} `, text: read.city, after: '' },
          { field: 'street', before: '', text: read.street, after: number === '' ? '' : ` ${number}` },
        ],
      };
    }
    case 'pass-residence': {
      const { serialNumber, city } = parseData(LABEL_SCHEMAS[kind], data);
      return { serialNumber, entries: [{ field: 'city', before: '', text: city, after: '' }] };
    }
    default:
      return kind satisfies never;
  }
}

function cardNumber(text: string): string {
  const serial = parseSerialNumber(text);
  if (serial.kind === 'card') return serial.number;
  throw new InputError('not-allowed', 'a provisional document has no sticker of this kind', {
    path: 'serialNumber',
  });
}

/** Every abbreviation that changes something, streets first. */
function stepsFor(entries: readonly Entry[], options: LabelTextOptions): readonly Step[] {
  const lists = {
    street: options.streetAbbreviations ?? STREET_ABBREVIATIONS,
    city: options.placeAbbreviations ?? PLACE_ABBREVIATIONS,
  };
  return (['street', 'city'] as const).flatMap((field) => {
    const text = entries.find((entry) => entry.field === field)?.text ?? '';
    return lists[field]
      .filter((abbreviation) => abbreviate(text, abbreviation) !== text)
      .map((abbreviation) => ({ ...abbreviation, field }));
  });
}

/** The first steps that suffice, without those of them that turn out not to be needed; undefined where all do not suffice. */
function fewestSteps(
  all: readonly Step[],
  suffice: (steps: readonly Step[]) => boolean,
): readonly Step[] | undefined {
  let steps: readonly Step[] = [];
  for (const step of all) {
    if (suffice(steps)) break;
    steps = [...steps, step];
  }
  if (!suffice(steps)) return undefined;
  for (const step of steps) {
    const without = steps.filter((each) => each !== step);
    if (suffice(without)) steps = without;
  }
  return steps;
}

function fits(written: readonly WrittenEntry[], maxLines: number): boolean {
  const lines = written.flatMap((entry) => entry.lines ?? []);
  return lines.length <= maxLines && written.every((entry) => entry.lines !== undefined);
}

function linesOf(
  entries: readonly Entry[],
  steps: readonly Step[],
  columns: number,
  { letterCase = 'capitals' }: LabelTextOptions,
): readonly WrittenEntry[] {
  return entries.map(({ field, before, text, after }) => {
    const short = steps.filter((step) => step.field === field).reduce(abbreviate, text);
    const whole = before + short + after;
    return { field, lines: wrap(letterCase === 'capitals' ? capitals(whole) : whole, columns) };
  });
}

function tooLong(kind: LabelKind, written: readonly WrittenEntry[]): InputError {
  const { columns, lines } = LABELS[kind].entry;
  const longest = written.reduce((worst, each) =>
    (each.lines?.length ?? lines + 1) > (worst.lines?.length ?? lines + 1) ? each : worst,
  );
  return new InputError(
    'too-large',
    `does not fit into ${lines} lines of ${columns} characters, even shortened`,
    { path: longest.field, remedy: 'give a shorter form of the name that is still unambiguous' },
  );
}
