import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ippPort } from '@buergerkoffer/print';
import { serveIppPrinter, type ServedPrinter } from '@buergerkoffer/print/node';
import { ippService, SimulatedIppPrinter, testPages } from '@buergerkoffer/print/simulator';
import type { BusKind } from '@buergerkoffer/core';
import { LabBus, virtualHttp } from '@buergerkoffer/device-lab';
import type { Buses } from '../../src/buses.js';
import { printerCommand } from '../../src/commands/printer.js';
import { main } from '../../src/main.js';
import { Output } from '../../src/output.js';
import { jsonLines, koffer } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const UUID = '0a1b2c3d-0000-4000-8000-000000000001';

describe('koffer print', () => {
  let printer: SimulatedIppPrinter;
  let served: ServedPrinter;
  let file: string;
  let journal: string;

  beforeEach(async () => {
    printer = new SimulatedIppPrinter({ paceMs: 10 });
    served = await serveIppPrinter(printer);
    const folder = tempFolder();
    file = join(folder, 'form.pdf');
    journal = join(folder, 'journal');
    writeFileSync(file, testPages(2));
  });
  afterEach(async () => {
    await served.unplug();
    printer.restart();
  });

  const print = (...more: readonly string[]) =>
    koffer(['print', file, '--printer', served.uri, '--journal', journal, '--json', ...more]);

  it('tells what happens to the job, in the order of its events', async () => {
    const { code, json } = await print('--job-uuid', UUID, '--sides', 'two-sided-long-edge', '--copies', '2');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ type: 'queued', jobUuid: UUID });
    expect(json.at(-1)).toMatchObject({ type: 'done', pages: 4 });
    expect(printer.printed).toMatchObject([
      { copies: 2, sides: 'two-sided-long-edge', media: 'iso_a4_210x297mm' },
    ]);
  });

  it('joins the job when it is repeated, also when the printer has forgotten it', async () => {
    await print('--job-uuid', UUID);
    expect(await print('--job-uuid', UUID)).toMatchObject({ code: 0 });
    printer.restart();
    expect(await print('--job-uuid', UUID)).toMatchObject({ code: 0 });
    expect(printer.printed).toHaveLength(1);
  });

  it('asks for a hand in German, and ends with code 3 where none comes', async () => {
    printer.stop('media-empty');
    const { code, json } = await print('--wait', '1');
    expect(code).toBe(3);
    expect(json).toMatchObject([
      { type: 'queued' },
      {
        type: 'attention',
        reason: 'media-empty',
        german: { message: expect.stringContaining('Papier') as string },
      },
      {
        type: 'error',
        error: { code: 'attention', message: expect.stringContaining('media-empty') as string },
      },
    ]);
  });

  it('says who prints to a printer that asks, the password in the clear only where that is wanted', async () => {
    const asking = await serveIppPrinter(printer, { login: { user: 'koffer', password: 'Zwölf:Ämter' } });
    const login = join(tempFolder(), 'login');
    writeFileSync(login, 'koffer:Zwölf:Ämter\n');
    const ask = (...more: readonly string[]) =>
      koffer(['print', file, '--printer', asking.uri, '--journal', journal, '--json', ...more]);
    for (const options of [[], ['--login', login]]) {
      const { code, json } = await ask(...options);
      expect(code).toBe(3);
      expect(json).toMatchObject([{ type: 'error', error: { code: 'access-denied' } }]);
      expect(JSON.stringify(json)).not.toContain('Ämter');
    }
    expect(await ask('--login', login, '--basic-in-the-clear')).toMatchObject({ code: 0 });
    expect(printer.printed).toHaveLength(1);
    writeFileSync(login, 'koffer');
    expect(await ask('--login', login)).toMatchObject({ code: 2 });
    await asking.unplug();
  });

  it('is cancelled at the printer by an interrupt', async () => {
    printer.stop('media-empty', 2);
    const stop = new AbortController();
    let out = '';
    const code = await main(['print', file, '--printer', served.uri, '--journal', journal, '--json'], {
      out: (text) => {
        out += text;
        if (text.includes('attention')) stop.abort();
      },
      err: () => undefined,
      stop: stop.signal,
    });
    expect(code).toBe(1);
    expect(jsonLines(out).at(-1)).toMatchObject({ type: 'canceled', pages: 1 });
    expect(printer.jobs).toMatchObject([{ state: 'canceled' }]);
  });

  it('ends with code 3 where there is no printer, 1 for a file that is no document, 2 for wrong use', async () => {
    await served.unplug();
    const german = (words: string): object => ({ germanRemedy: expect.stringContaining(words) as string });
    expect(await print()).toMatchObject({
      code: 3,
      json: [{ type: 'error', error: { code: 'not-found', ...german('schalten Sie den Drucker ein') } }],
    });
    writeFileSync(file, 'Sehr geehrte Damen und Herren');
    expect(await print()).toMatchObject({
      code: 1,
      json: [{ error: { code: 'unsupported', ...german('anderes Dokument') } }],
    });
    expect((await print('--copies', 'many')).code).toBe(2);
    expect((await print('--pin', 'abc')).code).toBe(1);
    expect((await koffer(['print', file])).code).toBe(2);
  });

  it('says in words what happens', async () => {
    const { out, err } = await koffer(['print', file, '--printer', served.uri, '--journal', journal]);
    expect(out).toMatch(/^the printer has it as job \d+\n(page [12] of 2\n)*printed, 2 pages\n$/);
    expect(err).toMatch(/^job [0-9a-f-]{36}\n/);
  });
});

describe('koffer printer', () => {
  it('tells the status, and ends with code 3 where the printer is stopped', async () => {
    const printer = new SimulatedIppPrinter();
    const { uri, unplug } = await serveIppPrinter(printer);
    const status = () => koffer(['printer', 'status', uri, '--json']);
    expect(await status()).toMatchObject({
      code: 0,
      json: [
        {
          type: 'printer-status',
          state: 'idle',
          model: 'Simulated A4 printer',
          simulated: true,
          mediaReady: ['iso_a4_210x297mm'],
          supplies: [{ type: 'toner' }],
        },
      ],
    });
    printer.stop('media-jam');
    expect(await status()).toMatchObject({
      code: 3,
      json: [{ state: 'stopped', reasons: [{ stem: 'media-jam' }] }],
    });
    expect((await koffer(['printer', 'status', uri])).out).toContain(
      'state:       stopped: media-jam (error)',
    );
    await unplug();
    printer.restart();
  });

  it('clears away what was left in the printer, and makes it show itself', async () => {
    const printer = new SimulatedIppPrinter();
    const { uri, unplug } = await serveIppPrinter(printer);
    printer.stop('media-empty');
    const folder = tempFolder();
    writeFileSync(join(folder, 'form.pdf'), testPages(1));
    await koffer([
      'print',
      join(folder, 'form.pdf'),
      '--printer',
      uri,
      '--journal',
      folder,
      '--wait',
      '1',
      '--json',
    ]);
    expect(await koffer(['printer', 'clear', uri, '--json'])).toMatchObject({
      code: 0,
      json: [{ type: 'cleared', canceled: 1, deleted: 0, left: 0 }],
    });
    expect((await koffer(['printer', 'identify', uri, '--json'])).code).toBe(0);
    await unplug();
    printer.restart();
  });

  it('lists the printers that announce themselves', async () => {
    const http = new LabBus('http');
    http.plug(
      virtualHttp(
        { ...ippPort('ipp://printer.local/ipp/print'), model: 'Büro' },
        ippService(new SimulatedIppPrinter()),
      ),
    );
    let out = '';
    const output = new Output(
      { out: (more) => (out += more), err: () => undefined },
      { json: true, debug: false },
    );
    const command = printerCommand(
      (work) =>
        async (...parameters) => {
          await work(output, ...parameters);
        },
      () => busesWith(http),
    );
    await command.parseAsync(['list', '--wait', '0.1'], { from: 'user' });
    expect(jsonLines(out)).toMatchObject([
      { type: 'printer', uri: 'ipp://printer.local:631/ipp/print', model: 'Büro', availability: 'free' },
    ]);
  });
});

function busesWith(http: LabBus<'http'>): Buses {
  const other = <K extends BusKind>(kind: K) => new LabBus(kind);
  return {
    http,
    usb: other('usb'),
    hid: other('hid'),
    serial: other('serial'),
    pcsc: other('pcsc'),
    tcp: other('tcp'),
  };
}
