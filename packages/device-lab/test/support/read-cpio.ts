/** An entry of a cpio "newc" archive as it lies in the bytes. */
export interface ReadEntry {
  readonly path: string;
  readonly mode: number;
  readonly data: Uint8Array;
}

const HEADER_BYTES = 110;

/** The entries of an archive up to its trailer, by the kernel's description of the format. */
export function readCpio(archive: Uint8Array): readonly ReadEntry[] {
  const bytes = Buffer.from(archive);
  const entries: ReadEntry[] = [];
  for (let at = 0; ;) {
    if (bytes.toString('latin1', at, at + 6) !== '070701') throw new Error(`no header at ${at}`);
    const field = (index: number): number =>
      Number.parseInt(bytes.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16);
    const [mode, size, nameSize] = [field(1), field(6), field(11)];
    const path = bytes.toString('utf8', at + HEADER_BYTES, at + HEADER_BYTES + nameSize - 1);
    const start = aligned(at + HEADER_BYTES + nameSize);
    if (path === 'TRAILER!!!') return entries;
    entries.push({ path, mode, data: Uint8Array.from(bytes.subarray(start, start + size)) });
    at = aligned(start + size);
  }
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
