import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { usb } from 'usb';
import type { UsbPort, UsbSetup } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { bulkDevice, BULK_IDS, ENDPOINT, SEND, TAKEN, TRANSFER_BYTES } from './support/bulk-device.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** How fast our transport is beside the bare library: the same bytes, the same device, in turns. */
export const needs = { measures: true, processors: 2, modules: ['vhci-hcd'] } satisfies LabNeeds;

/** Transfers each way in one round, 8 MiB: in a guest a shorter round is mostly chance. */
const TRANSFERS = 128;
/** Rounds that count, and those before them, in which both sides are compiled: in a guest that takes its time. */
const ROUNDS = 11;
const WARM_UP = 4;
/** The most that our transport may cost, as a multiple of the library's time. */
const MOST = 1.5;
/** Longest wait for one call, in milliseconds. */
const PATIENCE_MS = 20_000;
const MIB = 1024 * 1024;

/** One opened device, as this measurement uses it. */
interface Line {
  transferIn(): Promise<number>;
  transferOut(data: Uint8Array): Promise<number>;
  send(transfers: number): Promise<unknown>;
  taken(): Promise<number>;
  close(): Promise<void>;
}

/** What `usb` 3 takes beyond its declarations: a deadline in milliseconds, last. */
interface LibraryDevice {
  readonly vendorId: number;
  readonly productId: number;
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<{ readonly data?: DataView }>;
  transferOut(
    endpoint: number,
    data: Uint8Array,
    timeoutMs: number,
  ): Promise<{ readonly bytesWritten: number }>;
  controlTransferIn(
    setup: UsbSetup,
    length: number,
    timeoutMs: number,
  ): Promise<{ readonly data?: DataView }>;
  controlTransferOut(setup: UsbSetup, data: Uint8Array, timeoutMs: number): Promise<unknown>;
}

const setupOf = (request: number, value: number): UsbSetup => ({
  requestType: 'vendor',
  recipient: 'device',
  request,
  value,
  index: 0,
});

async function ours(port: UsbPort): Promise<Line> {
  const transport = await usbBus().open(port, {});
  const options = { timeoutMs: PATIENCE_MS };
  return {
    transferIn: async () => {
      const result = await transport.transferIn(ENDPOINT, TRANSFER_BYTES, options);
      return result.status === 'ok' ? result.data.length : 0;
    },
    transferOut: async (data) => {
      const result = await transport.transferOut(ENDPOINT, data, options);
      return result.status === 'ok' ? result.bytesWritten : 0;
    },
    send: (transfers) => transport.controlTransferOut(setupOf(SEND, transfers), new Uint8Array(0), options),
    taken: async () => {
      const result = await transport.controlTransferIn(setupOf(TAKEN, 0), 4, options);
      assert.ok(result.status === 'ok');
      return new DataView(result.data.buffer, result.data.byteOffset).getUint32(0, true);
    },
    close: () => transport.close(),
  };
}

async function bare(): Promise<Line> {
  const devices = (await usb.getDevices()) as unknown as readonly LibraryDevice[];
  const device = devices.find(
    ({ vendorId, productId }) => vendorId === BULK_IDS.vendorId && productId === BULK_IDS.productId,
  );
  assert.ok(device !== undefined);
  await device.open();
  await device.claimInterface(0);
  return {
    transferIn: async () =>
      (await device.transferIn(ENDPOINT, TRANSFER_BYTES, PATIENCE_MS)).data?.byteLength ?? 0,
    transferOut: async (data) => (await device.transferOut(ENDPOINT, data, PATIENCE_MS)).bytesWritten,
    send: (transfers) => device.controlTransferOut(setupOf(SEND, transfers), new Uint8Array(0), PATIENCE_MS),
    taken: async () => {
      const { data } = await device.controlTransferIn(setupOf(TAKEN, 0), 4, PATIENCE_MS);
      return data?.getUint32(0, true) ?? 0;
    },
    close: async () => {
      await device.releaseInterface(0);
      await device.close();
    },
  };
}

/** How long {@link TRANSFERS} transfers take, in milliseconds. */
async function inMs(line: Line): Promise<number> {
  await line.send(TRANSFERS);
  const started = performance.now();
  let bytes = 0;
  for (let n = 0; n < TRANSFERS; n += 1) bytes += await line.transferIn();
  const took = performance.now() - started;
  assert.equal(bytes, TRANSFERS * TRANSFER_BYTES);
  return took;
}

async function outMs(line: Line): Promise<number> {
  const data = new Uint8Array(TRANSFER_BYTES).fill(0x5a);
  await line.taken();
  const started = performance.now();
  let bytes = 0;
  for (let n = 0; n < TRANSFERS; n += 1) bytes += await line.transferOut(data);
  const took = performance.now() - started;
  assert.equal(bytes, TRANSFERS * TRANSFER_BYTES);
  assert.equal(await line.taken(), bytes, 'the device took them all');
  return took;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/**
 * Both in turns on one device, their medians, and the median of the rounds' ratios: what else the computer does meanwhile
 * hits both sides of a round.
 */
async function compare(what: string, port: UsbPort, measure: (line: Line) => Promise<number>): Promise<void> {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    // Who begins changes, so that neither profits from its place.
    const turns = round % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const);
    for (const who of turns) {
      const line = await (who === 'ours' ? ours(port) : bare());
      const took = await measure(line);
      await line.close();
      if (round >= 0) times[who].push(took);
    }
  }
  const [our, their] = [median(times.ours), median(times.bare)];
  const rate = (ms: number): string =>
    `${ms.toFixed(0)} ms (${((TRANSFERS * TRANSFER_BYTES) / MIB / (ms / 1000)).toFixed(1)} MiB/s)`;
  const ratio = median(times.ours.map((ms, round) => ms / (times.bare[round] ?? Number.NaN)));
  console.log(
    `${what}: transport ${rate(our)}, usb ${rate(their)}, ratio ${ratio.toFixed(2)}, medians of ${ROUNDS}`,
  );
  assert.ok(ratio <= MOST, `${ratio.toFixed(2)} is more than ${MOST}`);
}

async function bulkPort(): Promise<UsbPort> {
  return firstValueFrom(
    usbBus().events.pipe(
      map((event) => (event.type === 'attached' ? event.port : undefined)),
      filter((port) => port?.serialNumber === BULK_IDS.serialNumber),
      filter((port) => port !== undefined),
      timeout(PATIENCE_MS),
    ),
  );
}

if (isMainThread) {
  void test('bulk transfers of 64 KiB cost at most half more than the bare library', async (context) => {
    // A thread of its own: what the device costs is nobody's waiting time, as with real hardware.
    const device = new Worker(fileURLToPath(import.meta.url));
    const exited = once(device, 'exit');
    try {
      await once(device, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
      const port = await bulkPort();
      await context.test('in', () => compare('in', port, inMs));
      await context.test('out', () => compare('out', port, outMs));
    } finally {
      device.postMessage('unplug');
      await exited;
    }
  });
} else {
  const attached = await attachVhci(bulkDevice());
  parentPort?.once('message', () => void attached.unplug());
  parentPort?.postMessage('attached');
}
