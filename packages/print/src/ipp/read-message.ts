import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { IppAttribute, IppGroup, IppMessage, IppValue } from './message.js';
import { readValue } from './read-value.js';
import { byNumber, END_OF_ATTRIBUTES, FIRST_VALUE_TAG, GROUP_TAGS, TAG } from './tags.js';

/** How much of a message is believed. */
export interface IppLimits {
  /** Values of all attributes and collections together. Default 200 000: a queue of CUPS with 500 jobs has 20 000. */
  readonly maxValues?: number;
  /** How deep collections stand in one another. Default 32; the deepest that is defined has 4. */
  readonly maxDepth?: number;
}

const GROUP_NAMES = byNumber(GROUP_TAGS);
/** Lengths are signed 16-bit numbers (RFC 8010, 3.1.4). */
const LONGEST = 0x7fff;

/**
 * The message that `bytes` are (RFC 8010, 3.1). `InputError` with the offset of the fault: `truncated`, `malformed`,
 * `too-large` beyond `limits`.
 */
export function readIppMessage(bytes: Uint8Array, limits: IppLimits = {}): IppMessage {
  return new MessageReader(bytes, limits).message();
}

/** The head of an attribute or of one more value. */
interface Field {
  readonly offset: number;
  readonly tag: number;
  readonly name: string;
  /** Length of the value, which is read next. */
  readonly length: number;
}

class MessageReader {
  readonly #reader: ByteReader;
  readonly #maxDepth: number;
  #valuesLeft: number;

  constructor(bytes: Uint8Array, { maxValues = 200_000, maxDepth = 32 }: IppLimits) {
    this.#reader = new ByteReader(bytes);
    this.#valuesLeft = maxValues;
    this.#maxDepth = maxDepth;
  }

  message(): IppMessage {
    const reader = this.#reader;
    const version = { major: reader.u8(), minor: reader.u8() };
    const code = reader.u16();
    const requestId = reader.u32();
    const groups: IppGroup[] = [];
    for (;;) {
      const { offset } = reader;
      const tag = reader.u8();
      if (tag === END_OF_ATTRIBUTES) break;
      if (tag === 0 || tag >= FIRST_VALUE_TAG) throw malformed(offset, 'no group of attributes begins here');
      groups.push({ group: GROUP_NAMES.get(tag) ?? tag, attributes: this.#attributes() });
    }
    return { version, code, requestId, groups, data: reader.bytes(reader.remaining) };
  }

  #attributes(): readonly IppAttribute[] {
    const attributes: { name: string; values: IppValue[] }[] = [];
    for (;;) {
      const next = this.#reader.peek();
      if (next !== undefined && next < FIRST_VALUE_TAG) return attributes;
      const field = this.#field();
      const value = this.#value(field, 1);
      if (field.name !== '') attributes.push({ name: field.name, values: [value] });
      else if (attributes.length === 0) throw malformed(field.offset, 'a further value without an attribute');
      else attributes.at(-1)?.values.push(value);
    }
  }

  #field(): Field {
    const reader = this.#reader;
    const { offset } = reader;
    const tag = reader.u8();
    const name = reader.ascii(this.#length());
    return { offset, tag, name, length: this.#length() };
  }

  #value(field: Field, depth: number): IppValue {
    this.#valuesLeft -= 1;
    if (this.#valuesLeft < 0) {
      throw new InputError('too-large', 'the message has too many values', { offset: field.offset });
    }
    if (field.tag !== TAG.begCollection) return readValue(field.tag, this.#reader, field.length);
    expectEmpty(field);
    if (depth > this.#maxDepth) {
      throw new InputError('too-large', `collections stand more than ${this.#maxDepth} deep in one another`, {
        offset: field.offset,
      });
    }
    return { syntax: 'collection', members: this.#members(depth) };
  }

  /** Members up to the end of the collection (RFC 8010, 3.1.6). */
  #members(depth: number): readonly IppAttribute[] {
    const members: { name: string; values: IppValue[] }[] = [];
    for (;;) {
      const field = this.#field();
      if (field.tag < FIRST_VALUE_TAG || field.name !== '') {
        throw malformed(field.offset, 'a collection does not end');
      }
      if (field.tag === TAG.endCollection) {
        expectEmpty(field);
        return members;
      }
      if (field.tag === TAG.memberAttrName) {
        members.push({ name: this.#reader.ascii(field.length), values: [] });
        this.#valuesLeft -= 1;
        continue;
      }
      const value = this.#value(field, depth + 1);
      if (members.length === 0) throw malformed(field.offset, 'a value without the name of its member');
      members.at(-1)?.values.push(value);
    }
  }

  #length(): number {
    const { offset } = this.#reader;
    const length = this.#reader.u16();
    if (length > LONGEST) throw malformed(offset, `${length} is no length`);
    return length;
  }
}

function expectEmpty({ offset, length }: Field): void {
  if (length > 0) throw malformed(offset, 'the beginning or the end of a collection has a value');
}

function malformed(offset: number, what: string): InputError {
  return new InputError('malformed', `${what} (${offset})`, { offset });
}
