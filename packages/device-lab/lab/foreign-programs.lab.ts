import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { delay } from '@buergerkoffer/core';
import {
  cameraAsUsb,
  ccidReader,
  virtualCamera,
  virtualReader,
  type VirtualCard,
} from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Debian's programs as users of our devices. */
export const needs = {
  modules: ['vhci-hcd'],
  packages: ['gphoto2', 'pcscd', 'libccid', 'opensc'],
} satisfies LabNeeds;

const run = promisify(execFile);
const LIMIT_MS = 120_000;

/** A JPEG as far as a program that stores it can tell, of a length that is no round number of packets. */
function picture(shot: number): Uint8Array {
  const bytes = Uint8Array.from({ length: 200_022 }, (_, i) => ((i + shot) * 7919) % 251);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]);
  return bytes;
}

for (const dialect of ['standard', 'canon', 'nikon'] as const) {
  void test(`gphoto2 works our camera (${dialect}), and pictures arrive byte for byte`, async () => {
    const folder = await mkdtemp('/run/camera-');
    const camera = virtualCamera({ photograph: picture, preview: picture, taken: 1, dialect });
    await using attached = await attachVhci(cameraAsUsb(camera));
    assert.ok(attached.busPort >= 0);
    const options = { cwd: folder, timeout: LIMIT_MS };
    const file = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
    assert.match((await run('gphoto2', ['--auto-detect'], options)).stdout, /usb:/);
    assert.match((await run('gphoto2', ['--summary'], options)).stdout, new RegExp(camera.model, 'u'));
    assert.match((await run('gphoto2', ['--list-files'], options)).stdout, /LAB_0001\.JPG/u);
    await run('gphoto2', ['--capture-image-and-download', '--filename', 'shot.jpg'], options);
    assert.deepEqual(await file('shot.jpg'), picture(2));
    await run('gphoto2', ['--get-file', '1', '--filename', 'old.jpg'], options);
    assert.deepEqual(await file('old.jpg'), picture(1));
    await rm(folder, { recursive: true });
  });
}

/** An id of libccid's list: it takes no others. */
const LISTED = { vendorId: 0x0c4b, productId: 0x9102 };

const CARD: VirtualCard = {
  atr: new Uint8Array([0x3b, 0x80, 0x80, 0x01, 0x01]),
  transmit: (command) => {
    const ok = [0x90, 0x00];
    if (command[1] === 0xa4) return Promise.resolve(new Uint8Array([0x6f, 0x02, 0x84, 0x00, ...ok]));
    if (command[1] === 0x84)
      return Promise.resolve(new Uint8Array([...new Array<number>(8).fill(0x5a), ...ok]));
    return Promise.resolve(new Uint8Array([0x6d, 0x00]));
  },
};

void test('pcscd and opensc-tool use our reader and its card', async () => {
  const reader = virtualReader({ bus: 'pcsc', id: 'r', path: 'r', physical: 'usb:1-1', reader: 'r' });
  reader.insert(CARD);
  await using attached = await attachVhci(ccidReader(reader, { identity: LISTED }));
  assert.ok(attached.busPort >= 0);
  await run('mkdir', ['-p', '/run/pcscd']);
  // Readers of other packages on this computer would be opened too.
  await run('sh', ['-c', 'rm -f /etc/reader.conf.d/*']);
  const daemon = spawn('pcscd', ['-f'], { stdio: 'ignore' });
  try {
    await delay(5_000);
    const options = { timeout: LIMIT_MS };
    assert.match((await run('opensc-tool', ['--list-readers'], options)).stdout, /Yes/);
    assert.match((await run('opensc-tool', ['-r', '0', '-a'], options)).stdout, /3b:80:80:01:01/);
    const commands = ['-s', '00A4040C05A000000001', '-s', '0084000008'];
    const { stdout } = await run('opensc-tool', ['-r', '0', '-c', 'default', ...commands], options);
    assert.equal(stdout.match(/SW1=0x90/g)?.length, 2);
  } finally {
    daemon.kill();
  }
});
