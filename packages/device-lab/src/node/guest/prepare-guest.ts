import { kernelOf, newestKernel, type Kernel, type KernelOptions } from './kernel.js';
import { LabUnavailable } from './lab-unavailable.js';
import {
  ensurePackages,
  GUEST_REQUIREMENTS,
  missingOf,
  UDEV_REQUIREMENT,
  type Requirement,
} from './requirements.js';

/** What is to be prepared. */
export interface GuestOptions extends KernelOptions {
  readonly udev: boolean;
  /** `cached`: any kernel that is prepared; `newest`: the newest of apt. Default `cached`. */
  readonly kernel?: 'cached' | 'newest';
}

/**
 * Makes this computer ready for a guest: installs the programs that are missing where it may, downloads and unpacks a kernel
 * unless one is in the cache. Answers the kernel. Rejects with `LabUnavailable` where no guest can run.
 */
export async function prepareGuest(options: GuestOptions): Promise<Kernel> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new LabUnavailable(
      `the guest sees the programs of this computer, which must be Linux on x64, not ${process.platform} on ${process.arch}`,
      'run the lab on such a computer or in such a virtual machine',
    );
  }
  const required = options.udev ? [...GUEST_REQUIREMENTS, UDEV_REQUIREMENT] : GUEST_REQUIREMENTS;
  await ensurePrograms(required, options);
  return options.kernel === 'newest' ? newestKernel(options) : kernelOf(options);
}

async function ensurePrograms(
  required: readonly Requirement[],
  { say, signal }: GuestOptions,
): Promise<void> {
  const packages = missingOf(required).map((each) => each.package);
  if (packages.length === 0) return;
  const reasons = await ensurePackages(packages, say, signal);
  const [missing] = missingOf(required);
  if (missing === undefined) return;
  throw new LabUnavailable(
    `${missing.program} is missing: ${reasons.get(missing.package) ?? 'its package does not bring it'}`,
    `apt-get install --no-install-recommends ${[...new Set(packages)].join(' ')}`,
  );
}
