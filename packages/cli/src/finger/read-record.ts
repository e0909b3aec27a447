import {
  readChipTemplate,
  readDg3,
  readFingerRecord,
  type FingerRecord,
} from '@buergerkoffer/fingerprint/record';

/** What a file holds: a finger image record alone, in its template, or several in data group 3. */
export interface RecordFile {
  readonly format: 'record' | 'template' | 'dg3';
  readonly records: readonly FingerRecord[];
}

/** Whether the bytes begin like a file of {@link readRecordFile}. */
export function isRecordFile(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  return head.startsWith('FIR\0') || head.startsWith('\x7f\x60') || /^c.{1,5}\x7f\x61/su.test(head);
}

/** The records in bytes of any of the three kinds. */
export function readRecordFile(bytes: Uint8Array): RecordFile {
  const [first = 0, second = 0] = bytes;
  if (first === 0x63) return { format: 'dg3', records: readDg3(bytes).map(({ record }) => record) };
  if (first === 0x7f && second === 0x60) {
    return { format: 'template', records: [readChipTemplate(bytes).record] };
  }
  return { format: 'record', records: [readFingerRecord(bytes)] };
}
