import assert from 'node:assert/strict';
import { open, type FileHandle } from 'node:fs/promises';
import { test } from 'node:test';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import type { UsbPort, UsbTransport } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import { replayCapture } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import { ByteWriter } from '@buergerkoffer/formats';
import { echoDevice } from '../test/support/echo-device.js';

export const needs = { modules: ['vhci-hcd', 'usbmon'] } satisfies LabNeeds;

/** What is read of usbmon begins with 48 bytes, in a file with 64 (Linux, Documentation/usb/usbmon.rst). */
const READ_HEADER_BYTES = 48;
const FILE_HEADER_BYTES = 64;
const USBMON_LINK_TYPE = 220;
const MESSAGES = ['Guten Tag', 'x'.repeat(64), 'y'.repeat(200), 'last'];

async function openDevice(): Promise<UsbTransport> {
  const bus = usbBus();
  const port = await firstValueFrom(
    bus.events.pipe(
      map((event) => (event.type === 'attached' ? event.port : undefined)),
      filter((found): found is UsbPort => found?.vendorId === 0x1209),
      timeout(30_000),
    ),
  );
  return bus.open(port, {});
}

/** Sends each message and reads what comes back. */
async function talk(): Promise<readonly string[]> {
  const usb = await openDevice();
  const said: string[] = [];
  for (const message of MESSAGES) {
    await usb.transferOut(1, new TextEncoder().encode(message), { timeoutMs: 10_000 });
    const answer = await usb.transferIn(1, 1_024, { timeoutMs: 10_000 });
    said.push(answer.status === 'ok' ? new TextDecoder().decode(answer.data) : answer.status);
  }
  await usb.close();
  return said;
}

/** All that usbmon saw, until the answer to the last message; nothing is left that a read could wait for in vain. */
async function recorded(monitor: FileHandle): Promise<readonly Uint8Array[]> {
  const packets: Uint8Array[] = [];
  for (;;) {
    const { buffer, bytesRead } = await monitor.read(Buffer.alloc(65_536), 0, 65_536, null);
    const packet = new Uint8Array(buffer.subarray(0, bytesRead));
    packets.push(packet);
    const isIn = packet[8] === 0x43 && packet[10] === 0x81;
    if (isIn && Buffer.from(packet.subarray(READ_HEADER_BYTES)).toString() === MESSAGES.at(-1))
      return packets;
  }
}

/** A pcapng file of what was read of usbmon. */
function pcapng(packets: readonly Uint8Array[]): Uint8Array {
  const out = new ByteWriter('little');
  const block = (type: number, body: ByteWriter): void => {
    const padding = -body.length & 3;
    const length = 12 + body.length + padding;
    out.u32(type).u32(length).bytes(body.toBytes()).bytes(new Uint8Array(padding)).u32(length);
  };
  const head = new ByteWriter('little').u32(0x1a2b3c4d).u16(1).u16(0);
  block(0x0a0d0d0a, head.u32(0xffffffff).u32(0xffffffff));
  block(1, new ByteWriter('little').u16(USBMON_LINK_TYPE).u16(0).u32(0));
  for (const packet of packets) {
    const length = packet.length + FILE_HEADER_BYTES - READ_HEADER_BYTES;
    const body = new ByteWriter('little').u32(0).u32(0).u32(0).u32(length).u32(length);
    body.bytes(packet.subarray(0, READ_HEADER_BYTES));
    body.bytes(new Uint8Array(FILE_HEADER_BYTES - READ_HEADER_BYTES));
    block(6, body.bytes(packet.subarray(READ_HEADER_BYTES)));
  }
  return out.toBytes();
}

void test(
  'what the kernel saw of a device makes a device that does the same',
  { timeout: 120_000 },
  async () => {
    const monitor = await open('/dev/usbmon0', 'r');
    let file: Uint8Array;
    try {
      await using attached = await attachVhci(echoDevice());
      assert.ok(attached.busPort >= 0);
      assert.deepEqual(await talk(), MESSAGES);
      file = pcapng(await recorded(monitor));
    } finally {
      await monitor.close();
    }
    const device = replayCapture(file, { vendorId: 0x1209 });
    const failures: unknown[] = [];
    await using replayed = await attachVhci(device, { failed: (error) => failures.push(error) });
    assert.ok(replayed.busPort >= 0);
    assert.deepEqual(await talk(), MESSAGES);
    assert.deepEqual(failures, []);
    assert.equal(device.progress.played, device.progress.of);
    assert.ok(device.progress.of >= 2 * MESSAGES.length);
  },
);
