import { spawn } from 'node:child_process';
import { findProgram } from './program.js';

/** The packings of Linux distributions by their first bytes, and the program of each. */
const PACKINGS = [
  { magic: 'fd377a585a00', program: 'xz' },
  { magic: '28b52ffd', program: 'zstd' },
  { magic: '1f8b08', program: 'gzip' },
] as const;

/** How `bytes` are packed; undefined: not, or in a way unknown here. */
export function packingOf(bytes: Uint8Array): (typeof PACKINGS)[number]['program'] | undefined {
  const head = Buffer.from(bytes.subarray(0, 6)).toString('hex');
  return PACKINGS.find(({ magic }) => head.startsWith(magic))?.program;
}

/** Unpacks `bytes` with the program of their packing; rejects where it is not installed or finds a fault in them. */
export async function unpackBytes(bytes: Uint8Array, program: string): Promise<Buffer> {
  const child = spawn(findProgram(program) ?? program, ['-dc'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  // A program that ends early closes its input; its status tells.
  child.stdin.on('error', () => undefined).end(bytes);
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const status = await ended;
  if (status !== 0) throw new Error(`${program} ended with status ${status ?? 'of a signal'}`);
  return Buffer.concat(pieces);
}
