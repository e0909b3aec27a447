import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { messageSheet, readMessage, readMessageTree, writeMessage } from '../../src/message/index.js';
import type { SchemaLibrary } from '../../src/node/schema-set/index.js';
import type { SchemaDescriptor } from '../../src/schema/index.js';
import { messagesIn, mutants, withoutData, XMELD, xoevSchemas } from '../support/xoev-data.js';

/** What the work gives, or the typed error that it throws. */
function attempt<T>(work: () => T): T | InputError {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

describe.skipIf(withoutData)('a damaged message', () => {
  let schemas: SchemaLibrary;
  let descriptor: SchemaDescriptor;
  beforeAll(async () => {
    schemas = await xoevSchemas();
    descriptor = schemas.describe(XMELD);
  });

  /** Judges, reads, writes and shows; what the schema accepts must be readable and valid again when it was written. */
  function check(bytes: Uint8Array): void {
    const { schemaValid, findings } = schemas.validate(bytes);
    expect(findings.length > 0).toBe(!schemaValid);
    for (const { message } of findings) expect(message).not.toBe('');
    attempt(() => messageSheet(descriptor, readMessageTree(bytes)));
    const read = attempt(() => readMessage(descriptor, bytes));
    if (read instanceof InputError) {
      expect(schemaValid, read.message).toBe(false);
      return;
    }
    const written = attempt(() =>
      writeMessage(descriptor, read.root, read.value as object, { prefixes: read.prefixes }),
    );
    if (schemaValid)
      expect(written instanceof InputError ? written.message : schemas.validate(written).findings).toEqual(
        [],
      );
  }

  it('is judged the same by the schema and by the reader as far as names and order go: the mutants', () => {
    for (const { bytes } of mutants()) check(bytes);
  }, 60_000);

  it('gives findings and typed errors, wherever it is cut and whatever is changed', () => {
    const messages = messagesIn('generated/max');
    const change = fc.record({
      message: fc.nat(messages.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(40),
      insert: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom(
          '<',
          '</',
          '<x/>',
          '<!DOCTYPE a>',
          '&x;',
          '&#0;',
          ']]>',
          ' xmlns="urn:x"',
          ' xsi:type="a:b"',
          '\0',
        ),
      ),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(change, ({ message, at, remove, insert, cut }) => {
        const bytes = messages[message]?.bytes ?? new Uint8Array();
        const offset = Math.floor(at * bytes.length);
        const rest = cut ? [] : [bytes.subarray(offset + remove)];
        check(Buffer.concat([bytes.subarray(0, offset), Buffer.from(insert), ...rest]));
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
