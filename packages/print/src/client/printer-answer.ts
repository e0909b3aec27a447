import { DeviceError, type DeviceInfo } from '@buergerkoffer/core';
import { parseStateReasons, printerStateOf, type AttributeSet, type IppValue } from '../ipp/index.js';
import type { PrinterCapabilities, PrinterStatus, Sides } from '../printer.js';
import { suppliesOf } from './supplies.js';

/** What is asked of a printer when it is opened. */
export const CAPABILITY_ATTRIBUTES = [
  'printer-make-and-model',
  'printer-uuid',
  'printer-firmware-string-version',
  'document-format-supported',
  'sides-supported',
  'media-supported',
  'color-supported',
  'print-color-mode-supported',
  'copies-supported',
  'job-creation-attributes-supported',
  'operations-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-sheet-back',
  'pwg-raster-document-type-supported',
  'cups-version',
] as const;

/** What is asked of a printer for its state of now. */
export const STATUS_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'media-ready',
  'printer-supply',
  'marker-types',
  'marker-colors',
  'marker-levels',
] as const;

/** Everything that printing needs to know of a printer; it does not change while it is open. */
export interface PrinterTraits {
  readonly info: DeviceInfo;
  readonly capabilities: PrinterCapabilities;
  /** Its UUID where it has one, else its address. */
  readonly identity: string;
  readonly operations: readonly number[];
  readonly colorModes: readonly string[];
  /** Undefined where the printer does not tell. */
  readonly maxCopies: number | undefined;
  /** Whether it is a queue of CUPS, which keeps documents and can be told to delete them. */
  readonly isCups: boolean;
  readonly raster: RasterTraits;
}

/** How a printer takes PWG raster (PWG 5102.4). */
export interface RasterTraits {
  /** Resolutions in dots per inch, equal in both directions. */
  readonly resolutionsDpi: readonly number[];
  readonly types: readonly string[];
  /** How the back of a sheet lies to its front. */
  readonly sheetBack: string;
}

const SIDES: readonly Sides[] = ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'];

/** The traits in an answer to {@link CAPABILITY_ATTRIBUTES}. */
export function traitsOf(printer: AttributeSet, printerUri: string): PrinterTraits {
  const documentFormats = printer.texts('document-format-supported').map((one) => one.toLowerCase());
  if (documentFormats.length === 0) {
    throw new DeviceError('protocol', 'the printer does not say which documents it takes');
  }
  const model = printer.text('printer-make-and-model')?.slice(0, 127) ?? 'IPP printer';
  const firmware = printer.text('printer-firmware-string-version')?.slice(0, 60);
  const colorModes = printer.texts('print-color-mode-supported');
  const sides = SIDES.filter((one) => printer.texts('sides-supported').includes(one));
  return {
    info: {
      maker: model.split(' ')[0] ?? model,
      model,
      ...(firmware === undefined || firmware === '' ? {} : { firmware }),
      simulated: model.startsWith('Simulated '),
    },
    capabilities: {
      documentFormats,
      color: printer.flag('color-supported') ?? colorModes.includes('color'),
      sides: sides.length === 0 ? ['one-sided'] : sides,
      media: printer.texts('media-supported'),
    },
    identity: printer.text('printer-uuid') ?? printerUri,
    operations: printer.numbers('operations-supported'),
    colorModes,
    maxCopies: printer.values('copies-supported').flatMap(highest)[0],
    isCups: printer.text('cups-version') !== undefined,
    raster: {
      resolutionsDpi: printer.values('pwg-raster-document-resolution-supported').flatMap(dpiOf),
      types: printer.texts('pwg-raster-document-type-supported'),
      sheetBack: printer.text('pwg-raster-document-sheet-back') ?? 'normal',
    },
  };
}

/** The state in an answer to {@link STATUS_ATTRIBUTES}. */
export function statusOf(printer: AttributeSet): PrinterStatus {
  const state = printerStateOf(printer.number('printer-state'));
  if (state === undefined) throw new DeviceError('protocol', 'the printer does not say its state');
  return {
    state,
    acceptingJobs: printer.flag('printer-is-accepting-jobs') ?? true,
    reasons: parseStateReasons(printer.texts('printer-state-reasons')),
    mediaReady: printer.texts('media-ready'),
    supplies: suppliesOf(printer),
  };
}

function highest(value: IppValue): readonly number[] {
  if (value.syntax === 'rangeOfInteger') return [value.high];
  return value.syntax === 'integer' ? [value.value] : [];
}

function dpiOf(value: IppValue): readonly number[] {
  if (value.syntax !== 'resolution' || value.unit !== 'dpi') return [];
  return value.feed === value.crossFeed && value.feed > 0 ? [value.feed] : [];
}
