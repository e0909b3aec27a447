import { encodePng, InputError } from '@buergerkoffer/formats';
import {
  isOfficial,
  LABELS,
  layoutLabel,
  previewLabel,
  readLabelFont,
  renderLabel,
  type LabelFont,
  type LabelFonts,
  type LabelKind,
  type LabelText,
} from '@buergerkoffer/print/labels';
import { loadStandInLabelFonts } from '@buergerkoffer/print/node';
import type { Output } from '../output.js';
import { readInput } from '../read-input.js';

/** Largest data and font files that are read, in bytes. */
const MAX_DATA_BYTES = 64 * 1024;
const MAX_FONT_BYTES = 32 * 1024 * 1024;

/** What `koffer label KIND` is asked. */
export interface LabelOptions {
  readonly data: string;
  readonly out: string;
  readonly font?: readonly string[];
  readonly sha256?: readonly string[];
  readonly png?: string;
  readonly ppi: number;
  readonly asGiven?: true;
}

/** Makes a sticker, writes it and tells how it came about. */
export async function writeLabel(output: Output, kind: LabelKind, options: LabelOptions): Promise<void> {
  const data = parsed(await readInput(options.data, MAX_DATA_BYTES, output.input), options.data);
  const label = layoutLabel(kind, data, { letterCase: options.asGiven === true ? 'as-given' : 'capitals' });
  const fonts = await fontsOf(options, output);
  const pdf = await renderLabel(label, fonts, { now: new Date() });
  const png =
    options.png === undefined
      ? undefined
      : await encodePng(previewLabel(label, fonts, { resolutionPpi: options.ppi }));
  await output.save(options.out, pdf);
  if (options.png !== undefined && png !== undefined) await output.save(options.png, png);
  tell(output, label, fonts, options);
}

function tell(output: Output, label: LabelText, fonts: LabelFonts, options: LabelOptions): void {
  const { widthMm, heightMm } = LABELS[label.kind];
  const official = isOfficial(label, fonts);
  const { kind, lines, serialNumber, shortened } = label;
  output.answer(
    {
      type: 'label',
      label: kind,
      file: options.out,
      ...(options.png === undefined ? {} : { png: options.png }),
      ...{ widthMm, heightMm, lines, serialNumber, shortened, official },
      fonts: Object.values(fonts).map(({ name, weight, sha256, missing }) => ({
        name,
        weight,
        sha256,
        missing,
      })),
    },
    [
      ...lines,
      serialNumber,
      ...shortened.map(({ field, long, short }) => `shortened in ${field}: ${long} → ${short}`),
      `${options.out}: ${widthMm} x ${heightMm} mm`,
    ],
  );
  if (!official) {
    output.note(
      'A trial, marked MUSTER: the official font is missing.\n  → give the files of UnicodeDoc with --font',
    );
  }
}

async function fontsOf({ font: files, sha256 }: LabelOptions, output: Output): Promise<LabelFonts> {
  if (files === undefined) return loadStandInLabelFonts();
  const fonts: Partial<Record<LabelFont['weight'], LabelFont>> = {};
  for (const [index, file] of files.entries()) {
    const hash = sha256?.[index];
    const bytes = await readInput(file, MAX_FONT_BYTES, output.input);
    const font = await readLabelFont(bytes, hash === undefined ? {} : { sha256: hash });
    fonts[font.weight] = font;
  }
  return fonts;
}

function parsed(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The parser's own message quotes the text; it stays here.
    throw new InputError('malformed', 'the file is no JSON', { path });
  }
}
