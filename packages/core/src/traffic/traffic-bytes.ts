import { InputError } from '@buergerkoffer/formats';

/** A run of bytes in a recording: known, or hidden with only their number left. */
export type ByteRun = { readonly bytes: Uint8Array } | { readonly hidden: number };

/** Bytes as a recording holds them: some of them may be hidden. */
export type TrafficBytes = readonly ByteRun[];

/** The largest hidden run that a file may claim, in bytes. */
const MAX_HIDDEN = 64 * 1024 * 1024;

/** `runs` as text: hexadecimal bytes, and `*N` in the place of N hidden ones, with blanks between: `0084 *8 9000`. */
export function bytesText(runs: TrafficBytes): string {
  return runs.map((run) => ('hidden' in run ? `*${run.hidden}` : hexText(run.bytes))).join(' ');
}

/** The runs of `text`; `InputError('malformed')` with `path` for anything else. */
export function readBytesText(text: string, path: string): TrafficBytes {
  if (text === '') return [];
  return text.split(' ').map((word): ByteRun => {
    if (!word.startsWith('*')) return { bytes: hexBytes(word, path) };
    const hidden = Number(word.slice(1));
    if (!/^\*[1-9]\d{0,8}$/.test(word) || hidden > MAX_HIDDEN) throw malformed(path);
    return { hidden };
  });
}

/** How many bytes `runs` stand for. */
export function lengthOf(runs: TrafficBytes): number {
  return runs.reduce((sum, run) => sum + ('hidden' in run ? run.hidden : run.bytes.length), 0);
}

/** The bytes of `runs`, with zeros in the place of hidden ones. */
export function plainBytes(runs: TrafficBytes): Uint8Array {
  const bytes = new Uint8Array(lengthOf(runs));
  let at = 0;
  for (const run of runs) {
    if ('hidden' in run) at += run.hidden;
    else {
      bytes.set(run.bytes, at);
      at += run.bytes.length;
    }
  }
  return bytes;
}

/** Whether `bytes` could be what was recorded: of the same length, and equal wherever nothing is hidden. */
export function fits(runs: TrafficBytes, bytes: Uint8Array): boolean {
  if (lengthOf(runs) !== bytes.length) return false;
  let at = 0;
  for (const run of runs) {
    if ('hidden' in run) at += run.hidden;
    else {
      const from = at;
      if (!run.bytes.every((byte, index) => byte === bytes[from + index])) return false;
      at += run.bytes.length;
    }
  }
  return true;
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function hexBytes(word: string, path: string): Uint8Array {
  if (word.length % 2 !== 0 || !/^[0-9a-f]+$/.test(word)) throw malformed(path);
  return Uint8Array.from({ length: word.length / 2 }, (_, i) =>
    Number.parseInt(word.slice(2 * i, 2 * i + 2), 16),
  );
}

function malformed(path: string): InputError {
  return new InputError('malformed', 'something other than hexadecimal bytes and hidden runs', {
    path,
    remedy: 'use a file that `koffer record` has written, unchanged',
  });
}
