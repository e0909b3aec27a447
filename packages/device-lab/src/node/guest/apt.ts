import { findProgram, lastWords, runProgram, type ProgramEnd } from './program.js';

/** What Debian's package lists say of a package. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** Names of the packages that it depends on, without versions; of alternatives the first. */
  readonly depends: readonly string[];
}

/** Whether this process may install packages: apt is there, and it runs as root. */
export function canInstall(): boolean {
  return findProgram('apt-get') !== undefined && process.getuid?.() === 0;
}

/** The newest version of package `name` that apt knows; undefined: apt is absent or knows none. */
export async function packageFacts(name: string, signal?: AbortSignal): Promise<PackageFacts | undefined> {
  if (findProgram('apt-cache') === undefined) return undefined;
  const end = await runProgram('apt-cache', ['show', '--no-all-versions', name], { signal });
  return end.status === 0 ? parsePackage(end.stdout) : undefined;
}

/** Reads the first stanza of `apt-cache show` (Debian Policy, chapter 5); undefined: it names no package. */
export function parsePackage(stanza: string): PackageFacts | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(stanza.split('\n\n', 1)[0] ?? '')?.[1]?.trim();
  const name = field('Package');
  const version = field('Version');
  if (name === undefined || version === undefined) return undefined;
  const depends = (field('Depends') ?? '')
    .split(',')
    .map((dependency) => /^\s*([^\s(:|]+)/.exec(dependency)?.[1])
    .filter((each) => each !== undefined);
  return { name, version, depends };
}

/** Downloads `packages` as `.deb` files into `folder`; needs no root. Rejects with apt's last words. */
export async function downloadPackages(
  packages: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const end = await runProgram('apt-get', ['download', '--quiet', ...packages], { cwd: folder, signal });
  if (end.status !== 0) throw new Error(lastWords(end));
}

/** Reads the package lists anew; needs root. Its failure shows when a package is missing afterwards. */
export async function updateLists(signal?: AbortSignal): Promise<void> {
  await runProgram('apt-get', ['update', '-qq'], { signal });
}

/** Installs `packages` without their recommendations and without a question; needs root. */
export async function installPackages(
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<ProgramEnd> {
  const options = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-qq', '--no-install-recommends'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  return runProgram('apt-get', [...options, ...packages], { env, signal });
}

/** Those of `packages` that dpkg does not have installed. */
export async function notInstalled(
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (packages.length === 0) return [];
  if (findProgram('dpkg-query') === undefined) return packages;
  const query = ['-W', '-f=${db:Status-Abbrev} ${Package}\n', ...packages];
  const { stdout } = await runProgram('dpkg-query', query, { signal });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .map((line) => line.slice(2).trim()),
  );
  return packages.filter((each) => !installed.has(each));
}
