import { ByteReader, InputError } from '@buergerkoffer/formats';

/** Types of descriptors (USB 2.0, table 9-5; Interface Association Descriptor ECN). */
export const DESCRIPTOR = {
  device: 1,
  configuration: 2,
  string: 3,
  interface: 4,
  endpoint: 5,
  interfaceAssociation: 11,
} as const;

/** What is done with a fault that can be left out: thrown, or noted. */
export type Report = (fault: InputError) => void;

/** One descriptor of any type. */
export interface RawDescriptor {
  readonly type: number;
  /** All of it, length and type included. */
  readonly bytes: Uint8Array;
  /** Reads what is behind length and type, and nothing beyond. */
  readonly body: ByteReader;
  readonly offset: number;
}

/** The next descriptor, or undefined at the end; a length that leads nowhere is reported and ends the reading. */
export function nextDescriptor(reader: ByteReader, report: Report): RawDescriptor | undefined {
  if (reader.remaining === 0) return undefined;
  const offset = reader.offset;
  const length = reader.peek() ?? 0;
  if (length < 2) {
    report(new InputError('malformed', `a descriptor of ${length} bytes at ${offset}`, { offset }));
    return undefined;
  }
  if (length > reader.remaining) {
    report(
      new InputError(
        'truncated',
        `a descriptor of ${length} bytes at ${offset}, ${reader.remaining} are there`,
        { offset },
      ),
    );
    return undefined;
  }
  const bytes = reader.bytes(length);
  const body = new ByteReader(bytes.subarray(2), { baseOffset: offset + 2, order: 'little' });
  return { type: bytes[1] ?? 0, bytes, body, offset };
}
