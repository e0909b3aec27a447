import { describe, expect, it, vi } from 'vitest';
import { readMessage } from '../../src/ptp/container.js';
import { readEosEvents } from '../../src/ptp/eos-events.js';
import { readHandles } from '../../src/ptp/fields.js';
import { readObjectInfo } from '../../src/ptp/object-info.js';
import { readPropertyDescription } from '../../src/ptp/property.js';
import { readStorageInfo } from '../../src/ptp/storage-info.js';
import type { PtpReply } from '../../src/session/pipe.js';
import { PtpSession } from '../../src/session/ptp-session.js';
import { usbPipe } from '../../src/session/usb-pipe.js';
import { recordedUsb, type RecordedTransfer } from '../support/recorded-usb.js';
import { recordingsAbsent, sharedFile, transfersOf } from '../support/shared-data.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const { signal } = new AbortController();

interface Exchange {
  readonly code: number;
  readonly parameters: readonly number[];
  readonly reply: PtpReply;
}

/** Does every operation of a recording again, after opening the session, and gives the answers. */
async function replayed(transfers: readonly RecordedTransfer[]) {
  const player = recordedUsb(transfers);
  const session = await PtpSession.open(usbPipe(player.usb), { signal });
  const commands = transfers.filter(({ pipe }) => pipe === 'bulk-out').map(({ bytes }) => bytes);
  const exchanges: Exchange[] = [];
  // The first two are those of opening.
  for (let at = 2; at < commands.length; at += 1) {
    const { code, parameters } = readMessage(commands[at] ?? new Uint8Array(0));
    const next = commands[at + 1];
    const data = next?.[4] === 2 ? next.subarray(12) : undefined;
    if (data !== undefined) at += 1;
    const reply = await session.ask(code, parameters, data === undefined ? {} : { data });
    exchanges.push({ code, parameters, reply });
  }
  expect(player.mismatch).toBeUndefined();
  expect(player.played).toBe(player.of);
  return { session, exchanges };
}

const answersTo = (exchanges: readonly Exchange[], code: number) =>
  exchanges.filter((one) => one.code === code).map(({ reply }) => reply.data);

describe.skipIf(recordingsAbsent)('the recorded session of an EOS 60D', () => {
  // Between the two parts idle polls were left out: the numbers of transactions jump.
  const all = recordingsAbsent ? [] : transfersOf('ptp/canon-eos60d-session.ndjson');
  const first = all.slice(0, 252);

  it('is done again with the same bytes, and every answer is understood', async () => {
    const { session, exchanges } = await replayed(first);
    expect(session.info).toMatchObject({
      manufacturer: 'Canon Inc.',
      model: 'Canon EOS 60D',
      deviceVersion: '3-1.0.8',
      // Microsoft's: what a Canon is stands in its name.
      vendorExtensionId: 6,
    });
    expect(session.supports(0x9116)).toBe(true);
    expect(exchanges.every(({ reply }) => reply.code === 0x2001)).toBe(true);
    const [handles] = answersTo(exchanges, 0x1007).map(readHandles);
    expect(handles).toHaveLength(47);
    const objects = answersTo(exchanges, 0x1008).map(readObjectInfo);
    expect(objects.slice(0, 3).map(({ format }) => format)).toEqual([0x3001, 0x3001, 0x3801]);
    expect(new Set(objects.map(({ format }) => format))).toEqual(new Set([0x3001, 0x3801, 0xb103]));
    expect(objects[2]).toMatchObject({ sizeBytes: 4_855_570, storage: 0x20001 });
    expect(objects[2]?.fileName).toMatch(/^IMG_\d{4}\.JPG$/);
    expect(objects[2]?.capturedAt).toMatch(/^\d{8}T\d{6}\.\d$/);
    const descriptions = answersTo(exchanges, 0x1014).map(readPropertyDescription);
    expect(descriptions.map(({ property }) => property)).toEqual([
      0x5001, 0xd402, 0xd407, 0xd406, 0xd303, 0x5001,
    ]);
    expect(descriptions[0]).toMatchObject({
      dataType: 2,
      current: 50,
      form: { type: 'choice', values: [100, 0, 75, 0, 50] },
    });
  });

  it('tells all properties in a first flood of events, in three transfers', async () => {
    const { exchanges } = await replayed(first);
    const polls = answersTo(exchanges, 0x9116).map(readEosEvents);
    expect(polls[0]).toHaveLength(77);
    expect(polls[0]?.[0]).toEqual({ type: 'property-changed', property: 0xd105, value: 3 });
    expect(polls[1]).toEqual([]);
    const shots = polls
      .flat()
      .filter((event) => event.type === 'property-changed' && event.property === 0xd11b);
    expect(shots.length).toBeGreaterThan(0);
  });

  it('goes on and closes with the numbers of transactions that it had', async () => {
    const rest = all.slice(252);
    const opening = all.slice(0, 2);
    const player = recordedUsb([...opening, ...rest]);
    const pipe = usbPipe(player.usb);
    const open = { signal, maxBytes: 1_000_000 };
    await pipe.transact({ code: 0x1002, transaction: 0, parameters: [1] }, open);
    const commands = rest.filter(({ pipe: one }) => one === 'bulk-out').map(({ bytes }) => bytes);
    for (let at = 0; at < commands.length; at += 1) {
      const command = readMessage(commands[at] ?? new Uint8Array(0));
      const next = commands[at + 1];
      const data = next?.[4] === 2 ? next.subarray(12) : undefined;
      if (data !== undefined) at += 1;
      const reply = await pipe.transact({ ...command, ...(data === undefined ? {} : { data }) }, open);
      expect(reply.code).toBe(0x2001);
    }
    expect(player.mismatch).toBeUndefined();
    expect(player.played).toBe(player.of);
  });
});

describe.skipIf(recordingsAbsent)('the recorded capture of a camera that speaks standard PTP', () => {
  it('is done again with the same bytes: a folder, a photo, a wrong handle', async () => {
    const { session, exchanges } = await replayed(transfersOf('ptp/vusb-generic-capture.ndjson'));
    expect(session.info).toMatchObject({ manufacturer: 'GP', model: 'VC', vendorExtension: 'G-V: 1.0;' });
    const [storage] = answersTo(exchanges, 0x1005).map(readStorageInfo);
    expect(storage).toMatchObject({ storageType: 3, freePhotos: 150, description: 'GPVC Storage' });
    const objects = answersTo(exchanges, 0x1008).map(readObjectInfo);
    expect(objects.map(({ format, fileName }) => [format, fileName])).toEqual([
      [0x3001, 'DCIM'],
      [0x3801, 'sim-2mp-1080p.jpg'],
      [0x3001, '100GPHOT'],
      [0x3801, 'GPH_0099.JPG'],
    ]);
    const [battery] = answersTo(exchanges, 0x1014).map(readPropertyDescription);
    expect(battery).toMatchObject({
      current: 50,
      form: { type: 'range', minimum: 0, maximum: 100, step: 1 },
    });
    const [photo] = answersTo(exchanges, 0x1009);
    expect(Buffer.from(photo ?? []).equals(sharedFile('photo/sim-2mp-1080p.jpg'))).toBe(true);
    expect(exchanges.filter(({ code }) => code === 0x1009)[1]?.reply.code).toBe(0x2009);
  });

  it('tells three events on the interrupt pipe: folder, photo, end', async () => {
    const player = recordedUsb(transfersOf('ptp/vusb-generic-capture.ndjson'));
    const events: unknown[] = [];
    const listening = usbPipe(player.usb).events.subscribe(({ code, parameters }) => {
      events.push([code, parameters]);
    });
    await new Promise((resolve) => setImmediate(resolve));
    listening.unsubscribe();
    expect(events).toEqual([
      [0x4002, [4]],
      [0x4002, [5]],
      [0x400d, [0]],
    ]);
  });
});
