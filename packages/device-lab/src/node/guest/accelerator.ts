import { accessSync, constants, existsSync } from 'node:fs';

/** What runs the guest's processor: the hardware, or QEMU's translator (TCG), which needs no rights and works everywhere. */
export type Accelerator = 'kvm' | 'tcg';

/** What decides between them. */
export interface AcceleratorFacts {
  readonly kvmIsWritable: boolean;
  /** KVM inside a virtual machine without nesting (KVM_PVM): a stock kernel hangs under it while booting. */
  readonly kvmIsPvm: boolean;
}

/** The accelerator for a computer. */
export function acceleratorFor({ kvmIsWritable, kvmIsPvm }: AcceleratorFacts): Accelerator {
  return kvmIsWritable && !kvmIsPvm ? 'kvm' : 'tcg';
}

/** What this computer has. */
export function acceleratorFacts(): AcceleratorFacts {
  return { kvmIsWritable: isWritable('/dev/kvm'), kvmIsPvm: existsSync('/sys/module/kvm_pvm') };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
