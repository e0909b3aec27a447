import { InputError, SdkError } from '@buergerkoffer/formats';
import type { Diagnostic } from '../bus.js';
import type { DeviceInfo, End } from '../device.js';
import { DeviceError } from '../device-error.js';
import { Fields } from './fields.js';

/** One device that the child can open; `kind` is the id of its kind. */
export interface ChildOffer {
  readonly id: string;
  readonly kind: string;
  readonly info: DeviceInfo;
  readonly physical: string;
  readonly driver: string;
  readonly reachable?: boolean;
}

/** What the process with the devices says. */
export type ChildMessage =
  /** The first message. */
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'pong' }
  /** The whole list, at every change. */
  | { readonly type: 'offers'; readonly offers: readonly ChildOffer[] }
  | { readonly type: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] }
  /** `properties`: the plain readonly properties that the kind adds, such as `capabilities`. */
  | {
      readonly type: 'opened';
      readonly device: number;
      readonly info: DeviceInfo;
      readonly properties: readonly (readonly [string, unknown])[];
    }
  | { readonly type: 'refused'; readonly device: number; readonly error: Error }
  | { readonly type: 'ended'; readonly device: number; readonly end: End }
  /** An event of a stream, the answer of a call, the next item of an iteration. */
  | { readonly type: 'value'; readonly call: number; readonly value: unknown }
  | { readonly type: 'done'; readonly call: number }
  | { readonly type: 'failed'; readonly call: number; readonly error: Error };

const TYPES = [
  'hello',
  'pong',
  'offers',
  'diagnostics',
  'opened',
  'refused',
  'ended',
  'value',
  'done',
  'failed',
] as const satisfies readonly ChildMessage['type'][];

/** `value` as a message of the process with the devices; `InputError` with the path of what is wrong. */
export function readChildMessage(value: unknown): ChildMessage {
  const fields = new Fields(value, '');
  const type = fields.oneOf('type', TYPES);
  switch (type) {
    case 'hello':
      return { type, version: fields.count('version') };
    case 'pong':
      return { type };
    case 'offers':
      return { type, offers: fields.objects('offers').map(readOffer) };
    case 'diagnostics':
      return { type, diagnostics: fields.objects('diagnostics').map(readDiagnostic) };
    case 'opened':
      return {
        type,
        device: fields.count('device'),
        info: readInfo(fields.fields('info')),
        properties: fields.entries('properties'),
      };
    case 'refused':
      return { type, device: fields.count('device'), error: readError(fields, 'error') };
    case 'ended':
      return { type, device: fields.count('device'), end: readEnd(fields.fields('end')) };
    case 'value':
      return { type, call: fields.count('call'), value: fields.any('value') };
    case 'done':
      return { type, call: fields.count('call') };
    case 'failed':
      return { type, call: fields.count('call'), error: readError(fields, 'error') };
    default:
      return type satisfies never;
  }
}

/** `message` as the value that travels: properties are an object there. */
export function childMessageValue(message: ChildMessage): unknown {
  return message.type === 'opened'
    ? { ...message, properties: Object.fromEntries(message.properties) }
    : message;
}

function readOffer(fields: Fields): ChildOffer {
  return {
    id: fields.text('id'),
    kind: fields.text('kind'),
    info: readInfo(fields.fields('info')),
    physical: fields.text('physical'),
    driver: fields.text('driver'),
    ...(fields.any('reachable') === undefined ? {} : { reachable: fields.truth('reachable') }),
  };
}

function readInfo(fields: Fields): DeviceInfo {
  const serialNumber = fields.optionalText('serialNumber');
  const firmware = fields.optionalText('firmware');
  return {
    maker: fields.text('maker'),
    model: fields.text('model'),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(firmware === undefined ? {} : { firmware }),
    simulated: fields.truth('simulated'),
  };
}

/** What an integrator should know, as it travels. */
export function readDiagnostic(fields: Fields): Diagnostic {
  return {
    code: fields.text('code'),
    severity: fields.oneOf('severity', ['info', 'warning', 'error']),
    message: fields.text('message'),
    remedy: fields.text('remedy'),
  };
}

function readEnd(fields: Fields): End {
  const reason = fields.oneOf('reason', ['closed', 'lost']);
  if (reason === 'closed') return { reason };
  return { reason, error: DeviceError.from(readError(fields, 'error'), 'lost', 'the device has gone') };
}

function readError(fields: Fields, field: string): Error {
  const value = fields.any(field);
  if (value instanceof SdkError) return value satisfies Error;
  throw new InputError('malformed', `${field} is not an error`, { path: field });
}
