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
  const entries = entriesOf(kind, data);
  for (const { field, text, after } of entries) {
    requireStringLatin(text, 'B', field);
    requireStringLatin(after, 'B', 'houseNumber');
  }
  const written = (steps: readonly Step[]) => linesOf(entries, steps, columns, options);
  const fits = (steps: readonly Step[]) => {
    const lines = written(steps).flatMap((each) => each.lines ?? Array<string>(maxLines + 1).fill(''));
    return lines.length <= maxLines;
  };

  let steps: readonly Step[] = [];
  for (const step of stepsFor(entries, options)) {
    if (fits(steps)) break;
    steps = [...steps, step];
  }
  if (!fits(steps)) throw tooLong(kind, written(steps));
  for (const step of steps) {
    const without = steps.filter((each) => each !== step);
    if (fits(without)) steps = without;
  }
  return {
    kind,
    lines: written(steps).flatMap(({ lines }) => lines ?? []),
    serialNumber: serialNumberOf(kind, data),
    shortened: steps.map(({ field, long, short }) => ({ field, long, short })),
  };
}

function entriesOf(kind: LabelKind, data: unknown): readonly Entry[] {
  switch (kind) {
    case 'pa-address': {
      const { postalCode, city, street, houseNumber, houseNumberSuffix } = parseData(
        LABEL_SCHEMAS[kind],
        data,
      );
      const number = [houseNumber ?? '', houseNumberSuffix ?? ''].join('');
      return [
        { field: 'city', before: `${postalCode} `, text: city, after: '' },
        { field: 'street', before: '', text: street, after: number === '' ? '' : ` ${number}` },
      ];
    }
    case 'pass-residence': {
      const { city } = parseData(LABEL_SCHEMAS[kind], data);
      return [{ field: 'city', before: '', text: city, after: '' }];
    }
    default:
      return kind satisfies never;
  }
}

function serialNumberOf(kind: LabelKind, data: unknown): string {
  const serial = parseSerialNumber(parseData(LABEL_SCHEMAS[kind], data).serialNumber);
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

function linesOf(
  entries: readonly Entry[],
  steps: readonly Step[],
  columns: number,
  { letterCase = 'capitals' }: LabelTextOptions,
): readonly { readonly field: Entry['field']; readonly lines: readonly string[] | undefined }[] {
  return entries.map(({ field, before, text, after }) => {
    const short = steps.filter((step) => step.field === field).reduce(abbreviate, text);
    const whole = before + short + after;
    return { field, lines: wrap(letterCase === 'capitals' ? capitals(whole) : whole, columns) };
  });
}

function tooLong(kind: LabelKind, written: ReturnType<typeof linesOf>): InputError {
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
