import { describe, expect, test } from 'vitest';
import { initramfs } from '../../../src/node/guest/initramfs.js';
import { readCpio } from '../../support/read-cpio.js';

const SETUP = {
  modulesFolder: "/home/o'neil/modules",
  udev: true,
  modules: ['vivid n_devs=1', 'usbhid'],
  cwd: '/a folder',
  command: ['/usr/bin/node', '/a folder/job.js', '/run/lab/job.json'],
  env: { LAB_WHERE: 'guest' },
};

function entriesOf(setup = SETUP) {
  const archive = initramfs({
    busybox: Buffer.from('busybox'),
    modules: [
      { name: 'virtio', data: Buffer.from('first') },
      { name: '9p', data: Buffer.from('second') },
    ],
    setup,
    files: new Map([['job.json', '{}']]),
  });
  return new Map(readCpio(archive).map((entry) => [entry.path, entry]));
}

function textOf(path: string, setup = SETUP): string {
  return Buffer.from(entriesOf(setup).get(path)?.data ?? []).toString();
}

describe('the initramfs of a guest', () => {
  test('begins with an executable /init that busybox runs', () => {
    expect(entriesOf().get('init')?.mode).toBe(0o100755);
    expect(textOf('init')).toMatch(/^#!\/bin\/busybox sh\n/);
    expect(textOf('bin/busybox')).toBe('busybox');
  });

  test('numbers the modules, so that the shell sorts them in the order of loading', () => {
    const modules = [...entriesOf().keys()].filter((path) => path.startsWith('modules/'));
    expect(modules).toEqual(['modules/000-virtio.ko', 'modules/001-9p.ko']);
  });

  test('carries the job to /lab', () => {
    expect(textOf('lab/job.json')).toBe('{}');
  });

  test('quotes what comes from outside in the script of process 1', () => {
    const script = textOf('lab/process-one');
    expect(script).toContain(`mount -o bind '/home/o'\\''neil/modules' /lib/modules`);
    expect(script).toContain(
      `cd '/a folder'\n'/usr/bin/node' '/a folder/job.js' '/run/lab/job.json'\nend $?`,
    );
    expect(script).toContain(`modprobe 'vivid' 'n_devs=1' ||`);
  });

  test('starts udevd only where it is wanted', () => {
    expect(textOf('lab/process-one')).toContain('systemd-udevd --daemon');
    expect(textOf('lab/process-one', { ...SETUP, udev: false })).not.toContain('udevd');
  });
});
