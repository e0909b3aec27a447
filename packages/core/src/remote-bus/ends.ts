import type { BusKind } from '../port.js';
import type { TransportOf } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import { farBytes, servedBytes } from './byte-ends.js';
import { farReader, servedReader } from './card-ends.js';
import { farHid, servedHid } from './hid-ends.js';
import { farHttp, servedHttp } from './http-ends.js';
import type { FarTransport, ServedTransport } from './transport-ends.js';
import { farUsb, servedUsb } from './usb-ends.js';

type Serve = { readonly [K in BusKind]: (transport: TransportOf[K]) => ServedTransport };
type Far = { readonly [K in BusKind]: (far: FarTransport, said: Fields) => TransportOf[K] };

const SERVE: Serve = {
  usb: servedUsb,
  hid: servedHid,
  serial: servedBytes,
  tcp: servedBytes,
  pcsc: servedReader,
  http: servedHttp,
};

const FAR: Far = {
  usb: farUsb,
  hid: farHid,
  serial: farBytes,
  tcp: farBytes,
  pcsc: farReader,
  http: farHttp,
};

/** A transport of `kind`, where it is. */
export function served<K extends BusKind>(kind: K, transport: TransportOf[K]): ServedTransport {
  return SERVE[kind](transport);
}

/** A transport of `kind`, where the app is; `said` is what it says of itself. */
export function farEnd<K extends BusKind>(kind: K, far: FarTransport, said: Fields): TransportOf[K] {
  return FAR[kind](far, said);
}
