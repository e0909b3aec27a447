import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { delay, DeviceError, type CardTransport, type PcscPort, type PortEvent } from '@buergerkoffer/core';
import { pcscBus, usbBus } from '@buergerkoffer/core/node';
import { CARD_COMMAND, cardCommand, cardNumbers, patternBytes } from '@buergerkoffer/core/testing';
import { ccidReader, referenceCard, virtualReader, type VirtualReader } from '@buergerkoffer/device-lab';
import { attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { LISTED, Pcscd } from './support/pcscd.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Debian's pcscd and libccid with a reader of ours, and another program that uses it. */
export const needs = { modules: ['vhci-hcd'], packages: ['pcscd', 'libccid', 'opensc'] } satisfies LabNeeds;

/** Longest wait for one event, in milliseconds: pcscd sets a reader up, and the guest is slow. */
const PATIENCE_MS = 30_000;
const PATIENT = { timeoutMs: PATIENCE_MS };
/** CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10, 2.2), as pcsc-lite numbers it. */
const GET_FEATURES = 0x42000d48;
/** FEATURE_CCID_ESC_COMMAND and the like: tag, length 4, control code (PC/SC part 10, 2.3). */
const FEATURE_BYTES = 6;

const run = promisify(execFile);
const pcscd = new Pcscd();
before(() => pcscd.start());
after(() => pcscd.kill());

interface Bench {
  readonly slot: VirtualReader;
  readonly attached: Attached;
  readonly port: PcscPort;
  readonly reader: CardTransport;
}

/** A reader with the reference card in it, opened by our bus. */
async function withReader(body: (bench: Bench) => Promise<void>): Promise<void> {
  const slot = virtualReader({ bus: 'pcsc', id: 'r', path: 'r', physical: 'r', reader: 'r' });
  slot.insert(referenceCard());
  const bus = pcscBus();
  await settled((ports) => ports.length === 0);
  const attached = await attachVhci(ccidReader(slot, { identity: LISTED }));
  try {
    const port = await firstValueFrom(attachedPorts(bus.events).pipe(timeout(PATIENCE_MS)));
    const reader = await bus.open(port, {});
    try {
      await body({ slot, attached, port, reader });
    } finally {
      await reader.close();
    }
  } finally {
    await attached.unplug();
  }
}

function attachedPorts(events: ReturnType<typeof pcscBus>['events']) {
  return events.pipe(
    filter((event) => event.type === 'attached'),
    map(({ port }) => port),
  );
}

/** Resolves when the ports that pcscd tells of are as wanted. */
async function settled(isAsWanted: (ports: readonly PcscPort[]) => boolean): Promise<void> {
  const ports = new Map<string, PcscPort>();
  let isListed = false;
  const note = (event: PortEvent<'pcsc'>): boolean => {
    if (event.type === 'attached') ports.set(event.port.id, event.port);
    if (event.type === 'detached') ports.delete(event.port.id);
    isListed ||= event.type === 'listed';
    return isListed && isAsWanted([...ports.values()]);
  };
  await firstValueFrom(pcscBus().events.pipe(filter(note), timeout(PATIENCE_MS)));
}

const echo = (bytes: Uint8Array): Uint8Array => cardCommand(CARD_COMMAND.echo, bytes, bytes.length);
const wait = (ms: number): Uint8Array => cardCommand(CARD_COMMAND.wait, cardNumbers(ms), 0);
const isLost = { code: 'lost' };

void test('a reader is one thing with the USB device that it is', () =>
  withReader(async ({ port }) => {
    const usb = usbBus().events.pipe(
      filter((event) => event.type === 'attached' && event.port.vendorId === LISTED.vendorId),
      timeout(PATIENCE_MS),
    );
    const event = await firstValueFrom(usb);
    assert.ok(event.type === 'attached');
    assert.equal(port.physical, event.port.physical);
  }));

void test('a hundred short and ten long commands are answered, in this time', () =>
  withReader(async ({ reader }) => {
    const card = await reader.connect('exclusive', PATIENT);
    for (const [times, size] of [
      [100, 100],
      [10, 60_000],
    ] as const) {
      const bytes = patternBytes(size, 1);
      const tookMs: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const started = performance.now();
        const answer = await card.transmit(echo(bytes), PATIENT);
        tookMs.push(performance.now() - started);
        assert.deepEqual(answer.subarray(0, size), bytes);
      }
      const median = tookMs.sort((a, b) => a - b)[times >> 1] ?? Number.NaN;
      console.log(`${size} bytes to the card and back: median ${median.toFixed(1)} ms of ${times}`);
    }
  }));

void test('the reader tells its features, also while a card is held alone', () =>
  withReader(async ({ reader }) => {
    const features = await reader.control(GET_FEATURES, new Uint8Array(0), PATIENT);
    assert.ok(features.length > 0 && features.length % FEATURE_BYTES === 0);
    await reader.connect('exclusive', PATIENT);
    assert.deepEqual(await reader.control(GET_FEATURES, new Uint8Array(0), PATIENT), features);
  }));

void test('the card that another program uses is busy meanwhile, and ours is busy for the other', () =>
  withReader(async ({ reader }) => {
    const shared = await reader.connect('shared', PATIENT);
    // opensc-tool does its commands in one transaction.
    const slow = Buffer.from(wait(6_000)).toString('hex');
    const other = run('opensc-tool', ['-r', '0', '-c', 'default', '-s', slow], { timeout: 60_000 });
    const refused: string[] = [];
    const started = performance.now();
    while (refused.length === 0 && performance.now() - started < 20_000) {
      await shared.transmit(echo(patternBytes(10, 1)), PATIENT).catch((error: unknown) => {
        refused.push(DeviceError.from(error, 'protocol', 'no error of a device').code);
      });
    }
    assert.deepEqual(refused, ['busy']);
    assert.match((await other).stdout, /SW1=0x90/);
    await shared.close();
    const alone = await reader.connect('exclusive', PATIENT);
    const asked = Buffer.from(echo(patternBytes(3, 1))).toString('hex');
    const asks = () => run('opensc-tool', ['-r', '0', '-c', 'default', '-s', asked], { timeout: 60_000 });
    await assert.rejects(asks());
    await alone.close();
    assert.match((await asks()).stdout, /SW1=0x90/);
  }));

void test('a reader that is unplugged is lost, idle and at work, in this time', async () => {
  for (const what of ['idle', 'at work']) {
    await withReader(async ({ attached, reader }) => {
      const card = await reader.connect('exclusive', PATIENT);
      const working =
        what === 'idle' ? undefined : assert.rejects(card.transmit(wait(20_000), PATIENT), isLost);
      if (working !== undefined) await delay(500);
      const started = performance.now();
      await attached.unplug();
      const [ofReader, ofCard] = await Promise.all([reader.ended, card.ended, working]);
      console.log(`unplugged while ${what}: told after ${(performance.now() - started).toFixed(0)} ms`);
      assert.equal(ofReader.reason, 'lost');
      assert.equal(ofCard.reason, 'lost');
    });
  }
});

/**
 * The reader does not come back here. Most likely it still holds the answer that nobody took, and libccid, which finds that in the place
 * of its own first one, gives the reader up.
 */
void test('a service that is killed while a card is at work takes everything with it', () =>
  withReader(async ({ reader, port }) => {
    const bus = pcscBus();
    const events: PortEvent<'pcsc'>[] = [];
    const watching = bus.events.subscribe((event) => events.push(event));
    const card = await reader.connect('shared', PATIENT);
    const pending = assert.rejects(card.transmit(wait(4_000), PATIENT), isLost);
    await delay(500);
    await pcscd.kill();
    await pending;
    assert.equal((await reader.ended).reason, 'lost');
    assert.equal((await card.ended).reason, 'lost');
    await assert.rejects(pcscBus().open(port, {}), { code: 'not-found', remedy: /systemctl/ });
    watching.unsubscribe();
    const said = events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : []));
    assert.ok(said.some(({ code }) => code === 'pcsc.service-missing'));
    await pcscd.start();
  }));

void test('a service that is killed and started again brings its reader back', () =>
  withReader(async ({ reader }) => {
    const bus = pcscBus();
    const watching = bus.events.subscribe();
    await pcscd.kill();
    assert.equal((await reader.ended).reason, 'lost');
    await pcscd.start();
    const port = await firstValueFrom(attachedPorts(bus.events).pipe(timeout(PATIENCE_MS)));
    watching.unsubscribe();
    const again = await bus.open(port, {});
    const card = await again.connect('exclusive', PATIENT);
    const bytes = patternBytes(20, 1);
    assert.deepEqual((await card.transmit(echo(bytes), PATIENT)).subarray(0, 20), bytes);
    await again.close();
  }));
