import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { filter, firstValueFrom, lastValueFrom, map, take, timeout, toArray } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Lease } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import {
  breakingAt,
  ippUsbPrinter,
  printerAsUsb,
  virtualPrinter,
  type VirtualUsbDevice,
} from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import {
  ippUsbDriver,
  memoryJournal,
  PRINTER,
  usbPrinterDriver,
  type PrintDocument,
  type PrintEvent,
  type Printer,
} from '@buergerkoffer/print';
import { ippService, SimulatedIppPrinter, testPages } from '@buergerkoffer/print/simulator';

/** The drivers of USB printers on the real library and a real kernel, whose own printer driver is there first. */
export const needs = { modules: ['vhci-hcd', 'usblp'] } satisfies LabNeeds;

const PATIENCE_MS = 30_000;
const LIMIT = { timeout: 250_000 };
const DOCUMENT: PrintDocument = { bytes: testPages(2), mediaType: 'application/pdf' };
const DEVICE_ID = 'MFG:Lab;MDL:Plain 1;CMD:PDF,PWG;SN:42;';

async function openPrinter(): Promise<Lease<Printer>> {
  const options = { journal: memoryJournal(), pollMs: 200, toleranceMs: 0, watchMs: 1_000 };
  const drivers = [usbPrinterDriver(options), ippUsbDriver(options)];
  const manager = new DeviceManager([busSource(usbBus(), drivers)]);
  const candidate = await firstValueFrom(
    manager.of(PRINTER).pipe(
      map(([first]) => first),
      filter((first) => first !== undefined),
      timeout(PATIENCE_MS),
    ),
  );
  return manager.open(candidate, { owner: 'lab', reason: 'test' });
}

function printed(printer: Printer): Promise<readonly PrintEvent[]> {
  const job = { jobUuid: crypto.randomUUID(), patienceMs: PATIENCE_MS };
  return lastValueFrom(printer.print(DOCUMENT, job).pipe(toArray()));
}

/** A session from opening to closing: the state, and one document. */
async function session(): Promise<void> {
  const lease = await openPrinter();
  try {
    assert.equal((await lease.device.status()).state, 'idle');
    assert.equal((await printed(lease.device)).at(-1)?.type, 'done');
  } finally {
    await lease.release();
    await lease.ended;
  }
}

/**
 * Runs a session against every `stride`th step of its protocol, until the plug is pulled behind the last one. The first step is the
 * kernel's, which asks for the device id: a printer that goes then has never been there.
 */
async function unplugged(make: () => VirtualUsbDevice, stride: number): Promise<number> {
  for (let step = 2; ; step += stride) {
    const device = breakingAt(make(), { step, fault: 'vanish' });
    const attached = await attachVhci(device);
    try {
      await session();
      if (device.steps < step) return device.steps;
    } catch (error) {
      assert.ok(error instanceof DeviceError, `step ${step}: ${String(error)}`);
      assert.ok(['lost', 'not-found'].includes(error.code), `step ${step}: ${error.code} ${error.message}`);
    } finally {
      await attached.unplug();
    }
  }
}

/** A printer that speaks both ways: what is printed comes to the better one. */
function bothWays() {
  const printer = new SimulatedIppPrinter({ paceMs: 5 });
  const plain = virtualPrinter({ deviceId: DEVICE_ID });
  return { printer, plain, device: ippUsbPrinter(ippService(printer), { plain, chunked: true }) };
}

void test('a printer with IPP over USB prints, although usblp has its interface', LIMIT, async () => {
  const { printer, plain, device } = bothWays();
  await using attached = await attachVhci(device);
  assert.ok(attached.busPort >= 0);
  await usblpNode();
  await session();
  await session();
  assert.deepEqual([printer.printed.length, plain.received.length], [2, 0]);
});

void test(
  'unplugged at a step of IPP over USB, each kind of them, it is lost, and the next session goes well',
  LIMIT,
  async (context) => {
    // Head, body and answer take turns, and four has no divisor in common with three.
    const steps = await unplugged(() => bothWays().device, 4);
    context.diagnostic(`${steps} steps`);
    assert.ok(steps > 10);
    await using attached = await attachVhci(bothWays().device);
    assert.ok(attached.busPort >= 0);
    await session();
  },
);

void test('the kernel prints on the plain printer, and so do we when it has let go', LIMIT, async () => {
  const printer = virtualPrinter({ deviceId: DEVICE_ID });
  await using attached = await attachVhci(printerAsUsb(printer));
  assert.ok(attached.busPort >= 0);
  const { node, ieee1284 } = await usblpNode();
  assert.equal(readFileSync(ieee1284, 'utf8').trim(), DEVICE_ID);
  await writeFile(node, '%!PS a page', { flag: 'r+' });
  await session();
  const [byKernel, ...byUs] = printer.received.map((part) => Buffer.from(part));
  assert.equal(byKernel?.toString(), '%!PS a page');
  assert.ok(Buffer.concat(byUs).equals(Buffer.from(DOCUMENT.bytes)));
});

void test(
  'a plain printer without paper asks for it, goes on, and forgets a job that is cancelled',
  LIMIT,
  async () => {
    const printer = virtualPrinter({ deviceId: DEVICE_ID });
    await using attached = await attachVhci(printerAsUsb(printer));
    assert.ok(attached.busPort >= 0);
    const lease = await openPrinter();
    printer.hinder('paper-empty');
    const job = { jobUuid: crypto.randomUUID(), patienceMs: PATIENCE_MS };
    const events: PrintEvent['type'][] = [];
    await lease.device.print(DOCUMENT, job).forEach(({ type }) => {
      events.push(type);
      if (type === 'attention') printer.clear();
    });
    assert.deepEqual(events, ['attention', 'queued', 'done']);
    printer.hinder('paper-empty');
    await firstValueFrom(
      lease.device.print(DOCUMENT, { ...job, jobUuid: crypto.randomUUID() }).pipe(take(1)),
    );
    await lease.release();
    assert.deepEqual([printer.resets, printer.received], [1, []]);
  },
);

void test(
  'unplugged at each step of the plain class, it is lost, and the next session goes well',
  LIMIT,
  async (context) => {
    const plain = (): VirtualUsbDevice => printerAsUsb(virtualPrinter({ deviceId: DEVICE_ID }));
    const steps = await unplugged(plain, 1);
    context.diagnostic(`${steps} steps`);
    assert.ok(steps >= 3);
    await using attached = await attachVhci(plain());
    assert.ok(attached.busPort >= 0);
    await session();
  },
);

/** The node that usblp made, and where it shows the device id. */
async function usblpNode(): Promise<{ readonly node: string; readonly ieee1284: string }> {
  const folder = '/sys/class/usbmisc';
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const name = existsSync(folder) ? readdirSync(folder).find((each) => each.startsWith('lp')) : undefined;
    const ieee1284 = `${folder}/${name ?? ''}/device/ieee1284_id`;
    if (name !== undefined && existsSync(ieee1284)) return { node: `/dev/usb/${name}`, ieee1284 };
    await setTimeout(50);
  }
  throw new Error('usblp takes no printer');
}
