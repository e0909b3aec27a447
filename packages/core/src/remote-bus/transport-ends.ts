import type { Observable } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import type { End } from '../device.js';
import type { CallOptions } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import type { Ownership } from './travelling-bytes.js';

/** What comes of an operation. */
export interface Reply {
  /** Plain data; bytes only at its top level. */
  readonly value: object;
  /** Default `owned`: transports hand out bytes that they do not use any more. */
  readonly ownership?: Ownership;
  /** What follows the answer, in pieces. */
  readonly body?: AsyncIterable<Uint8Array>;
}

/** What a transport tells by itself. */
export interface ToldStream {
  /** Plain data; bytes only at its top level, borrowed. */
  readonly items: Observable<object>;
  /** While the other side is slow: everything, or only how things stand. */
  readonly keep: 'all' | 'latest';
}

/** The end of a transport where the hardware is: operations by name. */
export interface ServedTransport {
  readonly ended: Promise<End>;
  close(): Promise<void>;
  /** Plain properties; a promise where they are not known at once. */
  readonly said: object | Promise<object>;
  /** Runs an operation; throws `InputError` for one that it does not know, or a wrong input. */
  call(operation: string, input: Fields, options: CallOptions): Promise<Reply>;
  readonly streams: Readonly<Record<string, ToldStream>>;
  /** Readers only. */
  connect?(mode: 'exclusive' | 'shared', options: CallOptions): Promise<ServedTransport>;
}

/** The answer to an operation, and what follows it. */
export interface Answer<T> {
  readonly value: T;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The end of a transport where the app is; what is read wrongly ends the connection. */
export interface FarTransport {
  readonly ended: Promise<End>;
  close(): Promise<void>;
  /** Runs an operation there; an answer that crossed its abort goes to `late`. */
  call<T>(
    operation: string,
    input: object,
    read: (value: Fields) => T,
    options: CallOptions | undefined,
    late?: (answer: T) => void,
  ): Promise<T>;
  /** The same, for answers with a body. */
  ask<T>(
    operation: string,
    input: object,
    read: (value: Fields) => T,
    options: CallOptions | undefined,
  ): Promise<Answer<T>>;
  /** Cold. What it tells by itself. */
  stream<T>(name: string, read: (item: Fields) => T): Observable<T>;
  /** Opens what is in a reader, and reads what it says of itself. */
  connect<T>(
    mode: 'exclusive' | 'shared',
    open: (card: FarTransport, said: Fields) => T,
    options: CallOptions | undefined,
  ): Promise<T>;
}

/** Opens what `message` describes on the other side, in a reader or on the bus, and makes a transport of it. */
export type OpenFar = <T>(
  message: object,
  make: (far: FarTransport, said: Fields) => T,
  signal?: AbortSignal,
  reader?: number,
) => Promise<T>;

/** An operation that a transport does not have. */
export function unknownOperation(operation: string): InputError {
  return new InputError('unsupported', `this transport has no ${operation.slice(0, 60)}`, {
    path: 'operation',
    remedy: 'use the same release of the SDK on both sides',
  });
}

/** Reads an answer that says nothing. */
export function nothing(): void {
  // That it came is all.
}
