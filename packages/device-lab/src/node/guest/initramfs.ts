import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cpioArchive, type CpioEntry } from './cpio.js';
import { INIT, processOne, type GuestSetup } from './guest-scripts.js';
import type { Kernel } from './kernel.js';
import { moduleName, readModuleIndex } from './module-order.js';
import { packingOf, unpackBytes } from './unpack-bytes.js';

/** What the guest needs to see this computer's files and to talk to its runner. */
const BOOT_MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'overlay', 'virtio_console'];

/** A module's bytes under the name by which they are loaded. */
export interface BootModule {
  readonly name: string;
  readonly data: Uint8Array;
}

/** What an initramfs is made of. */
export interface InitramfsParts {
  readonly busybox: Uint8Array;
  /** In the order of loading. */
  readonly modules: readonly BootModule[];
  readonly setup: GuestSetup;
  /** Further files under `/lab`, as `job.json`; the guest sees them under `/run/lab`. */
  readonly files: ReadonlyMap<string, string>;
}

/** The initramfs of one guest: `/init`, busybox, the modules to load, and `/lab` with process 1 and its files. */
export function initramfs({ busybox, modules, setup, files }: InitramfsParts): Uint8Array {
  const folders = ['bin', 'dev', 'proc', 'sys', 'low', 'rw', 'new', 'modules', 'lab'];
  const file = (path: string, data: Uint8Array, mode = 0o644): CpioEntry => ({
    kind: 'file',
    path,
    mode,
    data,
  });
  // The shell's `*` sorts by name: the number keeps the order.
  const numbered = modules.map(({ name, data }, index) =>
    file(`modules/${String(index).padStart(3, '0')}-${name}.ko`, data),
  );
  return cpioArchive([
    ...folders.map((path): CpioEntry => ({ kind: 'folder', path })),
    file('init', Buffer.from(INIT), 0o755),
    file('bin/busybox', busybox, 0o755),
    ...numbered,
    file('lab/process-one', Buffer.from(processOne(setup))),
    ...[...files].map(([name, text]) => file(`lab/${name}`, Buffer.from(text))),
  ]);
}

/** The modules that a guest of `kernel` loads to get its files, in the order of loading. */
export async function bootModules(kernel: Kernel): Promise<readonly BootModule[]> {
  const folder = join(kernel.modules, kernel.release);
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const index = readModuleIndex(await read('modules.dep'), await read('modules.builtin'));
  const files = [...new Set(BOOT_MODULES.flatMap((name) => index.filesOf(name)))];
  return Promise.all(
    files.map(async (file) => ({ name: moduleName(file), data: await unpackedModule(join(folder, file)) })),
  );
}

/** The bytes of a module; Debian 13 compresses with xz, Ubuntu with zstd, and busybox loads neither. */
async function unpackedModule(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const packing = packingOf(bytes);
  return packing === undefined ? bytes : unpackBytes(bytes, packing);
}
