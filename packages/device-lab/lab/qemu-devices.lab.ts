import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import type { Bus, BusKind, Port } from '@buergerkoffer/core';
import { hidBus, serialBus, usbBus } from '@buergerkoffer/core/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Devices that QEMU brings: peers that nobody here wrote. */
export const needs = {
  modules: ['xhci-pci', 'usbhid', 'ftdi_sio', 'usb-storage', 'sd_mod'],
  packages: ['gphoto2'],
  files: { 'mtp/IMG_0001.JPG': 'a photo file\n', 'stick.img': 16777216 },
  qemu: [
    '-device',
    'qemu-xhci,p2=8,p3=4',
    '-device',
    'usb-mtp,rootdir={files}/mtp,desc=LabCam',
    '-device',
    'usb-tablet',
    '-device',
    'usb-ccid',
    '-drive',
    'if=none,id=stick,file={files}/stick.img,format=raw',
    '-device',
    'usb-storage,drive=stick',
    '-chardev',
    'null,id=line',
    '-device',
    // A null line counts as closed, and the adapter would stay unplugged.
    'usb-serial,chardev=line,always-plugged=on',
  ],
} satisfies LabNeeds;

const PATIENCE_MS = 30_000;

/** The first port of `bus` that is `wanted`. */
function port<K extends BusKind>(bus: Bus<K>, wanted: (port: Port<K>) => boolean): Promise<Port<K>> {
  return firstValueFrom(
    bus.events.pipe(
      filter((event) => event.type === 'attached'),
      map((event) => event.port),
      filter(wanted),
      timeout(PATIENCE_MS),
    ),
  );
}

void test('a media player answers GetDeviceInfo over our USB transport', async () => {
  const bus = usbBus();
  const player = await port(
    bus,
    ({ interfaceClass, vendorId }) => interfaceClass === 6 && vendorId === 0x46f4,
  );
  const usb = await bus.open(player, {});
  const out = usb.endpoints.find(({ direction, type }) => direction === 'out' && type === 'bulk');
  const back = usb.endpoints.find(({ direction, type }) => direction === 'in' && type === 'bulk');
  assert.ok(out !== undefined && back !== undefined);
  // PTP command container (ISO 15740, USB): length 12, type 1, GetDeviceInfo 0x1001, transaction 0.
  await usb.transferOut(out.number, new Uint8Array([12, 0, 0, 0, 1, 0, 0x01, 0x10, 0, 0, 0, 0]), {
    timeoutMs: 20_000,
  });
  const data = await usb.transferIn(back.number, 64 * back.packetSize, { timeoutMs: 20_000 });
  assert.ok(data.status === 'ok');
  assert.deepEqual([...data.data.subarray(4, 8)], [2, 0, 0x01, 0x10]);
  const response = await usb.transferIn(back.number, back.packetSize, { timeoutMs: 20_000 });
  assert.ok(response.status === 'ok');
  assert.deepEqual([...response.data.subarray(4, 8)], [3, 0, 0x01, 0x20]);
  await usb.close();
});

void test('a memory stick answers INQUIRY when its kernel driver has let go', async () => {
  const bus = usbBus();
  const stick = await port(bus, ({ interfaceClass }) => interfaceClass === 8);
  const usb = await bus.open(stick, { detachKernelDriver: true });
  const out = usb.endpoints.find(({ direction }) => direction === 'out');
  const back = usb.endpoints.find(({ direction }) => direction === 'in');
  assert.ok(out !== undefined && back !== undefined);
  // Command block wrapper (USB mass storage, bulk-only transport): tag 1, 36 bytes in, INQUIRY.
  const wrapper = new Uint8Array(31);
  wrapper.set([0x55, 0x53, 0x42, 0x43, 1, 0, 0, 0, 36, 0, 0, 0, 0x80, 0, 6, 0x12, 0, 0, 0, 36]);
  await usb.transferOut(out.number, wrapper, { timeoutMs: 20_000 });
  const inquiry = await usb.transferIn(back.number, 36, { timeoutMs: 20_000 });
  assert.ok(inquiry.status === 'ok');
  assert.equal(new TextDecoder().decode(inquiry.data.subarray(8, 12)), 'QEMU');
  await usb.close();
});

void test('a tablet is a HID pointer', async () => {
  const tablet = await port(hidBus(), ({ usagePage, usage }) => usagePage === 1 && usage === 2);
  assert.match(`${tablet.maker} ${tablet.model}`, /QEMU/);
  assert.match(tablet.physical, /^usb:/);
});

void test('a serial adapter opens, writes and closes', async () => {
  const bus = serialBus();
  const adapter = await port(bus, ({ vendorId, productId }) => vendorId === 0x0403 && productId === 0x6001);
  const line = await bus.open(adapter, { baudRate: 9_600 });
  await line.write(new Uint8Array([1, 2, 3]), { timeoutMs: 20_000 });
  await line.close();
  assert.equal((await line.ended).reason, 'closed');
});

void test('a card reader is one of its interfaces', async () => {
  const reader = await port(usbBus(), ({ interfaceClass }) => interfaceClass === 0x0b);
  assert.equal(reader.vendorId, 0x08e6);
});

void test('gphoto2 sees the player as we do', async () => {
  const { stdout } = await promisify(execFile)('gphoto2', ['--auto-detect'], { timeout: 60_000 });
  assert.match(stdout, /MTP/);
});
