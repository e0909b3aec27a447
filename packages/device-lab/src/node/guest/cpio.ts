/** One entry of an archive; paths are relative, folders come before what they hold. */
export type CpioEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly data: Uint8Array };

const FOLDER_MODE = 0o040755;
const FILE_TYPE = 0o100000;
const TRAILER = 'TRAILER!!!';

/**
 * An archive in the format that the kernel unpacks as initramfs: cpio "newc", everything owned by root (Linux,
 * Documentation/driver-api/early-userspace/buffer-format.rst). Its length is a multiple of four, so that archives can be
 * put one behind the other.
 */
export function cpioArchive(entries: readonly CpioEntry[]): Uint8Array {
  const parts = entries.flatMap((entry, index) =>
    entry.kind === 'folder'
      ? part(entry.path, FOLDER_MODE, index + 1, new Uint8Array(0))
      : part(entry.path, FILE_TYPE | entry.mode, index + 1, entry.data),
  );
  return Buffer.concat([...parts, ...part(TRAILER, 0, 0, new Uint8Array(0))]);
}

/** Header with path, and data, each filled up to a multiple of four bytes. */
function part(path: string, mode: number, inode: number, data: Uint8Array): readonly Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  const links = 1;
  const [uid, gid, time, deviceMajor, deviceMinor, nodeMajor, nodeMinor, checksum] = [0, 0, 0, 0, 0, 0, 0, 0];
  const fields = [
    ...[inode, mode, uid, gid, links, time, data.length],
    ...[deviceMajor, deviceMinor, nodeMajor, nodeMinor, name.length, checksum],
  ];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return [filledUp(Buffer.concat([Buffer.from(header), name])), filledUp(data)];
}

function filledUp(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, new Uint8Array(4 - rest)]);
}
