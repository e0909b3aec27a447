import { Readable } from 'node:stream';
import { main } from '../../src/main.js';

/** What a run of `koffer` gave. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The file that went to standard output; empty where none did. */
  readonly file: Uint8Array;
  /** Standard output as one JSON value per line; throws where a line is something else. */
  readonly json: readonly Record<string, unknown>[];
}

/** Runs `koffer` in this process, from source. */
export async function koffer(args: readonly string[], input?: string | Uint8Array): Promise<Result> {
  let out = '';
  let err = '';
  let file = new Uint8Array();
  const code = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    outFile: (bytes) => {
      file = Uint8Array.from(bytes);
      return Promise.resolve();
    },
    ...(input === undefined ? {} : { input: Readable.from([Buffer.from(input)]) }),
  });
  return {
    code,
    out,
    err,
    file,
    get json() {
      return jsonLines(out);
    },
  };
}

/** Every line of `text` as an object. */
export function jsonLines(text: string): readonly Record<string, unknown>[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  return lines.map((line) => {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) throw new Error('a line is no object');
    return value as Record<string, unknown>;
  });
}
