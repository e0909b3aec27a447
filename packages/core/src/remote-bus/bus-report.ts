import type { SdkError } from '@buergerkoffer/formats';
import type { End } from '../device.js';
import { DeviceError } from '../device-error.js';
import { BUS_KINDS, type BusKind } from '../port.js';
import { Fields } from '../wire/fields.js';
import { errorOf } from '../wire/wire-error.js';

/** What the side of the bus says. */
export type BusReport =
  /** The first message. */
  | { readonly type: 'hello'; readonly version: number; readonly kind: BusKind }
  | { readonly type: 'pong' }
  /** `said`: the plain properties of the transport. */
  | { readonly type: 'opened'; readonly transport: number; readonly said: Fields }
  | { readonly type: 'refused'; readonly transport: number; readonly error: SdkError }
  | { readonly type: 'ended'; readonly transport: number; readonly end: End }
  /** The answer of a call, an item of a stream or a body. */
  | { readonly type: 'value'; readonly call: number; readonly value: Fields }
  /** The end of a stream or a body. */
  | { readonly type: 'done'; readonly call: number }
  | { readonly type: 'failed'; readonly call: number; readonly error: SdkError };

const TYPES = [
  'hello',
  'pong',
  'opened',
  'refused',
  'ended',
  'value',
  'done',
  'failed',
] as const satisfies readonly BusReport['type'][];

/** `value` as a message of the side of the bus; `InputError` with the path of what is wrong. */
export function readBusReport(value: unknown): BusReport {
  const f = new Fields(value, '');
  const type = f.oneOf('type', TYPES);
  switch (type) {
    case 'hello':
      return { type, version: f.count('version'), kind: f.oneOf('kind', BUS_KINDS) };
    case 'pong':
      return { type };
    case 'opened':
      return { type, transport: f.count('transport'), said: f.fields('said') };
    case 'refused':
      return { type, transport: f.count('transport'), error: readError(f) };
    case 'ended':
      return { type, transport: f.count('transport'), end: readEnd(f.fields('end')) };
    case 'value':
      return { type, call: f.count('call'), value: f.fields('value') };
    case 'done':
      return { type, call: f.count('call') };
    case 'failed':
      return { type, call: f.count('call'), error: readError(f) };
    default:
      return type satisfies never;
  }
}

function readEnd(f: Fields): End {
  const reason = f.oneOf('reason', ['closed', 'lost']);
  if (reason === 'closed') return { reason };
  return { reason, error: DeviceError.from(readError(f), 'lost', 'the device has gone') };
}

function readError(f: Fields): SdkError {
  return errorOf(new Map(f.entries('error')), 'error');
}
