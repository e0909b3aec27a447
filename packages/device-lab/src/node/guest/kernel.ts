import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, copyFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canInstall, downloadPackages, packageFacts, updateLists, type PackageFacts } from './apt.js';
import { cachedEntries, cachedEntry } from './cache.js';
import { bootImage } from './kernel-image.js';
import { LabUnavailable } from './lab-unavailable.js';
import { lastWords, runProgram } from './program.js';

/** A kernel with its modules, unpacked in the cache; all paths are absolute. */
export interface Kernel {
  /** Name and version of the package, as in `linux-image-6.1.0-56-amd64_6.1.192-2`. */
  readonly name: string;
  readonly release: string;
  readonly image: string;
  /** The folder that becomes the guest's `/lib/modules`. */
  readonly modules: string;
  /** A busybox that needs no libraries. */
  readonly busybox: string;
}

/** Debian's and Ubuntu's packages that stand for "the newest kernel". */
const NEWEST_KERNEL = ['linux-image-amd64', 'linux-image-generic'];

/** A package of a kernel: Debian has one, Ubuntu has the modules in packages of their own. */
const KERNEL_PACKAGE = /^linux-(image|modules|modules-extra)-\d/;

const BUSYBOX_PACKAGE = 'busybox-static';

/** 170 of the 400 MB of modules: nothing that a USB, HID, serial or video device of a lab could want. */
const LEFT_OUT = [
  'drivers/gpu',
  'drivers/infiniband',
  'drivers/net/ethernet',
  'drivers/net/wireless',
  'sound/firewire',
  'sound/pci',
  'sound/soc',
].flatMap((folder) => ['--exclude', `*/kernel/${folder}`]);

/** How the kernel is prepared. */
export interface KernelOptions {
  readonly cacheFolder: string;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The kernel that was prepared last, or the newest of apt. Rejects with `LabUnavailable` where there is none. */
export async function kernelOf(options: KernelOptions): Promise<Kernel> {
  const [cached] = await cachedEntries(kernels(options));
  return cached === undefined ? newestKernel(options) : readKernel(cached);
}

/** The newest kernel that apt knows, unpacked unless it is already. Rejects with `LabUnavailable` where there is none. */
export async function newestKernel(options: KernelOptions): Promise<Kernel> {
  const packages = await kernelPackages(options);
  const [image] = packages;
  if (image === undefined) {
    throw new LabUnavailable(
      'apt knows no kernel package (linux-image-amd64)',
      'use Debian or Ubuntu; as root run apt-get update',
    );
  }
  const name = `${image.name}_${image.version}`.replaceAll(/[^\w.+~-]/g, '_');
  const path = await cachedEntry(
    kernels(options),
    name,
    (folder) => unpackKernel(folder, [...packages.map((each) => each.name), BUSYBOX_PACKAGE], options),
    {
      signal: options.signal,
      onWait: () => {
        options.say('another run prepares the kernel; waiting for it');
      },
    },
  );
  return readKernel(path);
}

function kernels({ cacheFolder }: KernelOptions): string {
  return join(cacheFolder, 'kernels');
}

/** The packages of the newest kernel, the one with the image first; empty: apt knows none. */
async function kernelPackages({ signal }: KernelOptions): Promise<readonly PackageFacts[]> {
  for (const lists of ['as they are', 'updated'] as const) {
    if (lists === 'updated') {
      if (!canInstall()) return [];
      await updateLists(signal);
    }
    for (const newest of NEWEST_KERNEL) {
      const packages = await withDependencies(newest, signal);
      if (packages.length > 0) return packages;
    }
  }
  return [];
}

async function withDependencies(name: string, signal?: AbortSignal): Promise<readonly PackageFacts[]> {
  const found = new Map<string, PackageFacts>();
  const wanted = [name];
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
    const facts = await packageFacts(next, signal);
    if (facts === undefined) continue;
    if (KERNEL_PACKAGE.test(facts.name)) found.set(facts.name, facts);
    wanted.push(...facts.depends.filter((each) => KERNEL_PACKAGE.test(each) && !found.has(each)));
  }
  return [...found.values()];
}

async function unpackKernel(
  folder: string,
  packages: readonly string[],
  { say, signal }: KernelOptions,
): Promise<void> {
  say(`downloading ${packages.join(' ')}`);
  await download(packages, folder, signal);
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.deb')) continue;
    say(`unpacking ${file}`);
    await unpack(join(folder, file), folder, signal);
    await rm(join(folder, file));
  }
  await useStandardPaths(folder);
  const release = await releaseIn(folder);
  const depmod = await runProgram('depmod', ['-b', folder, release], { signal });
  if (depmod.status !== 0) throw new Error(`depmod: ${lastWords(depmod)}`);
}

async function download(packages: readonly string[], folder: string, signal?: AbortSignal): Promise<void> {
  try {
    await downloadPackages(packages, folder, signal);
  } catch (error) {
    signal?.throwIfAborted();
    // Lists that are older than the mirror name versions that it no longer has.
    if (canInstall()) await updateLists(signal);
    await downloadPackages(packages, folder, signal).catch((again: unknown) => {
      signal?.throwIfAborted();
      const why = again instanceof Error ? again.message : String(error);
      throw new LabUnavailable(
        `the kernel cannot be downloaded: ${why}`,
        'check the network and the sources of apt; as root run apt-get update',
        again,
      );
    });
  }
}

/** Unpacks what the lab needs of a package; needs no root. */
async function unpack(deb: string, folder: string, signal?: AbortSignal): Promise<void> {
  const kill = { signal, killSignal: 'SIGKILL' as const };
  const reader = spawn('dpkg-deb', ['--fsys-tarfile', deb], { ...kill, stdio: ['ignore', 'pipe', 'ignore'] });
  const args = ['-x', '--no-same-owner', '-C', folder, ...LEFT_OUT];
  const writer = spawn('tar', args, { ...kill, stdio: [reader.stdout, 'ignore', 'ignore'] });
  // The pipe is theirs: with a copy of it here, neither would learn that the other has ended.
  reader.stdout.destroy();
  const statuses = await Promise.all([reader, writer].map((each) => once(each, 'exit')));
  if (statuses.some(([status]) => status !== 0)) throw new Error(`${deb} cannot be unpacked`);
}

/** Newer packages have everything under `usr`; boot, lib and busybox are put where {@link readKernel} looks. */
async function useStandardPaths(folder: string): Promise<void> {
  await rename(join(folder, 'usr/lib/modules'), join(folder, 'lib/modules')).catch(() => undefined);
  const busybox = (await isThere(join(folder, 'bin/busybox'))) ? 'bin/busybox' : 'usr/bin/busybox';
  await copyFile(join(folder, busybox), join(folder, 'busybox'));
  await rm(join(folder, 'usr'), { recursive: true, force: true });
}

async function readKernel(folder: string): Promise<Kernel> {
  const release = await releaseIn(folder);
  return {
    name: folder.slice(folder.lastIndexOf('/') + 1),
    release,
    image: await bootImage(join(folder, 'boot'), release),
    modules: join(folder, 'lib/modules'),
    busybox: join(folder, 'busybox'),
  };
}

async function releaseIn(folder: string): Promise<string> {
  const [release] = await readdir(join(folder, 'lib/modules'));
  if (release === undefined) throw new Error(`${folder} has no modules`);
  return release;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
