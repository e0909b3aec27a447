import { ByteReader, InputError } from '@buergerkoffer/formats';
import { Dataset } from './dataset.js';

/** A property of a camera (ISO 15740, clause 13), numbers unsigned. */
export type CameraProperty = NumberProperty | TextProperty;

/** A property whose values are numbers. */
export interface NumberProperty {
  readonly code: number;
  readonly type: 'u8' | 'u16' | 'u32';
  readonly initial: number;
  /** The values that a host may set; where there are none it is read only. */
  readonly choices?: readonly number[];
  /** Its value, where it is not what was set last. */
  readonly read?: () => number;
}

/** A property whose values are texts. */
export interface TextProperty {
  readonly code: number;
  readonly type: 'text';
  readonly initial: string;
  readonly read?: () => string;
  /** Takes what a host sets; false for a value that cannot be. Read only where it is missing. */
  readonly write?: (value: string) => boolean;
}

/** Data types of ISO 15740. */
const TYPE = { u8: 0x0002, u16: 0x0004, u32: 0x0006, text: 0xffff } as const;
const FORM = { none: 0, enumeration: 2 } as const;

/** What became of a value that a host sets. */
export type PropertySet = 'set' | 'unknown' | 'read-only' | 'malformed' | 'not-allowed';

/** The properties of one camera, with their values. */
export class CameraProperties {
  readonly #all: ReadonlyMap<number, CameraProperty>;
  readonly #numbers = new Map<number, number>();

  constructor(properties: readonly CameraProperty[]) {
    this.#all = new Map(properties.map((one) => [one.code, one]));
  }

  get codes(): readonly number[] {
    return [...this.#all.keys()];
  }

  /** The dataset DevicePropDesc, undefined for a property that it does not have. */
  description(code: number): Uint8Array | undefined {
    const property = this.#all.get(code);
    if (property === undefined) return undefined;
    const writable = property.type === 'text' ? property.write !== undefined : property.choices !== undefined;
    const dataset = new Dataset().u16(code, TYPE[property.type]).u8(writable ? 1 : 0);
    put(dataset, property.type, property.initial);
    put(dataset, property.type, this.#value(property));
    if (property.type === 'text' || property.choices === undefined) return dataset.u8(FORM.none).done();
    dataset.u8(FORM.enumeration).u16(property.choices.length);
    for (const choice of property.choices) put(dataset, property.type, choice);
    return dataset.done();
  }

  /** Its value as PTP writes it, undefined for a property that it does not have. */
  value(code: number): Uint8Array | undefined {
    const property = this.#all.get(code);
    if (property === undefined) return undefined;
    const dataset = new Dataset();
    put(dataset, property.type, this.#value(property));
    return dataset.done();
  }

  /** Takes the value that a host sends. */
  set(code: number, bytes: Uint8Array): PropertySet {
    const property = this.#all.get(code);
    if (property === undefined) return 'unknown';
    const value = valueIn(bytes, property.type);
    if (value === undefined) return 'malformed';
    if (property.type === 'text') {
      if (property.write === undefined) return 'read-only';
      return property.write(String(value)) ? 'set' : 'not-allowed';
    }
    if (property.choices === undefined) return 'read-only';
    if (!property.choices.includes(Number(value))) return 'not-allowed';
    this.#numbers.set(code, Number(value));
    return 'set';
  }

  #value(property: CameraProperty): number | string {
    return property.read?.() ?? this.#numbers.get(property.code) ?? property.initial;
  }
}

function put(dataset: Dataset, type: CameraProperty['type'], value: number | string): void {
  if (type === 'text') dataset.text(String(value));
  else dataset[type](Number(value));
}

/** The one value that `bytes` are, undefined where they are none. */
function valueIn(bytes: Uint8Array, type: CameraProperty['type']): number | string | undefined {
  const reader = new ByteReader(bytes, { order: 'little' });
  try {
    const value = type === 'text' ? text(reader) : reader[type]();
    reader.expectEnd();
    return value;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function text(reader: ByteReader): string {
  const units = Array.from({ length: reader.u8() }, () => reader.u16());
  return String.fromCharCode(...units).replace(/\0.*$/su, '');
}
