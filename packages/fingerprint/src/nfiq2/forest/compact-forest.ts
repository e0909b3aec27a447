import { md5 } from '@noble/hashes/legacy';
import { ByteReader, ByteWriter, decodeHex, InputError } from '@buergerkoffer/formats';
import { forestOf, LEAF, MAX_NODES, MAX_TREES, type Forest } from './forest.js';

const MAGIC = 'BKRF';
const VERSION = 1;
const HASH_BYTES = 16;

/** Largest compact forest that is read, in bytes. */
export const MAX_COMPACT_FOREST_BYTES = 5 * MAX_NODES + 64;

/** Whether `bytes` begin as {@link writeCompactForest} makes them. */
export function isCompactForest(bytes: Uint8Array): boolean {
  return new TextEncoder().encode(MAGIC).every((byte, at) => bytes[at] === byte);
}

/**
 * The forest in as few bytes as it needs (NIST's: 415 kB): "BKRF", version, number of variables, trees (16
 * bit), nodes and splits (32 bit), MD5 of the file that it was made from; one byte per node; the splits'
 * thresholds (float32); MD5 of all that. Numbers are little endian.
 */
export function writeCompactForest(forest: Forest): Uint8Array {
  const splits = forest.thresholds.filter((_, node) => (forest.nodes[node] ?? LEAF) < LEAF);
  const writer = new ByteWriter('little');
  writer.ascii(MAGIC).u8(VERSION).u8(forest.variables).u16(forest.roots.length);
  writer.u32(forest.nodes.length).u32(splits.length).bytes(decodeHex(forest.modelHash));
  writer.bytes(forest.nodes).bytes(littleEndian(splits));
  const body = writer.toBytes();
  return new ByteWriter().bytes(body).bytes(md5(body)).toBytes();
}

/**
 * Reads what {@link writeCompactForest} wrote. Bytes of another kind are `InputError('malformed')`, of
 * another version `unsupported`, cut ones `truncated`, changed ones `checksum`; each with the offset.
 */
export function readCompactForest(bytes: Uint8Array): Forest {
  const reader = new ByteReader(bytes, { order: 'little' });
  if (reader.ascii(MAGIC.length) !== MAGIC) throw wrong('malformed', 'this is no compact forest', 0);
  const version = reader.u8();
  if (version !== VERSION) throw wrong('unsupported', `version ${version} of the compact forest`, 4);
  const variables = reader.u8();
  const trees = reader.u16();
  const nodeCount = reader.u32();
  const splitCount = reader.u32();
  const isPlausible = trees >= 1 && trees <= MAX_TREES && nodeCount <= MAX_NODES && splitCount < nodeCount;
  if (!isPlausible || variables > LEAF) throw wrong('out-of-range', 'no forest has such a size', 5);
  const hash = reader.bytes(HASH_BYTES);
  const nodes = reader.bytes(nodeCount).slice();
  const splits = floats(reader.bytes(4 * splitCount));
  const end = reader.offset;
  const sum = md5(bytes.subarray(0, end));
  if (!reader.bytes(HASH_BYTES).every((byte, i) => byte === sum[i])) {
    throw wrong('checksum', 'the compact forest was changed', end);
  }
  reader.expectEnd();
  return forestOf({ hash, variables, trees, nodes, splits });
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}

function floats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat32(4 * i, true);
  return values;
}

function wrong(
  code: 'malformed' | 'unsupported' | 'out-of-range' | 'checksum',
  what: string,
  offset: number,
): InputError {
  return new InputError(code, what, { offset, remedy: 'install the model again from the file of NIST' });
}
