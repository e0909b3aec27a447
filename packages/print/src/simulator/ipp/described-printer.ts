import {
  booleanAttribute,
  numberAttribute,
  OPERATION,
  PRINTER_STATES,
  stringAttribute,
  type IppAttribute,
  type IppValue,
  type PrinterState,
} from '../../ipp/index.js';
import type { PrinterCapabilities, Supply } from '../../printer.js';

/** What a simulated printer says of itself that does not change. */
export interface PrinterDescription {
  readonly name: string;
  readonly model: string;
  readonly firmware: string;
  readonly uuid: string;
  readonly uris: readonly string[];
  readonly capabilities: PrinterCapabilities;
  readonly operations: readonly (keyof typeof OPERATION)[];
  readonly supplies: readonly Supply[];
}

/** What it says of itself now. */
export interface PrinterNow {
  readonly state: PrinterState;
  readonly reasons: readonly string[];
  readonly acceptingJobs: boolean;
  readonly mediaReady: readonly string[];
  readonly upTimeS: number;
  readonly queuedJobs: number;
}

/** Attributes of a printer (RFC 8011, 5.4), by the names of the groups that a request may ask for. */
export interface PrinterAttributes {
  readonly 'job-template': readonly IppAttribute[];
  readonly 'printer-description': readonly IppAttribute[];
}

/** All attributes of a printer. */
export function printerAttributes(printer: PrinterDescription, now: PrinterNow): PrinterAttributes {
  return {
    'job-template': jobTemplate(printer, now),
    'printer-description': [
      ...description(printer),
      ...abilities(printer),
      ...presence(now),
      ...supplies(printer),
    ],
  };
}

/** Sizes are hundredths of a millimetre. */
const LETTER: IppAttribute = {
  name: 'media-size',
  values: [
    {
      syntax: 'collection',
      members: [
        numberAttribute('integer', 'x-dimension', 21_590),
        numberAttribute('integer', 'y-dimension', 27_940),
      ],
    },
  ],
};

function jobTemplate(
  { capabilities }: PrinterDescription,
  { mediaReady }: PrinterNow,
): readonly IppAttribute[] {
  const { sides, media, color } = capabilities;
  const modes = color ? ['auto', 'color', 'monochrome'] : ['auto', 'monochrome'];
  return [
    numberAttribute('integer', 'copies-default', 1),
    { name: 'copies-supported', values: [{ syntax: 'rangeOfInteger', low: 1, high: 99 }] },
    stringAttribute('keyword', 'sides-default', 'one-sided'),
    stringAttribute('keyword', 'sides-supported', ...sides),
    // As real ones do: whoever does not ask for A4 gets letter.
    stringAttribute('keyword', 'media-default', 'na_letter_8.5x11in'),
    { name: 'media-col-default', values: [{ syntax: 'collection', members: [LETTER] }] },
    stringAttribute('keyword', 'media-supported', ...media),
    ...(mediaReady.length === 0 ? [] : [stringAttribute('keyword', 'media-ready', ...mediaReady)]),
    stringAttribute('keyword', 'print-color-mode-default', 'auto'),
    stringAttribute('keyword', 'print-color-mode-supported', ...modes),
    ...onlyOne('finishings', 3), // none
    ...onlyOne('orientation-requested', 3), // portrait
    ...onlyOne('print-quality', 4), // normal
    stringAttribute('keyword', 'output-bin-default', 'face-down'),
    stringAttribute('keyword', 'output-bin-supported', 'face-down'),
    { name: 'printer-resolution-default', values: [resolution(300)] },
    { name: 'printer-resolution-supported', values: [resolution(300)] },
  ];
}

/** What a printer of IPP/2.0 names (PWG 5100.12, 6.2), and this one does in one way only. */
function onlyOne(name: string, value: number): readonly IppAttribute[] {
  return [
    numberAttribute('enum', `${name}-default`, value),
    numberAttribute('enum', `${name}-supported`, value),
  ];
}

function resolution(dpi: number): IppValue {
  return { syntax: 'resolution', crossFeed: dpi, feed: dpi, unit: 'dpi' };
}

function description({ name, model, firmware, uuid, uris }: PrinterDescription): readonly IppAttribute[] {
  return [
    stringAttribute('uri', 'printer-uri-supported', ...uris),
    stringAttribute('keyword', 'uri-authentication-supported', ...uris.map(() => 'none')),
    stringAttribute(
      'keyword',
      'uri-security-supported',
      ...uris.map((uri) => (uri.startsWith('ipps:') ? 'tls' : 'none')),
    ),
    stringAttribute('name', 'printer-name', name),
    stringAttribute('text', 'printer-info', name),
    stringAttribute('text', 'printer-make-and-model', model),
    stringAttribute('text', 'printer-firmware-string-version', firmware),
    stringAttribute('uri', 'printer-uuid', uuid),
    stringAttribute('text', 'printer-location', ''),
    stringAttribute(
      'uri',
      'printer-more-info',
      ...uris.slice(0, 1).map((uri) => uri.replace(/^ipp/, 'http')),
    ),
  ];
}

function abilities({ capabilities, operations }: PrinterDescription): readonly IppAttribute[] {
  const { documentFormats, color } = capabilities;
  const raster: readonly IppAttribute[] = [
    { name: 'pwg-raster-document-resolution-supported', values: [resolution(150), resolution(300)] },
    stringAttribute('keyword', 'pwg-raster-document-sheet-back', 'rotated'),
    stringAttribute('keyword', 'pwg-raster-document-type-supported', 'sgray_8', ...(color ? ['srgb_8'] : [])),
  ];
  return [
    stringAttribute('keyword', 'ipp-versions-supported', '1.1', '2.0'),
    numberAttribute('enum', 'operations-supported', ...operations.map((one) => OPERATION[one])),
    stringAttribute('charset', 'charset-configured', 'utf-8'),
    stringAttribute('charset', 'charset-supported', 'us-ascii', 'utf-8'),
    stringAttribute('naturalLanguage', 'natural-language-configured', 'de'),
    stringAttribute('naturalLanguage', 'generated-natural-language-supported', 'de'),
    stringAttribute('mimeMediaType', 'document-format-default', documentFormats[0] ?? 'application/pdf'),
    stringAttribute('mimeMediaType', 'document-format-supported', ...documentFormats),
    stringAttribute('keyword', 'compression-supported', 'none'),
    stringAttribute('keyword', 'pdl-override-supported', 'attempted'),
    booleanAttribute('color-supported', color),
    numberAttribute('integer', 'pages-per-minute', 20),
    ...(color ? [numberAttribute('integer', 'pages-per-minute-color', 10)] : []),
    booleanAttribute('multiple-document-jobs-supported', false),
    numberAttribute('integer', 'multiple-operation-time-out', 60),
    stringAttribute('keyword', 'which-jobs-supported', 'completed', 'not-completed'),
    stringAttribute('keyword', 'identify-actions-supported', 'flash'),
    ...(documentFormats.includes('image/pwg-raster') ? raster : []),
  ];
}

function presence(now: PrinterNow): readonly IppAttribute[] {
  return [
    numberAttribute('enum', 'printer-state', PRINTER_STATES[now.state]),
    stringAttribute(
      'keyword',
      'printer-state-reasons',
      ...(now.reasons.length === 0 ? ['none'] : now.reasons),
    ),
    booleanAttribute('printer-is-accepting-jobs', now.acceptingJobs),
    numberAttribute('integer', 'printer-up-time', now.upTimeS),
    numberAttribute('integer', 'queued-job-count', now.queuedJobs),
  ];
}

function supplies({ supplies: all }: PrinterDescription): readonly IppAttribute[] {
  if (all.length === 0) return [];
  const encoder = new TextEncoder();
  const values = all.map(({ type, color = 'none', levelPercent }, index) => {
    const kind = type === 'waste' ? 'receptacleThatIsFilled' : 'supplyThatIsConsumed';
    const level = levelPercent === 'unknown' ? -2 : levelPercent;
    const text = `index=${index + 1};class=${kind};type=${type};unit=percent;maxcapacity=100;level=${level};colorantname=${color};`;
    return { syntax: 'octetString', value: encoder.encode(text) } as const;
  });
  return [{ name: 'printer-supply', values }];
}
