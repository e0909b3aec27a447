import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { acceleratorFacts, acceleratorFor, type Accelerator } from '../guest/accelerator.js';
import { bootModules, initramfs } from '../guest/initramfs.js';
import type { Kernel } from '../guest/kernel.js';
import { optionValue } from '../guest/qemu.js';
import { runGuest, type GuestEnd } from '../guest/run-guest.js';
import { eventsTo, jobOf, jobProgram, labEnvironment, type RoundContext } from './round-job.js';
import type { Round } from './rounds.js';
import { makeFiles, withRunFolder } from './run-folder.js';

/** Memory of a guest in MiB; QEMU takes it from this computer as it is used. */
const MEMORY_MIB = 2_048;

/** Processors of a guest. */
const MOST_PROCESSORS = 2;

/** Runs the files of `round` in a guest. Rejects with the signal's reason when aborted, with the guest gone. */
export async function runInGuest(round: Round, kernel: Kernel, context: RoundContext): Promise<GuestEnd> {
  return withRunFolder(async (folder) => {
    const files = join(folder, 'files');
    await makeFiles(files, round.files);
    const archive = join(folder, 'initramfs');
    await writeFile(archive, await initramfsFor(round, kernel, context));
    const extra = round.qemu.map((each) => each.replaceAll('{files}', optionValue(files)));
    const accelerator = acceleratorFor(acceleratorFacts());
    const end = await boot(accelerator, kernel, archive, extra, context);
    if (end.how !== 'not-booted' || accelerator === 'tcg') return end;
    context.tell({ type: 'note', text: 'the guest does not boot with kvm; trying again without' });
    return boot('tcg', kernel, archive, extra, context);
  });
}

async function initramfsFor(round: Round, kernel: Kernel, context: RoundContext): Promise<Uint8Array> {
  return initramfs({
    busybox: await readFile(kernel.busybox),
    modules: await bootModules(kernel),
    setup: {
      modulesFolder: kernel.modules,
      udev: round.udev,
      modules: round.modules,
      cwd: process.cwd(),
      command: [process.execPath, jobProgram(), '/run/lab/job.json'],
      env: labEnvironment('guest', round),
    },
    files: new Map([['job.json', jobOf(round, context)]]),
  });
}

async function boot(
  accelerator: Accelerator,
  kernel: Kernel,
  archive: string,
  extra: readonly string[],
  { tell, signal }: RoundContext,
): Promise<GuestEnd> {
  const machine = {
    kernel: kernel.image,
    initramfs: archive,
    accelerator,
    processors: Math.min(availableParallelism(), MOST_PROCESSORS),
    memoryMiB: MEMORY_MIB,
    extra,
  };
  const listener = {
    onConsole: (text: string) => {
      tell({ type: 'console', text });
    },
    onLine: eventsTo(tell),
  };
  return runGuest(machine, listener, { signal });
}
