import type { Accelerator } from './accelerator.js';
import { CHANNEL } from './guest-scripts.js';

/** A guest as QEMU is told of it. */
export interface Machine {
  readonly kernel: string;
  readonly initramfs: string;
  readonly accelerator: Accelerator;
  readonly processors: number;
  readonly memoryMiB: number;
  /** File descriptor, open in QEMU, of the socket behind the channel. */
  readonly channelFd: number;
  /** Further arguments: the devices of the guest. */
  readonly extra: readonly string[];
}

/**
 * The processor that is translated. Without what costs a translator most: with `erms` kernel and libc copy byte by byte, and with `la57`
 * every look-up of a page goes through one level more.
 */
const TRANSLATED_CPU = 'max,erms=off,la57=off';

const KERNEL_COMMAND_LINE = [
  'console=ttyS0',
  // Errors only: the console is for what goes wrong.
  'quiet loglevel=3',
  // A panic ends QEMU at once, together with -no-reboot.
  'panic=-1',
  'mitigations=off tsc=reliable',
].join(' ');

/**
 * The arguments of `qemu-system-x86_64` for `machine`: no display, no configuration of the computer's, console on
 * standard output, the computer's `/` read-only, the channel on a file descriptor. Needs no rights.
 */
export function qemuArguments(machine: Machine): readonly string[] {
  const { accelerator } = machine;
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-serial', 'stdio'],
    ...['-machine', 'q35'],
    ...['-accel', accelerator === 'tcg' ? 'tcg,thread=multi' : accelerator],
    ...['-cpu', accelerator === 'tcg' ? TRANSLATED_CPU : 'host'],
    ...['-smp', String(machine.processors), '-m', String(machine.memoryMiB)],
    ...['-kernel', machine.kernel, '-initrd', machine.initramfs, '-append', KERNEL_COMMAND_LINE],
    ...[
      '-virtfs',
      'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap',
      '-device',
      'virtio-serial-pci',
      '-chardev',
      `socket,id=channel,fd=${machine.channelFd}`,
      '-device',
      `virtserialport,chardev=channel,name=${CHANNEL}`,
    ],
    ...machine.extra,
  ];
}

/** `text` as a value inside one of QEMU's option lists, where a comma is written twice. */
export function optionValue(text: string): string {
  return text.replaceAll(',', ',,');
}
