import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { freePort, takePort } from '../../../src/node/kernel/vhci-ports.js';
import { echoDevice } from '../../support/echo-device.js';

/** A folder that looks like the controllers' one; the kernel itself is in the lab's guest. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vhci-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const HEAD = 'hub port sta spd dev      sockfd local_busid\n';
function status(file: string, ...rows: string[]): void {
  writeFileSync(join(folder, file), HEAD + rows.map((row) => `${row}\n`).join(''));
}
const written = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('the ports of the virtual host controllers', () => {
  it('are taken where one is free, by speed', () => {
    status('status', 'hs  0000 006 002 00010002 000003 1-1', 'hs  0001 004 000 00000000 000000 0-0');
    status('status.1', 'ss  0045 004 000 00000000 000000 0-0');
    expect(takePort({ descriptor: 7, devid: 0x10002, speed: 3 }, folder)).toBe(1);
    expect(written('attach')).toBe('1 7 65538 3');
    expect(takePort({ descriptor: 8, devid: 0x10002, speed: 5 }, folder)).toBe(45);
  });

  it('are freed of the device that is there, of no other', async () => {
    status(
      'status',
      'hs  0000 006 003 00010002 000003 lab-1',
      'hs  0001 004 000 00000000 000000 0-0',
      'hs  0002 005 000 00000000 000000 0-0',
    );
    await freePort(0, 0x10003, folder);
    await freePort(1, 0x10002, folder);
    expect(() => written('detach')).toThrow();
    await freePort(0, 0x10002, folder);
    expect(written('detach')).toBe('0');
    await freePort(2, 0x10002, folder);
    expect(written('detach')).toBe('2');
  });

  it('are busy when none is free', () => {
    status('status', 'hs  0000 006 002 00010002 000003 1-1');
    expect(() => takePort({ descriptor: 7, devid: 1, speed: 3 }, folder)).toThrow('all ports');
  });
});

describe('attaching a device to the kernel', () => {
  it('takes its power away again when the kernel has no virtual host controller', async () => {
    const power: string[] = [];
    const device = echoDevice(() => ({ powerDown: () => power.push('down') }));
    const refused = attachVhci(device, { vhciFolder: join(folder, 'nowhere') });
    await expect(refused).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('modprobe vhci-hcd') as unknown,
    });
    expect(power).toEqual(['down']);
  });

  it('takes its power away when the kernel lets go of it', async () => {
    status('status', 'hs  0001 004 000 00000000 000000 0-0');
    const power: string[] = [];
    const device = echoDevice(() => ({ powerDown: () => power.push('down') }));
    // No kernel holds the other end of the socket here: it ends as soon as it is attached.
    const attached = await attachVhci(device, { vhciFolder: folder });
    expect(attached.busPort).toBe(1);
    await attached.ended;
    expect(power).toEqual(['down']);
    await attached.unplug();
  });
});
