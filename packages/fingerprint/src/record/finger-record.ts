import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { FingerView } from './finger-view.js';
import { readBody2005 } from './read-2005.js';
import { readBody2011 } from './read-2011.js';

/** A finger image record (ISO/IEC 19794-4:2005 or :2011), taken apart; its images are not decoded. */
export interface FingerRecord {
  readonly version: '2005' | '2011';
  /** One entry per image, in the order of the record. */
  readonly views: readonly FingerView[];
}

/**
 * Reads a finger image record of 2005 (version 010) or 2011 (version 020). Every length is checked against
 * the bytes that are there; `InputError` with offset: `truncated`, `malformed` (no record, a length that
 * lies, bytes left over), `unsupported` (another version, an unknown compression or unit).
 */
export function readFingerRecord(bytes: Uint8Array): FingerRecord {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== 0x46495200) {
    throw new InputError('malformed', 'a finger image record begins with FIR', { offset: 0 });
  }
  const versionAt = reader.offset;
  const version = reader.u32();
  if (version === 0x30313000) return { version: '2005', views: readBody2005(reader, bytes.length) };
  if (version === 0x30323000) return { version: '2011', views: readBody2011(reader, bytes.length) };
  throw new InputError('unsupported', 'finger image records of versions 010 and 020 are read', {
    offset: versionAt,
  });
}
