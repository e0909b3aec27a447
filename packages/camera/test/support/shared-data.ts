import { existsSync, readFileSync } from 'node:fs';
import type { RecordedTransfer } from './recorded-usb.js';

const FOLDER = new URL('../../../../../shared/data/camera/', import.meta.url);

/** Whether the recorded sessions are there; says so where they are not. */
export const recordingsAbsent = !existsSync(FOLDER);
if (recordingsAbsent) console.warn('skipped: ../shared/data/camera is not there');

/** A file of the shared data. */
export function sharedFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

/** The lines of a recorded session as objects. */
export function linesOf(name: string): readonly Readonly<Record<string, string>>[] {
  return readFileSync(new URL(name, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
}

/** The bytes of a line. */
export function bytesOfLine({ hex = '', restIsFile }: Readonly<Record<string, string>>): Uint8Array {
  const head = Buffer.from(hex, 'hex');
  return new Uint8Array(restIsFile === undefined ? head : Buffer.concat([head, sharedFile(restIsFile)]));
}

/** The transfers of a recorded USB session. */
export function transfersOf(name: string): readonly RecordedTransfer[] {
  return linesOf(name).map((line) => ({
    pipe: line['pipe'] as RecordedTransfer['pipe'],
    bytes: bytesOfLine(line),
  }));
}
