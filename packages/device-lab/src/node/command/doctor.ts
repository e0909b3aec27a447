import { acceleratorFacts, acceleratorFor } from '../guest/accelerator.js';
import { packageFacts } from '../guest/apt.js';
import { cachedEntries, defaultCacheFolder } from '../guest/cache.js';
import { findProgram, runProgram } from '../guest/program.js';
import { GUEST_REQUIREMENTS, missingOf, UDEV_REQUIREMENT } from '../guest/requirements.js';

/** What the lab finds on this computer, a line each; changes nothing. */
export async function diagnose(signal: AbortSignal): Promise<readonly string[]> {
  const required = [...GUEST_REQUIREMENTS, UDEV_REQUIREMENT];
  const missing = missingOf(required);
  const [kernel] = await cachedEntries(`${defaultCacheFolder()}/kernels`);
  const newest = await packageFacts('linux-image-amd64', signal);
  return [
    ...required.map(
      (each) => `${missing.includes(each) ? 'missing' : 'ok     '} ${each.program}: ${each.why}`,
    ),
    ...(missing.length === 0
      ? []
      : [
          `        → apt-get install --no-install-recommends ${[...new Set(missing.map((each) => each.package))].join(' ')}`,
        ]),
    kernel !== undefined
      ? `ok      kernel ${kernel}`
      : newest !== undefined
        ? `missing kernel: run or prepare downloads ${newest.depends[0] ?? newest.name} (71 MB)`
        : 'missing kernel, and apt knows none\n        → apt-get update',
    `ok      accelerator ${acceleratorFor(acceleratorFacts())}`,
    (await hasVirtualUsb(signal))
      ? 'ok      this computer has vhci-hcd: run as root, the lab needs no guest'
      : 'ok      this computer has no vhci-hcd: the lab runs in a guest',
  ];
}

async function hasVirtualUsb(signal: AbortSignal): Promise<boolean> {
  if (findProgram('modprobe') === undefined) return false;
  return (await runProgram('modprobe', ['--dry-run', '--quiet', 'vhci-hcd'], { signal })).status === 0;
}
