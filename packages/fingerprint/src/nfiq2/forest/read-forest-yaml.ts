import { md5 } from '@noble/hashes/legacy';
import { InputError } from '@buergerkoffer/formats';
import { forestOf, type Forest } from './forest.js';
import { ForestNodes } from './forest-nodes.js';
import { gunzipped, isGzip } from './gunzipped.js';

/** Largest YAML that is read, in bytes, unpacked; NIST's has 21,365,510. */
export const MAX_FOREST_YAML_BYTES = 32 * 1024 * 1024;

/** Longest line; NIST's longest has 79 characters. */
const MAX_LINE = 4096;
/** How much is looked at between two turns of the event loop, in bytes. */
const PIECE = 256 * 1024;

/**
 * Reads a random forest as OpenCV's `RTrees` writes it in YAML, plain or packed with gzip, in bounded memory.
 *
 * Only what NFIQ 2 needs is understood: two classes, ordered variables, one `le` split per node, nodes in
 * depth first order; anything else is `InputError`: `malformed`, `truncated`, `unsupported`, or `too-large`
 * above 32 MiB unpacked. `offset` counts in the unpacked text. `modelHash` of the result is the MD5 of that
 * text.
 */
export async function readForestYaml(bytes: Uint8Array): Promise<Forest> {
  const hash = md5.create();
  const lines = new Lines();
  const pieces = isGzip(bytes) ? gunzipped(bytes, MAX_FOREST_YAML_BYTES) : piecesOf(bytes);
  for await (const piece of pieces) {
    hash.update(piece);
    lines.take(piece);
  }
  const { nodes, splits, variables, trees } = lines.finish();
  return forestOf({ hash: hash.digest(), nodes, splits, variables, trees });
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  if (bytes.length > MAX_FOREST_YAML_BYTES) {
    throw new InputError('too-large', `a model has at most ${MAX_FOREST_YAML_BYTES} bytes`);
  }
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Cuts pieces of text into lines and hands them on. */
class Lines {
  readonly #nodes = new ForestNodes();
  readonly #decoder = new TextDecoder('latin1');
  #rest = '';
  #offset = 0;

  take(piece: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#line(line);
      this.#offset += line.length + 1;
    }
    // A line without end must not be collected.
    if (this.#rest.length > MAX_LINE) this.#line(this.#rest);
  }

  finish(): ReturnType<ForestNodes['finish']> {
    if (this.#rest === '') return this.#nodes.finish(this.#offset);
    this.#line(this.#rest);
    const offset = this.#offset + this.#rest.length;
    throw new InputError('truncated', 'the last line has no end', { offset });
  }

  #line(line: string): void {
    if (line.length > MAX_LINE) {
      throw new InputError('malformed', `a line is longer than ${MAX_LINE} bytes`, { offset: this.#offset });
    }
    this.#nodes.line(line.trim(), this.#offset);
  }
}
