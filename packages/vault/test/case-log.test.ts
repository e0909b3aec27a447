import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CaseLog, SECTOR_BYTES, type FileSystemPort, type StorageError } from '@buergerkoffer/vault';
import { nodeCrypto } from '@buergerkoffer/vault/node';
import { MemoryDisk } from './support/memory-disk.js';

const CASE = '0b0e7c1c-5b0a-4f57-9d0e-3f1f5a6b7c8d';
const PATH = '/cases/one.case';
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const PHOTO = Uint8Array.from({ length: 1200 }, (_, index) => index % 251);
const EVENTS = ['{"a":1}', '{"b":"zwei"}', '{"c":[3]}'];

const context = (fs: FileSystemPort) => ({
  fs,
  crypto: nodeCrypto,
  path: PATH,
  caseId: CASE,
  key: KEY.slice(),
});

async function written(): Promise<{ readonly bytes: Uint8Array; readonly ends: readonly number[] }> {
  const disk = new MemoryDisk();
  const fs = disk.start();
  await fs.makeFolder('/cases');
  const log = await CaseLog.create(context(fs));
  const ends: number[] = [];
  for (const json of EVENTS) {
    const { offset, length } = await log.append({ json, attachments: json === EVENTS[1] ? [PHOTO] : [] });
    ends.push(offset + length);
  }
  await log.close();
  return { bytes: disk.content(PATH), ends };
}

/** A disk with that log, and what opening it gives. */
async function opened(
  bytes: Uint8Array,
): Promise<{ readonly disk: MemoryDisk; readonly events: string[]; readonly log: CaseLog }> {
  const disk = new MemoryDisk();
  const fs = disk.start();
  await fs.makeFolder('/cases');
  await (await fs.open(PATH, 'create')).close();
  disk.put(PATH, bytes);
  const events: string[] = [];
  const log = await CaseLog.open(context(fs), (json) => events.push(json));
  return { disk, events, log };
}

describe('a case log', () => {
  let bytes: Uint8Array;
  let ends: readonly number[];
  beforeAll(async () => {
    ({ bytes, ends } = await written());
  });

  it('gives back its events and attachments', async () => {
    const { events, log } = await opened(bytes);
    expect(events).toEqual(EVENTS);
    const sha256 = Buffer.from(nodeCrypto.sha256(PHOTO)).toString('hex');
    expect(new Uint8Array(await log.attachment(sha256))).toEqual(PHOTO);
    await expect(log.attachment('00'.repeat(32))).rejects.toMatchObject({ code: 'missing' });
  });

  it('holds nothing that can be read without the key', () => {
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).not.toContain('zwei');
    expect(text).not.toContain(Buffer.from(PHOTO.subarray(20, 30)).toString('latin1'));
  });

  it('loses, cut at any byte, only the record that was cut, and goes on', async () => {
    for (let length = 0; length <= bytes.length; length += 1) {
      const { disk, events, log } = await opened(bytes.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length;
      expect(events, `cut at ${length}`).toEqual(EVENTS.slice(0, whole));
      expect(disk.content(PATH)).toHaveLength(ends[whole - 1] ?? SECTOR_BYTES);
      await log.append({ json: '{"next":1}', attachments: [] });
      await log.close();
      expect((await opened(disk.content(PATH))).events).toEqual([...EVENTS.slice(0, whole), '{"next":1}']);
    }
  }, 60_000);

  it('is refused with the place of the record when any byte has another value, and is left as it is', async () => {
    const starts = [SECTOR_BYTES, ...ends];
    for (let offset = 0; offset < bytes.length; offset += 1) {
      const damaged = bytes.slice();
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 + (offset % 255));
      const disk = new MemoryDisk();
      const fs = disk.start();
      await fs.makeFolder('/cases');
      await (await fs.open(PATH, 'create')).close();
      disk.put(PATH, damaged);
      const error = await CaseLog.open(context(fs), () => undefined).then(
        () => undefined,
        (error: StorageError) => error,
      );
      const record = starts.findLast((start) => start <= offset) ?? 0;
      expect(error, `byte ${offset}`).toMatchObject({ code: 'corrupt', offset: record });
      expect(Buffer.compare(disk.content(PATH), damaged)).toBe(0);
    }
  }, 60_000);

  it('loses only the last record when any of its sectors never reached the disk', async () => {
    const start = ends[0] ?? 0;
    const end = ends[1] ?? 0;
    const sectors = (end - start) / SECTOR_BYTES;
    expect(sectors).toBeGreaterThan(2);
    for (let lost = 1; lost < 2 ** sectors; lost += 1) {
      const torn = bytes.slice(0, end);
      for (let sector = 0; sector < sectors; sector += 1) {
        const at = start + sector * SECTOR_BYTES;
        if ((lost & (1 << sector)) !== 0) torn.fill(0, at, at + SECTOR_BYTES);
      }
      const { events, log } = await opened(torn);
      expect(events).toEqual(EVENTS.slice(0, 1));
      expect(log.lostBytes).toBe(end - start);
    }
  });

  it('never takes lost sectors in the middle for a torn end', async () => {
    for (let at = SECTOR_BYTES; at < (ends[1] ?? 0); at += SECTOR_BYTES) {
      const damaged = bytes.slice();
      damaged.fill(0, at, at + SECTOR_BYTES);
      await expect(opened(damaged)).rejects.toMatchObject({ code: 'corrupt' });
    }
  });

  it('refuses the records of another case, another order and another key', async () => {
    const [first = 0, second = 0] = ends;
    const swapped = new Uint8Array([
      ...bytes.subarray(0, SECTOR_BYTES),
      ...bytes.subarray(first, second),
      ...bytes.subarray(SECTOR_BYTES, first),
    ]);
    await expect(opened(swapped)).rejects.toMatchObject({ code: 'corrupt', offset: SECTOR_BYTES });
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/cases');
    await (await fs.open(PATH, 'create')).close();
    disk.put(PATH, bytes);
    const otherKey = { ...context(fs), key: new Uint8Array(32) };
    await expect(CaseLog.open(otherKey, () => undefined)).rejects.toMatchObject({ code: 'corrupt' });
    const otherCase = { ...context(fs), caseId: CASE.replace('0b', '0c') };
    await expect(CaseLog.open(otherCase, () => undefined)).rejects.toMatchObject({
      code: 'corrupt',
      offset: 0,
    });
  });

  it('refuses any bytes in its place with a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (tail) => {
        const damaged = new Uint8Array([...bytes, ...tail]);
        const result = await opened(damaged).then(
          ({ events }) => events,
          (error: StorageError) => error.code,
        );
        expect([EVENTS, 'corrupt']).toContainEqual(result);
      }),
      { numRuns: 100 },
    );
  });

  it('zeroes its key when it is closed', async () => {
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/cases');
    const own = context(fs);
    await (await CaseLog.create(own)).close();
    expect(own.key).toEqual(new Uint8Array(32));
  });
});
