import { canInstall, installPackages, notInstalled, updateLists } from './apt.js';
import { findProgram, isExecutable, lastWords } from './program.js';

/** A program that the lab starts, and the Debian package that brings it. */
export interface Requirement {
  /** A name that is looked for on the PATH, or an absolute path. */
  readonly program: string;
  readonly package: string;
  readonly why: string;
}

/** What a guest needs on this computer. The kernel and busybox are not installed, only unpacked into the cache. */
export const GUEST_REQUIREMENTS: readonly Requirement[] = [
  { program: 'qemu-system-x86_64', package: 'qemu-system-x86', why: 'runs the guest' },
  { program: 'modprobe', package: 'kmod', why: 'loads modules in the guest' },
  { program: 'depmod', package: 'kmod', why: 'says which module needs which' },
  { program: 'setpriv', package: 'util-linux', why: 'ends the guest together with its runner' },
  { program: 'dpkg-deb', package: 'dpkg', why: 'unpacks the kernel' },
  { program: 'tar', package: 'tar', why: 'unpacks the kernel' },
];

/** What a guest needs on top where its lab files want hot-plug events. */
export const UDEV_REQUIREMENT: Requirement = {
  program: '/lib/systemd/systemd-udevd',
  package: 'udev',
  why: 'tells of devices that come and go',
};

/** Those of `requirements` that are not there. */
export function missingOf(requirements: readonly Requirement[]): readonly Requirement[] {
  const isThere = ({ program }: Requirement): boolean =>
    program.startsWith('/') ? isExecutable(program) : findProgram(program) !== undefined;
  return requirements.filter((each) => !isThere(each));
}

/** Packages that could not be installed, each with the reason; empty: all are there. */
export type MissingPackages = ReadonlyMap<string, string>;

/** Installs those of `packages` that are not there where this process may; answers those that are missing then. */
export async function ensurePackages(
  packages: readonly string[],
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<MissingPackages> {
  const wanted = await notInstalled([...new Set(packages)], signal);
  if (wanted.length === 0) return new Map();
  if (!canInstall()) {
    const reason = 'it is not installed, and only root can install it with apt-get';
    return new Map(wanted.map((each) => [each, reason]));
  }
  say(`installing ${wanted.join(' ')}`);
  let end = await installPackages(wanted, signal);
  if (end.status !== 0) {
    await updateLists(signal);
    end = await installPackages(wanted, signal);
  }
  if (end.status === 0) return new Map();
  // One name that apt does not know keeps it from installing the others.
  const missing = new Map<string, string>();
  for (const each of wanted) {
    const alone = await installPackages([each], signal);
    if (alone.status !== 0) missing.set(each, lastWords(alone));
  }
  return missing;
}
