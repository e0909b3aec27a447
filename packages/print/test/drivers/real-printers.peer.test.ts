import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { busSource, DeviceManager } from '@buergerkoffer/core';
import { httpBus } from '@buergerkoffer/core/node';
import { filter, firstValueFrom, map, take, tap, timeout } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ippDriver, memoryJournal, PRINTER, type PrintDocument } from '@buergerkoffer/print';
import { eventually, missingPrograms } from '../support/debian-programs.js';
import { CUPS_PROGRAMS, PEER_PROGRAMS, PrintPeers } from '../support/print-peers.js';
import { DOCUMENT, eventsOf, failureOf, fresh, openPrinter, typesOf } from '../support/printer-bench.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 150_000 });

/** Where cups-pdf writes for users that the system does not know; everybody can read it. */
const CUPS_PDF = '/var/spool/cups-pdf/ANONYMOUS';
/** Bound to the group of multicast DNS, whose port Avahi has as well. */
const LOOPBACK = { interface: '127.0.0.1', bind: '224.0.0.251' };
const TROUBLE = { toleranceMs: 2_000 };

describe.skipIf(missingPrograms(...PEER_PROGRAMS).length > 0)("Debian's ippeveprinter", () => {
  let peers: PrintPeers;
  let uri: string;

  beforeAll(async () => {
    peers = await PrintPeers.start();
    ({ uri } = await peers.startPrinter());
  });
  afterAll(async () => {
    await peers[Symbol.asyncDispose]();
  });

  it('says what it can do, and how it is', async () => {
    const printer = await openPrinter(uri);
    expect(printer.capabilities).toMatchObject({
      color: true,
      documentFormats: expect.arrayContaining(['application/pdf']) as string[],
    });
    expect(printer.capabilities.media).toContain('iso_a4_210x297mm');
    expect(await printer.status()).toMatchObject({ state: 'idle', acceptingJobs: true });
    expect((await printer.status()).supplies).toContainEqual({
      type: 'ink',
      color: 'cyan',
      levelPercent: 50,
    });
    await printer.close();
  });

  it('prints a job once, and says so again when it is sent again from another process', async () => {
    const printer = await openPrinter(uri);
    const before = peers.printed.length;
    const job = fresh();
    const started = performance.now();
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, job)))).toEqual(['queued', 'printing', 'done']);
    console.info(`print to done: ${(performance.now() - started).toFixed(0)} ms`);
    await printer.close();
    const other = await openPrinter(uri, { journal: memoryJournal() });
    expect(typesOf(await eventsOf(other.print(DOCUMENT, job)))).toEqual(['queued', 'printing', 'done']);
    await other.close();
    expect(peers.printed.slice(before)).toEqual([DOCUMENT.bytes.length]);
  });

  it('asks for paper, and goes on by itself', async () => {
    const printer = await openPrinter(uri);
    peers.fault('empty');
    const events = await eventsOf(printer.print(DOCUMENT, fresh()));
    expect(events).toContainEqual({ type: 'attention', reason: 'media-empty' });
    expect(typesOf(events).at(-1)).toBe('done');
    await printer.close();
  });

  it('gives up a job in which the paper jammed, and the next one is printed', async () => {
    const printer = await openPrinter(uri);
    peers.fault('jam');
    expect(await failureOf(printer.print(DOCUMENT, fresh()))).toMatchObject({ code: 'attention' });
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    await printer.close();
  });

  it('ends a job that is cancelled', async () => {
    const printer = await openPrinter(uri);
    const job = fresh();
    peers.fault('slow');
    await eventsOf(printer.print(DOCUMENT, job).pipe(take(1)));
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, job))).at(-1)).toBe('canceled');
    await printer.close();
  });

  it('is found by what it announces, and printed on', async () => {
    const bus = httpBus({ services: ['_ipp._tcp'], dnsSd: LOOPBACK, probeEveryMs: 0 });
    const driver = ippDriver({ pollMs: 20, journal: memoryJournal() });
    const manager = new DeviceManager([busSource(bus, [driver])]);
    const name = `Koffer ${new URL(uri.replace('ipp:', 'http:')).port}`;
    const heard = manager.of(PRINTER).pipe(
      map((all) => all.find(({ info }) => info.model === name)),
      filter((one) => one !== undefined),
      timeout(20_000),
    );
    const candidate = await firstValueFrom(heard);
    const { device } = await manager.open(candidate, { owner: 'test', reason: 'test' });
    expect(typesOf(await eventsOf(device.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    await device.close();
  });

  it('refuses what it cannot do before anything is sent', async () => {
    const printer = await openPrinter(uri);
    const word: PrintDocument = { bytes: DOCUMENT.bytes, mediaType: 'application/msword' };
    expect(await failureOf(printer.print(word, fresh()))).toMatchObject({ code: 'unsupported' });
    await printer.close();
  });

  it('that is gone in the middle of a job is lost', async () => {
    const { uri: away, stop } = await peers.startPrinter();
    const printer = await openPrinter(away, TROUBLE);
    peers.fault('slow');
    const events = printer.print(DOCUMENT, fresh()).pipe(tap(({ type }) => type === 'queued' && void stop()));
    expect(await failureOf(events)).toMatchObject({ code: 'lost' });
    await printer.close();
  });

  it('is not there under a wrong path, and not at all on a wrong port', async () => {
    await expect(openPrinter(uri.replace('/ipp/print', '/wrong'))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(openPrinter('ipp://127.0.0.1:9/ipp/print')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe.skipIf(missingPrograms(...PEER_PROGRAMS, ...CUPS_PROGRAMS).length > 0)(
  'a queue of CUPS in front of it',
  () => {
    let peers: PrintPeers;
    let cups: Awaited<ReturnType<PrintPeers['startCups']>>;
    let stopPrinter: () => Promise<void>;

    beforeAll(async () => {
      peers = await PrintPeers.start();
      const printer = await peers.startPrinter();
      stopPrinter = printer.stop;
      cups = await peers.startCups(printer.uri);
      await eventually(
        () => namesItsMedia(cups.uri),
        () => 'the queue does not become ready',
      );
    });
    afterAll(async () => {
      await peers[Symbol.asyncDispose]();
    });

    it('prints a job, and deletes what it keeps of it when asked', async () => {
      const printer = await openPrinter(cups.uri);
      expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
      expect(peers.printed).toHaveLength(1);
      expect(spooled(cups.spool)).not.toEqual([]);
      expect(await printer.clearJobs()).toMatchObject({ canceled: 0, left: 0 });
      expect(spooled(cups.spool)).toEqual([]);
      await printer.close();
    });

    it.skipIf(!existsSync(CUPS_PDF))('can be one that writes files, under the name of the job', async () => {
      const job = fresh();
      const printer = await openPrinter(cups.uri.replace('Weiter', 'PDF'));
      const before = new Set(readdirSync(CUPS_PDF));
      expect(typesOf(await eventsOf(printer.print(DOCUMENT, job))).at(-1)).toBe('done');
      await printer.clearJobs();
      await printer.close();
      const written = readdirSync(CUPS_PDF).filter((name) => !before.has(name));
      for (const name of written) rmSync(join(CUPS_PDF, name));
      expect(written).toEqual([expect.stringContaining(`buergerkoffer-${job.jobUuid.slice(0, 8)}`)]);
    });

    it('that is stopped asks for a hand, and the job can be cleared away', async () => {
      const printer = await openPrinter(cups.uri);
      cups.run('cupsdisable', '-r', 'Grund', 'Weiter');
      const stopped = await failureOf(printer.print(DOCUMENT, { ...fresh(), patienceMs: 1_500 }));
      expect(stopped).toMatchObject({
        code: 'attention',
        message: expect.stringContaining('paused') as string,
      });
      expect(await printer.clearJobs()).toMatchObject({ canceled: 1 });
      cups.run('cupsenable', 'Weiter');
      expect(spooled(cups.spool)).toEqual([]);
      expect(peers.printed).toHaveLength(1);
      await printer.close();
    });

    it('that takes no jobs says so', async () => {
      const printer = await openPrinter(cups.uri);
      cups.run('cupsreject', 'Weiter');
      expect(await failureOf(printer.print(DOCUMENT, fresh()))).toMatchObject({ code: 'attention' });
      cups.run('cupsaccept', 'Weiter');
      await printer.close();
    });

    it('that cannot read a document says so, and does not keep it', async () => {
      const printer = await openPrinter(cups.uri);
      const broken: PrintDocument = {
        bytes: new TextEncoder().encode('%PDF-1.4\nnothing'),
        mediaType: 'application/pdf',
      };
      const failure = await failureOf(printer.print(broken, { ...fresh(), patienceMs: 20_000 }));
      expect(failure).toMatchObject({ code: 'unsupported' });
      await printer.clearJobs();
      expect(spooled(cups.spool)).toEqual([]);
      await printer.close();
    });

    it('with the printer off does not print later what was cleared away', async () => {
      const printer = await openPrinter(cups.uri);
      await stopPrinter();
      const failure = await failureOf(printer.print(DOCUMENT, { ...fresh(), patienceMs: 3_000 }));
      expect(failure).toMatchObject({ kind: 'device' });
      expect(await printer.clearJobs()).toMatchObject({ canceled: 1 });
      expect(spooled(cups.spool)).toEqual([]);
      await printer.close();
    });
  },
);

describe.skipIf(missingPrograms(...PEER_PROGRAMS, ...CUPS_PROGRAMS).length > 0)(
  'a queue of CUPS that asks who prints',
  () => {
    it('lets in nobody without a right password, which it is told only where that was allowed', async () => {
      await using peers = await PrintPeers.start();
      const { uri } = await peers.startCups((await peers.startPrinter()).uri, { asks: true });
      const nobody = await openPrinter(uri);
      expect(await failureOf(nobody.print(DOCUMENT, fresh()))).toMatchObject({
        code: 'access-denied',
        remedy: expect.stringContaining('--login') as string,
      });
      await nobody.close();
      const login = { user: 'niemand', password: 'falsch' };
      const careful = await openPrinter(uri, { login });
      expect(await failureOf(careful.print(DOCUMENT, fresh()))).toMatchObject({
        code: 'access-denied',
        remedy: expect.stringContaining('ipps://') as string,
      });
      await careful.close();
      const wrong = await openPrinter(uri, { login: { ...login, basicInTheClear: true } });
      expect(await failureOf(wrong.print(DOCUMENT, fresh()))).toMatchObject({
        code: 'access-denied',
        remedy: expect.stringContaining('password') as string,
      });
      await wrong.close();
      expect(peers.printed).toEqual([]);
    });
  },
);

/** A queue that was just made knows nothing of its printer for a moment. */
async function namesItsMedia(uri: string): Promise<boolean> {
  const printer = await openPrinter(uri);
  await printer.close();
  return printer.capabilities.media.length > 0;
}

/** The files of jobs and documents in a spool of CUPS. */
function spooled(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^[cd]\d+/.test(name));
}
