import type { BusKind, Port, PortOf } from '../port.js';
import { maybe, type Fields } from '../wire/fields.js';

const READ: { readonly [K in BusKind]: (fields: Fields) => PortOf[K] } = {
  usb: (f) => ({
    bus: 'usb',
    ...base(f),
    vendorId: f.count('vendorId'),
    productId: f.count('productId'),
    ...maybe(f, 'deviceVersion', (field) => f.count(field)),
    interfaceNumber: f.count('interfaceNumber'),
    interfaceClass: f.count('interfaceClass'),
    interfaceSubclass: f.count('interfaceSubclass'),
    interfaceProtocol: f.count('interfaceProtocol'),
    ...maybe(f, 'alternateSetting', (field) => f.count(field)),
  }),
  hid: (f) => ({
    bus: 'hid',
    ...base(f),
    vendorId: f.count('vendorId'),
    productId: f.count('productId'),
    ...maybe(f, 'usagePage', (field) => f.count(field)),
    ...maybe(f, 'usage', (field) => f.count(field)),
    ...maybe(f, 'interfaceNumber', (field) => f.count(field)),
  }),
  serial: (f) => ({
    bus: 'serial',
    ...base(f),
    ...maybe(f, 'vendorId', (field) => f.count(field)),
    ...maybe(f, 'productId', (field) => f.count(field)),
    ...maybe(f, 'interfaceNumber', (field) => f.count(field)),
  }),
  tcp: (f) => ({ bus: 'tcp', ...base(f), host: f.text('host'), port: f.count('port'), ...service(f) }),
  pcsc: (f) => ({ bus: 'pcsc', ...base(f), reader: f.text('reader') }),
  http: (f) => ({ bus: 'http', ...base(f), url: f.text('url'), ...service(f) }),
};

/** A port of `kind`; `InputError` with the path of what is wrong. Fields that a port does not have are left out. */
export function readPort<K extends BusKind>(kind: K, fields: Fields): Port<K> {
  fields.oneOf('bus', [kind]);
  return READ[kind](fields);
}

function base(f: Fields) {
  return {
    id: f.text('id'),
    path: f.text('path'),
    physical: f.text('physical'),
    ...maybe(f, 'part', (field) => f.text(field)),
    ...maybe(f, 'maker', (field) => f.text(field)),
    ...maybe(f, 'model', (field) => f.text(field)),
    ...maybe(f, 'serialNumber', (field) => f.text(field)),
  };
}

function service(f: Fields) {
  return {
    ...maybe(f, 'service', (field) => f.text(field)),
    ...maybe(f, 'reachable', (field) => f.truth(field)),
  };
}
