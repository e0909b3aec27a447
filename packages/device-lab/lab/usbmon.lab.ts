import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { test } from 'node:test';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import { plugGadget } from './support/gadget.js';

export const needs = {
  udev: false,
  modules: ['usbmon', 'dummy_hcd', 'libcomposite', 'usb_f_acm'],
} satisfies LabNeeds;

/** A packet of usbmon that is read begins with 48 bytes about it (Linux, Documentation/usb/usbmon.rst). */
const HEADER_BYTES = 48;
const CONTROL = 2;

void test(
  'usbmon shows how a device that is plugged in is asked for its descriptors',
  { timeout: 60_000 },
  async () => {
    const monitor = await open('/dev/usbmon0', 'r');
    const gadget = await plugGadget('BKLAB2', { 'acm.0': {} });
    try {
      for (;;) {
        const { buffer, bytesRead } = await monitor.read(Buffer.alloc(4_096), 0, 4_096, null);
        assert.ok(bytesRead >= HEADER_BYTES);
        const isSubmission =
          buffer.toString('latin1', 8, 9) === 'S' && buffer[9] === CONTROL && buffer[14] === 0;
        // Setup packet at 40: GET_DESCRIPTOR of the device (USB 2.0, 9.4.3).
        if (isSubmission && buffer.subarray(40, 44).equals(Buffer.of(0x80, 0x06, 0x00, 0x01))) return;
      }
    } finally {
      await monitor.close();
      gadget.remove();
    }
  },
);
