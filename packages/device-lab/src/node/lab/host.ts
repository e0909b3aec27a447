import { existsSync } from 'node:fs';
import { runProgram } from '../guest/program.js';
import type { CompleteNeeds } from './lab-needs.js';

/** The module by which virtual USB devices come to a kernel; a computer that has it needs no guest for them. */
const VIRTUAL_USB = 'vhci-hcd';

/**
 * Whether a lab file may run on this computer itself, which is made ready for it: this is root, the kernel has vhci-hcd and
 * every module that the file needs, udevd runs or not as it wants, and no device of QEMU is asked for. Lab files touch only
 * devices that they made: that is their contract, as this computer's own are there too.
 */
export async function prepareHost(needs: CompleteNeeds, signal?: AbortSignal): Promise<boolean> {
  if (process.getuid?.() !== 0 || needs.qemu.length > 0) return false;
  if (needs.udev !== existsSync('/run/udev/control')) return false;
  for (const module of [VIRTUAL_USB, ...needs.modules]) {
    if (!(await loads(module, signal))) return false;
  }
  return true;
}

/** Whether some lab file may run on this computer itself, as far as its kernel and the rights of this process decide it. */
export async function isLabHost(signal?: AbortSignal): Promise<boolean> {
  return process.getuid?.() === 0 && (await loads(VIRTUAL_USB, signal));
}

async function loads(module: string, signal?: AbortSignal): Promise<boolean> {
  const end = await runProgram('modprobe', module.split(' '), { signal }).catch(() => undefined);
  signal?.throwIfAborted();
  return end?.status === 0;
}
