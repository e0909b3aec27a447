import { describe, expect, test } from 'vitest';
import { acceleratorFor } from '../../../src/node/guest/accelerator.js';
import { optionValue, qemuArguments } from '../../../src/node/guest/qemu.js';

const MACHINE = {
  kernel: '/cache/vmlinuz',
  initramfs: '/run folder/initramfs',
  accelerator: 'tcg',
  processors: 2,
  memoryMiB: 2_048,
  channelFd: 3,
  extra: ['-device', 'qemu-xhci'],
} as const;

/** What follows each occurrence of `option`. */
function valuesOf(option: string, args: readonly string[]): readonly (string | undefined)[] {
  return args.flatMap((each, index) => (each === option ? [args[index + 1]] : []));
}

describe('the command line of QEMU', () => {
  test('takes nothing from the configuration of the computer, shows no window and ends at a reboot', () => {
    const args = qemuArguments(MACHINE);
    expect(args).toEqual(expect.arrayContaining(['-nodefaults', '-no-user-config', '-no-reboot']));
    expect(valuesOf('-display', args)).toEqual(['none']);
  });

  test('shows the files of the computer read-only', () => {
    const [share] = valuesOf('-virtfs', qemuArguments(MACHINE));
    expect(share?.split(',')).toEqual(expect.arrayContaining(['path=/', 'readonly=on']));
  });

  test('gives the kernel its files in arguments of their own, blanks and all', () => {
    const args = qemuArguments(MACHINE);
    expect(valuesOf('-kernel', args)).toEqual(['/cache/vmlinuz']);
    expect(valuesOf('-initrd', args)).toEqual(['/run folder/initramfs']);
  });

  test('ends at a panic and keeps paths off the kernel command line, which knows no quotes', () => {
    const [append] = valuesOf('-append', qemuArguments(MACHINE));
    expect(append?.split(' ')).toContain('panic=-1');
    expect(append).not.toContain('/');
  });

  test('uses the processor of the computer with kvm, every feature of the translator without', () => {
    expect(valuesOf('-cpu', qemuArguments({ ...MACHINE, accelerator: 'kvm' }))).toEqual(['host']);
    expect(valuesOf('-cpu', qemuArguments(MACHINE))).toEqual(['max,erms=off,la57=off']);
  });

  test('puts further devices last, where they find every bus', () => {
    expect(qemuArguments(MACHINE).slice(-2)).toEqual(['-device', 'qemu-xhci']);
  });
});

test('a comma in a value is written twice', () => {
  expect(optionValue('/tmp/a,b')).toBe('/tmp/a,,b');
});

describe('the accelerator', () => {
  test.each([
    [true, false, 'kvm'],
    [true, true, 'tcg'],
    [false, false, 'tcg'],
    [false, true, 'tcg'],
  ] as const)(
    'with /dev/kvm writable: %s, of the kind PVM: %s, is %s',
    (kvmIsWritable, kvmIsPvm, expected) => {
      expect(acceleratorFor({ kvmIsWritable, kvmIsPvm })).toBe(expected);
    },
  );
});
