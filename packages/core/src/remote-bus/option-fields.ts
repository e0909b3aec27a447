import { InputError } from '@buergerkoffer/formats';
import type { BusKind } from '../port.js';
import type { OpenOptionsOf, TlsOptions } from '../transport.js';
import { maybe, type Fields } from '../wire/fields.js';

/** Longest certificate chain or header that is believed, in characters. */
const MAX_LONG_TEXT = 262_144;

const READ: { readonly [K in BusKind]: (fields: Fields) => OpenOptionsOf[K] } = {
  usb: (f) => ({
    ...maybe(f, 'alternateSetting', (field) => f.count(field)),
    ...maybe(f, 'detachKernelDriver', (field) => f.truth(field)),
  }),
  hid: () => ({}),
  serial: (f) => ({
    baudRate: f.count('baudRate'),
    ...maybe(f, 'dataBits', (field) => oneOfNumbers<7 | 8>(f, field, [7, 8])),
    ...maybe(f, 'stopBits', (field) => oneOfNumbers<1 | 2>(f, field, [1, 2])),
    ...maybe(f, 'parity', (field) => f.oneOf<'none' | 'even' | 'odd'>(field, ['none', 'even', 'odd'])),
    ...maybe(f, 'rtscts', (field) => f.truth(field)),
  }),
  tcp: (f) => maybe(f, 'tls', (field) => tls(f.fields(field))),
  pcsc: () => ({}),
  http: (f) => ({
    ...maybe(f, 'tls', (field) => tls(f.fields(field))),
    ...maybe(f, 'headers', (field) => readHeaders(f, field)),
  }),
};

/** What a driver asks for when a port of `kind` is opened; `InputError` with the path of what is wrong. */
export function readOpenOptions<K extends BusKind>(kind: K, fields: Fields): OpenOptionsOf[K] {
  return READ[kind](fields);
}

/** Headers of an HTTP message. */
export function readHeaders(fields: Fields, field: string): Readonly<Record<string, string>> {
  const headers = fields.fields(field);
  const names = fields.entries(field).map(([name]) => name);
  return Object.fromEntries(names.map((name) => [name, headers.longText(name, MAX_LONG_TEXT)]));
}

function oneOfNumbers<N extends number>(f: Fields, field: string, choices: readonly N[]): N {
  const value = f.count(field);
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new InputError('out-of-range', `${field} is not one of ${choices.join(', ')}`, { path: field });
}

function tls(f: Fields): TlsOptions {
  return {
    ...maybe(f, 'ca', (field) => f.longText(field, MAX_LONG_TEXT)),
    ...maybe(f, 'pin', (field) => f.text(field)),
  };
}
