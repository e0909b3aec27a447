import { existsSync } from 'node:fs';
import { runProgram } from '../guest/program.js';
import type { Round } from './rounds.js';

/** The module by which virtual USB devices come to a kernel; a computer that has it needs no guest for them. */
const VIRTUAL_USB = 'vhci-hcd';

/**
 * Whether the lab may run a round on this computer itself, and makes it ready: it runs as root, the kernel has vhci-hcd and
 * every module of the round, udevd runs or not as the round wants it, and no device of QEMU is asked for. Lab files touch only
 * devices that they made: that is their contract, as this computer's own are there too.
 */
export async function prepareHost(round: Round, signal?: AbortSignal): Promise<boolean> {
  if (process.getuid?.() !== 0 || round.qemu.length > 0) return false;
  if (round.udev !== existsSync('/run/udev/control')) return false;
  for (const module of [VIRTUAL_USB, ...round.modules]) {
    if (!(await loads(module, signal))) return false;
  }
  return true;
}

async function loads(module: string, signal?: AbortSignal): Promise<boolean> {
  const end = await runProgram('modprobe', module.split(' '), { signal }).catch(() => undefined);
  signal?.throwIfAborted();
  return end?.status === 0;
}
