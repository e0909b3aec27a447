import { describe, expect, it } from 'vitest';
import { attachUhid } from '@buergerkoffer/device-lab/node';
import { echoHid } from '../../support/echo-hid.js';

describe('attaching a HID device to the kernel', () => {
  it('takes its power away again when the kernel takes no devices, and says what brings it', async () => {
    const power: string[] = [];
    const device = echoHid(false, () => ({ powerDown: () => power.push('down') }));
    await expect(attachUhid(device, { uhidNode: '/nowhere/uhid' })).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('modprobe uhid') as unknown,
    });
    expect(power).toEqual(['down']);
  });

  it('does not give power to a device whose reports are none', async () => {
    const device = { ...echoHid(false), reportDescriptor: new Uint8Array([0xa1]) };
    await expect(attachUhid(device)).rejects.toMatchObject({ kind: 'input' });
  });
});
