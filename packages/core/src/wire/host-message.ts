import type { OperationShape } from '../device.js';
import { Fields } from './fields.js';

/** The version of the protocol that both sides must speak. */
export const PROTOCOL_VERSION = 1;

/** What the application's side says. `device` and `call` are numbers that it gives, counting up from 1. */
export type HostMessage =
  /** Answered at once with `pong`. */
  | { readonly type: 'ping' }
  /** Answered with `opened` or `refused`. */
  | { readonly type: 'open'; readonly device: number; readonly offer: string }
  /** Closes a device, or gives up its opening; answered with `ended` where it was open. */
  | { readonly type: 'close'; readonly device: number }
  /** Starts an operation; where `signalAt` is given, that argument is an AbortSignal. */
  | {
      readonly type: 'start';
      readonly call: number;
      readonly device: number;
      readonly operation: string;
      readonly shape: OperationShape;
      readonly arguments: readonly unknown[];
      readonly signalAt?: number;
    }
  /** Asks an iteration for its next item. */
  | { readonly type: 'pull'; readonly call: number }
  /** Aborts the AbortSignal of a call. */
  | { readonly type: 'abort'; readonly call: number }
  /** Nobody wants the rest: unsubscribes, or returns the iterator and answers with `done`. */
  | { readonly type: 'cancel'; readonly call: number };

const SHAPES = ['stream', 'call', 'iterate'] as const satisfies readonly OperationShape[];
const TYPES = [
  'ping',
  'open',
  'close',
  'start',
  'pull',
  'abort',
  'cancel',
] as const satisfies readonly HostMessage['type'][];

/** `value` as a message of the application's side; `InputError` with the path of what is wrong. */
export function readHostMessage(value: unknown): HostMessage {
  const fields = new Fields(value, '');
  const type = fields.oneOf('type', TYPES);
  switch (type) {
    case 'ping':
      return { type };
    case 'open':
      return { type, device: fields.count('device'), offer: fields.text('offer') };
    case 'close':
      return { type, device: fields.count('device') };
    case 'start':
      return {
        type,
        call: fields.count('call'),
        device: fields.count('device'),
        operation: fields.text('operation'),
        shape: fields.oneOf('shape', SHAPES),
        arguments: fields.list('arguments'),
        ...(fields.any('signalAt') === undefined ? {} : { signalAt: fields.count('signalAt') }),
      };
    case 'pull':
    case 'abort':
    case 'cancel':
      return { type, call: fields.count('call') };
    default:
      return type satisfies never;
  }
}
