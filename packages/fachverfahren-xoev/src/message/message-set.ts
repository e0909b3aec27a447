import type * as z from 'zod';
import type { SchemaDescriptor } from '../schema/descriptor.js';
import { messageSchema } from './message-schema.js';
import { readMessage } from './read-message.js';
import type { MessageElement } from './tree.js';
import { writeMessage, type WriteOptions } from './write-message.js';

/** A message of a set with the type of its content. */
export interface TypedMessage<Messages, Root extends keyof Messages> {
  readonly root: Root;
  readonly value: Messages[Root];
  /** Prefix by namespace as the message used it. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Reader, writer and zod schemas of the messages of one standard in one version. */
export interface MessageSet<Messages> {
  readonly descriptor: SchemaDescriptor;
  /** The zod schema of a message: everything that the grammar says about values, names and cardinality. */
  schema<Root extends keyof Messages & string>(root: Root): z.ZodType<Messages[Root]>;
  /** See {@link writeMessage}. */
  write<Root extends keyof Messages & string>(
    root: Root,
    value: Messages[Root],
    options?: WriteOptions,
  ): Uint8Array;
  /** See {@link readMessage}; `InputError` `unsupported` for a message that is not of the set. */
  read(
    message: Uint8Array | MessageElement,
  ): { [Root in keyof Messages]: TypedMessage<Messages, Root> }[keyof Messages];
}

/** The messages of a descriptor with their types, which generated code brings along. */
export function messageSet<Messages extends { readonly [Root in keyof Messages]: object }>(
  descriptor: SchemaDescriptor,
): MessageSet<Messages> {
  return {
    descriptor,
    // The generated types were made from the same descriptor: here, and only here, they are believed.
    schema: <Root extends keyof Messages & string>(root: Root) =>
      messageSchema(descriptor, root) as unknown as z.ZodType<Messages[Root]>,
    write: (root, value, options) => writeMessage(descriptor, root, value, options),
    read: (message) => readMessage(descriptor, message) as unknown as TypedMessage<Messages, keyof Messages>,
  };
}
