import { ByteReader } from '@buergerkoffer/formats';
import type { PropertySet } from '../camera-property.js';
import { STORAGE } from '../card.js';
import { EOS_PROPERTY } from './codes.js';
import { choicesRecord, propertyRecord } from './records.js';

/** Where pictures go: on the card, to the host. */
export const CAPTURE_DESTINATION = { card: 2, host: 4 } as const;
/** Bit of the viewfinder's output that stands for the host. */
export const TO_HOST = 2;
/** Lens and body on manual focus: the camera does not hunt before it releases. */
const MANUAL_FOCUS = 3;

/** A property's first value, and what a host may set it to; without choices it is read only. */
interface EosProperty {
  readonly code: number;
  readonly initial: number;
  readonly choices?: readonly number[];
}

/** What a portrait depends on; values of aperture, time and speed in eighths of a stop, as the extension codes them. */
const PROPERTIES: readonly EosProperty[] = [
  { code: EOS_PROPERTY.aperture, initial: 0x2d, choices: [0x1d, 0x25, 0x2d, 0x35, 0x3d] },
  { code: EOS_PROPERTY.shutterSpeed, initial: 0x70, choices: [0x60, 0x68, 0x70, 0x78, 0x80] },
  { code: EOS_PROPERTY.isoSpeed, initial: 0x58, choices: [0x48, 0x50, 0x58, 0x60, 0x68] },
  { code: EOS_PROPERTY.exposureMode, initial: 3 },
  { code: EOS_PROPERTY.focusMode, initial: MANUAL_FOCUS },
  { code: EOS_PROPERTY.whiteBalance, initial: 0, choices: [0, 1, 2, 3, 4, 5, 8] },
  { code: EOS_PROPERTY.batteryPower, initial: 1 },
  { code: EOS_PROPERTY.availableShots, initial: 0 },
  {
    code: EOS_PROPERTY.captureDestination,
    initial: CAPTURE_DESTINATION.card,
    choices: Object.values(CAPTURE_DESTINATION),
  },
  { code: EOS_PROPERTY.currentStorage, initial: STORAGE },
  { code: EOS_PROPERTY.viewfinderOutput, initial: 0, choices: [0, 1, TO_HOST, 1 | TO_HOST] },
  { code: EOS_PROPERTY.viewfinderMode, initial: 1, choices: [0, 1] },
];

/** Values by the codes of their properties. */
export type EosValues = Map<number, number>;

/** What a camera is set to when it leaves the shop. */
export function firstEosValues(): EosValues {
  return new Map(PROPERTIES.map(({ code, initial }) => [code, initial]));
}

/** The settings of an EOS; each change is told as a record. */
export class EosProperties {
  readonly #values: EosValues;
  readonly #changed: (record: Uint8Array) => void;

  /** `values` are the camera's, and outlive the session; `changed` hears the records. */
  constructor(values: EosValues, changed: (record: Uint8Array) => void) {
    this.#values = values;
    this.#changed = changed;
  }

  get codes(): readonly number[] {
    return [...this.#values.keys()];
  }

  /** 0 for a property that there is not. */
  value(code: number): number {
    return this.#values.get(code) ?? 0;
  }

  /** Changes a value from within. */
  change(code: number, value: number): void {
    if (this.value(code) === value) return;
    this.#values.set(code, value);
    this.#changed(propertyRecord(code, value));
  }

  /** Takes what SetDevicePropValueEx sends: size of all, property, value, each of 32 bits, a small value less. */
  set(data: Uint8Array): { readonly code: number; readonly result: PropertySet } {
    const reader = new ByteReader(data, { order: 'little' });
    if (data.length < 9 || reader.u32() !== data.length) return { code: 0, result: 'malformed' };
    const code = reader.u32();
    const property = PROPERTIES.find((one) => one.code === code);
    if (property === undefined) return { code, result: 'unknown' };
    if (property.choices === undefined) return { code, result: 'read-only' };
    const value = reader.remaining >= 4 ? reader.u32() : reader.remaining >= 2 ? reader.u16() : reader.u8();
    if (!property.choices.includes(value)) return { code, result: 'not-allowed' };
    this.change(code, value);
    return { code, result: 'set' };
  }

  /** Tells of one property, as a host may ask it to. False where there is none. */
  tell(code: number): boolean {
    if (!this.#values.has(code)) return false;
    this.#changed(propertyRecord(code, this.value(code)));
    return true;
  }

  /** The flood of an EOS that begins to tell: every value, then all choices. */
  tellAll(): void {
    for (const code of this.codes) this.tell(code);
    for (const { code, choices = [] } of PROPERTIES) this.#changed(choicesRecord(code, choices));
  }
}
