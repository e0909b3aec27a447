import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import { tellQemu } from './support/qemu-monitor.js';
import { until } from './support/until.js';

export const needs = {
  udev: false,
  modules: ['xhci-pci', 'usbhid'],
  qemu: [
    '-device',
    'qemu-xhci',
    '-device',
    'usb-tablet,id=tablet',
    // QEMU's monitor, and a port of the guest as its only visitor: no process of the host has a part in it.
    '-chardev',
    'socket,id=monitor,path={files}/monitor,server=on,wait=off',
    '-mon',
    'chardev=monitor,mode=control',
    '-chardev',
    'socket,id=visitor,path={files}/monitor',
    '-device',
    'virtserialport,chardev=visitor,name=monitor',
  ],
} satisfies LabNeeds;

const DEVICES = '/sys/bus/usb/devices';

void test(
  'a device of QEMU is seen, and its plug can be pulled from inside the guest',
  { timeout: 60_000 },
  async () => {
    const tablet = await until('the tablet', () =>
      readdirSync(DEVICES).find((name) => productOf(name) === 'QEMU USB Tablet'),
    );
    tellQemu('device_del', { id: 'tablet' });
    await until('its end', () => (existsSync(`${DEVICES}/${tablet}`) ? undefined : true));
  },
);

function productOf(name: string): string | undefined {
  const file = `${DEVICES}/${name}/product`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
