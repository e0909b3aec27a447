import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packingOf, unpackBytes } from './unpack-bytes.js';

/** Where a bzImage says how large it is and where its payload lies (Linux, Documentation/x86/boot.rst, protocol 2.08). */
const BZ_IMAGE = { sectors: 0x1f1, magic: 0x202, payloadOffset: 0x248, payloadLength: 0x24c } as const;
const SECTOR = 512;
/** ELF64: where the program headers stand, and what one says (System V ABI). */
const ELF = { magic: 0x464c457f, phoff: 32, phentsize: 54, phnum: 56 } as const;
const PT_NOTE = 4;
/** The note with which a kernel says that it can be entered unpacked (xen/include/public/elfnote.h: PHYS32_ENTRY). */
const PVH_NOTE = { name: 'Xen\0', type: 18 } as const;

/**
 * The kernel of `folder` as QEMU boots it fastest: unpacked beforehand where it can be entered so, because under emulation
 * every guest takes three seconds of processor time to unpack it; else as it came.
 */
export async function bootImage(folder: string, release: string): Promise<string> {
  const packed = join(folder, `vmlinuz-${release}`);
  const unpacked = join(folder, `vmlinux-${release}`);
  if (await isThere(unpacked)) return unpacked;
  const kernel = await unpackKernelImage(await readFile(packed));
  if (kernel === undefined || !hasPvhEntry(kernel)) return packed;
  // Under a name of its own until it is whole: another run may be doing the same.
  const draft = `${unpacked}.${process.pid}`;
  await writeFile(draft, kernel);
  await rename(draft, unpacked);
  return unpacked;
}

/** The kernel inside a bzImage; undefined where `image` is none or nothing here can unpack it. */
export async function unpackKernelImage(image: Buffer): Promise<Buffer | undefined> {
  if (image.length < SECTOR * 2 || image.toString('latin1', BZ_IMAGE.magic, BZ_IMAGE.magic + 4) !== 'HdrS') {
    return undefined;
  }
  const start = ((image[BZ_IMAGE.sectors] ?? 0) + 1) * SECTOR + image.readUInt32LE(BZ_IMAGE.payloadOffset);
  const payload = image.subarray(start, start + image.readUInt32LE(BZ_IMAGE.payloadLength));
  const packing = packingOf(payload);
  if (packing === undefined) return undefined;
  // Behind the payload stands the size of what it holds, where gzip's own last bytes are not that already.
  const packed = packing === 'gzip' ? payload : payload.subarray(0, -4);
  return unpackBytes(packed, packing).catch(() => undefined);
}

/** Whether the ELF file `kernel` has the note that QEMU looks for. */
export function hasPvhEntry(kernel: Buffer): boolean {
  if (kernel.length < 64 || kernel.readUInt32LE(0) !== ELF.magic) return false;
  const first = Number(kernel.readBigUInt64LE(ELF.phoff));
  const size = kernel.readUInt16LE(ELF.phentsize);
  const headers = Array.from({ length: kernel.readUInt16LE(ELF.phnum) }, (_, index) =>
    kernel.subarray(first + index * size, first + (index + 1) * size),
  );
  return headers
    .filter((header) => header.length >= 56 && header.readUInt32LE(0) === PT_NOTE)
    .some((header) => {
      const offset = Number(header.readBigUInt64LE(8));
      return hasNote(kernel.subarray(offset, offset + Number(header.readBigUInt64LE(32))));
    });
}

/** Notes follow each other: length of name, length of value, type, name, value; each padded to four bytes. */
function hasNote(notes: Buffer): boolean {
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  for (let at = 0; at + 12 <= notes.length;) {
    const [nameLength, length] = [notes.readUInt32LE(at), notes.readUInt32LE(at + 4)];
    const name = notes.toString('latin1', at + 12, at + 12 + nameLength);
    if (name === PVH_NOTE.name && notes.readUInt32LE(at + 8) === PVH_NOTE.type) return true;
    at += 12 + padded(nameLength) + padded(length);
  }
  return false;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
