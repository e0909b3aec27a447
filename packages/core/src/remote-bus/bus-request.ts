import { Fields, maybe } from '../wire/fields.js';

/** The version of the protocol that both sides must speak. */
export const BUS_PROTOCOL_VERSION = 1;
/** How many items of a stream are under way before the near side must ask for more. */
export const STREAM_CREDIT = 64;

/**
 * What the side of the app says. `transport` and `call` are numbers that it gives, counting up from 1. Ports, options
 * and inputs are read where it is known of which kind they are.
 */
export type BusRequest =
  /** Answered at once with `pong`. */
  | { readonly type: 'ping' }
  /** Nobody needs the bus any more: everything is closed, then the other side ends. */
  | { readonly type: 'finish' }
  /** Streams the events of the bus. */
  | { readonly type: 'watch'; readonly call: number }
  /** Answered with `opened` or `refused`; given up by `close`. */
  | { readonly type: 'open'; readonly transport: number; readonly port: Fields; readonly options: Fields }
  /** Opens the card in the reader of another transport; answered in the same way. */
  | {
      readonly type: 'connect';
      readonly transport: number;
      readonly reader: number;
      readonly mode: 'exclusive' | 'shared';
      readonly timeoutMs?: number;
    }
  /** Closes a transport, or gives up its opening; answered with `ended` where it was open. */
  | { readonly type: 'close'; readonly transport: number }
  /** Resets the thing behind a port; answered with `value` or `failed`. */
  | { readonly type: 'reset'; readonly call: number; readonly port: Fields }
  /** Runs an operation; answered with `value` or `failed`. */
  | {
      readonly type: 'call';
      readonly call: number;
      readonly transport: number;
      readonly operation: string;
      readonly input: Fields;
      readonly timeoutMs?: number;
    }
  /** Streams what a transport tells by itself, {@link STREAM_CREDIT} items at first. */
  | { readonly type: 'stream'; readonly call: number; readonly transport: number; readonly stream: string }
  /** So many items more of a stream, or of the body of the answer to a call. */
  | { readonly type: 'credit'; readonly call: number; readonly count: number }
  /** Ends a call; it is answered all the same. */
  | { readonly type: 'abort'; readonly call: number }
  /** Nobody wants the rest of a stream or a body. */
  | { readonly type: 'cancel'; readonly call: number };

const TYPES = [
  'ping',
  'finish',
  'watch',
  'open',
  'connect',
  'close',
  'reset',
  'call',
  'stream',
  'credit',
  'abort',
  'cancel',
] as const satisfies readonly BusRequest['type'][];

/** `value` as a message of the side of the app; `InputError` with the path of what is wrong. */
export function readBusRequest(value: unknown): BusRequest {
  const f = new Fields(value, '');
  const type = f.oneOf('type', TYPES);
  switch (type) {
    case 'ping':
    case 'finish':
      return { type };
    case 'watch':
    case 'abort':
    case 'cancel':
      return { type, call: f.count('call') };
    case 'open':
      return {
        type,
        transport: f.count('transport'),
        port: f.fields('port'),
        options: f.fields('options'),
      };
    case 'connect':
      return {
        type,
        transport: f.count('transport'),
        reader: f.count('reader'),
        mode: f.oneOf('mode', ['exclusive', 'shared']),
        ...maybe(f, 'timeoutMs', (field) => f.count(field)),
      };
    case 'close':
      return { type, transport: f.count('transport') };
    case 'reset':
      return { type, call: f.count('call'), port: f.fields('port') };
    case 'call':
      return {
        type,
        call: f.count('call'),
        transport: f.count('transport'),
        operation: f.text('operation'),
        input: f.fields('input'),
        ...maybe(f, 'timeoutMs', (field) => f.count(field)),
      };
    case 'stream':
      return { type, call: f.count('call'), transport: f.count('transport'), stream: f.text('stream') };
    case 'credit':
      return { type, call: f.count('call'), count: f.count('count') };
    default:
      return type satisfies never;
  }
}
