import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { acceleratorFacts, acceleratorFor } from '../guest/accelerator.js';
import { bootModules, initramfs } from '../guest/initramfs.js';
import type { Kernel } from '../guest/kernel.js';
import { optionValue, type Machine } from '../guest/qemu.js';
import { runGuest, type GuestEnd } from '../guest/run-guest.js';
import { eventsTo, jobOf, jobProgram, labEnvironment, type RunContext } from './file-job.js';
import type { LabFile } from './lab-needs.js';
import { makeFiles, withRunFolder } from './run-folder.js';

/** Memory of a guest in MiB; QEMU takes it from this computer as it is used. */
const MEMORY_MIB = 2_048;

/** Runs a lab file in a guest of its own. Rejects with the signal's reason when aborted, with the guest gone. */
export async function runInGuest(labFile: LabFile, kernel: Kernel, context: RunContext): Promise<GuestEnd> {
  return withRunFolder(async (folder) => {
    const files = join(folder, 'files');
    await makeFiles(files, labFile.needs.files);
    const archive = join(folder, 'initramfs');
    await writeFile(archive, await initramfsFor(labFile, kernel, context));
    const machine = {
      kernel: kernel.image,
      initramfs: archive,
      processors: Math.min(availableParallelism(), labFile.needs.processors),
      memoryMiB: MEMORY_MIB,
      extra: labFile.needs.qemu.map((each) => each.replaceAll('{files}', optionValue(files))),
    };
    const accelerator = acceleratorFor(acceleratorFacts());
    const end = await boot({ ...machine, accelerator }, context);
    if (end.how !== 'not-booted' || accelerator === 'tcg') return end;
    context.tell({ type: 'note', text: 'the guest does not boot with kvm; trying again without' });
    return boot({ ...machine, accelerator: 'tcg' }, context);
  });
}

async function initramfsFor(labFile: LabFile, kernel: Kernel, context: RunContext): Promise<Uint8Array> {
  return initramfs({
    busybox: await readFile(kernel.busybox),
    modules: await bootModules(kernel),
    setup: {
      modulesFolder: kernel.modules,
      udev: labFile.needs.udev,
      modules: labFile.needs.modules,
      cwd: process.cwd(),
      command: [process.execPath, jobProgram(), '/run/lab/job.json'],
      env: labEnvironment('guest', labFile),
    },
    files: new Map([['job.json', jobOf(labFile, context)]]),
  });
}

function boot(machine: Omit<Machine, 'channelFd'>, { tell, console, signal }: RunContext): Promise<GuestEnd> {
  return runGuest(machine, { onConsole: console, onLine: eventsTo(tell) }, { signal });
}
