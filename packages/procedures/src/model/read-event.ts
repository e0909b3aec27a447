import { InputError } from '@buergerkoffer/formats';
import { CaseEvent, EVENT_VERSION } from './events.js';
import { parseJson, readJson } from './read.js';

/** Turns an event of one version into the next; it sees what an older release wrote and validated. */
export type Upcaster = (event: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Upcasters in order: the first lifts version 1 to 2. Version 1 is the only one written so far. */
const UPCASTERS: readonly Upcaster[] = [];

/**
 * An event from JSON text or parsed JSON of any version written so far.
 * InputError `unsupported` for a version from the future, else the fault with its path; messages hold no value.
 */
export function readCaseEvent(json: unknown): CaseEvent {
  const value: unknown = parseJson(json, 'case event');
  return readJson(CaseEvent, upcast(value, UPCASTERS, EVENT_VERSION), 'case event');
}

/** `value` lifted to version `current`; what is no versioned object is left to the schema to refuse. */
export function upcast(value: unknown, upcasters: readonly Upcaster[], current: number): unknown {
  if (!isRecord(value)) return value;
  const version = value['schemaVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return value;
  if (version > current) {
    throw new InputError('unsupported', `case event: schema version ${version}, known up to ${current}`, {
      path: 'schemaVersion',
      remedy: 'open the case with the release that wrote it, or a later one',
    });
  }
  return upcasters.slice(version - 1, current - 1).reduce((event, lift) => lift(event), value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
