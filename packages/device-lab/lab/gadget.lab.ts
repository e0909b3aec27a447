import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import { plugGadget, type Gadget } from './support/gadget.js';

export const needs = {
  udev: false,
  modules: [
    'dummy_hcd',
    'libcomposite',
    'usb_f_hid',
    'usb_f_printer',
    'usb_f_acm',
    'usbhid',
    'hid-generic',
    'usblp',
    'cdc-acm',
  ],
} satisfies LabNeeds;

/** A vendor's HID collection with one input and one output report of 16 bytes (HID 1.11, 6.2.2). */
const REPORTS = Buffer.from('0600ff0901a101150026ff00750895100901810209019102c0', 'hex');

const LIMIT = { timeout: 60_000 };

suite('a gadget of the kernel behind dummy_hcd passes bytes both ways', () => {
  let gadget: Gadget;

  before(async () => {
    gadget = await plugGadget('BKLAB1', {
      'hid.0': { protocol: '0', subclass: '0', report_length: '16', report_desc: REPORTS },
      'printer.0': { pnp_string: 'MFG:Lab;MDL:Printer;CLS:PRINTER;' },
      'acm.0': {},
    });
  }, LIMIT);

  after(() => {
    gadget.remove();
  }, LIMIT);

  test('HID: reports between hidraw and hidg', LIMIT, async () => {
    const host = `/dev/${await gadget.hostNode('hidraw')}`;
    const device = deviceNode(gadget.attribute('hid.0', 'dev'));
    const report = Buffer.from('a report of 16 b');
    assert.deepEqual(await passed(host, device, Buffer.concat([Buffer.of(0), report])), report);
    assert.deepEqual(await passed(device, host, report), report);
  });

  test('printer: a page to the printer, its status back', LIMIT, async () => {
    const host = `/dev/usb/${await gadget.hostNode('usbmisc', /^lp/)}`;
    const page = Buffer.from('%!PS a page');
    assert.deepEqual(await passed(host, '/dev/g_printer0', page), page);
    const status = Buffer.from('ready\r\n');
    assert.deepEqual(await passed('/dev/g_printer0', host, status), status);
  });

  test('ACM: characters between ttyACM and ttyGS', LIMIT, async () => {
    const host = `/dev/${await gadget.hostNode('tty')}`;
    const device = `/dev/ttyGS${gadget.attribute('acm.0', 'port_num')}`;
    for (const node of [host, device]) execFileSync('stty', ['-F', node, 'raw', '-echo']);
    const question = Buffer.from('AT\r');
    assert.deepEqual(await passed(host, device, question), question);
    const answer = Buffer.from('OK\r\n');
    assert.deepEqual(await passed(device, host, answer), answer);
  });
});

/** What arrives at `to` when `bytes` are written to `from`. */
async function passed(from: string, to: string, bytes: Uint8Array): Promise<Buffer> {
  const there = await open(to, 'r+');
  const here = await open(from, 'r+');
  try {
    const arriving = there.read(Buffer.alloc(64), 0, 64, null);
    await here.write(bytes);
    const { buffer, bytesRead } = await arriving;
    return buffer.subarray(0, bytesRead);
  } finally {
    await here.close();
    await there.close();
  }
}

/** The node in /dev of the device with the number `major:minor`. */
function deviceNode(number: string): string {
  return `/dev/${basename(readlinkSync(`/sys/dev/char/${number}`))}`;
}
