import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { BusKind } from '@buergerkoffer/core';
import { LabBus, plugSerial, plugUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import type { Buses } from '../../src/buses.js';
import { recordCommand } from '../../src/commands/record.js';
import { Output } from '../../src/output.js';
import { jsonLines, koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (said: string): Uint8Array => new TextEncoder().encode(said);

/** Buses of this process with a modem and a vendor's USB device on them. */
function benchBuses(): Buses {
  const serial = new LabBus('serial');
  plugSerial(
    serial,
    {
      powerUp: (send) => ({
        received: (said) => {
          if (text(said) === 'AT\r') send(bytes('\r\nOK\r\n'));
        },
      }),
    },
    { port: { path: '/dev/ttyUSB2' } },
  );
  const usb = new LabBus('usb');
  plugUsb(usb, ECHO, { place: '1-4' });
  const other = <K extends BusKind>(kind: K) => new LabBus(kind);
  return { usb, serial, hid: other('hid'), pcsc: other('pcsc'), tcp: other('tcp'), http: other('http') };
}

const ECHO: VirtualUsbDevice = {
  vendorId: 0x1209,
  productId: 1,
  serialNumber: 'E1',
  interfaces: [
    {
      number: 0,
      interfaceClass: 0xff,
      endpoints: [
        { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
        { direction: 'out', number: 1, type: 'bulk', packetSize: 64 },
      ],
    },
  ],
  powerUp: (host) => ({
    received: (endpoint, data) => {
      host.send(endpoint, data);
    },
  }),
};

/** `koffer record` on the bench. */
async function record(args: readonly string[], buses = benchBuses()) {
  let out = '';
  const output = new Output(
    { out: (more) => (out += more), err: () => undefined },
    { json: true, debug: false },
  );
  const command: Command = recordCommand(
    (work) =>
      async (...parameters) => {
        await work(output, ...parameters).catch((error: unknown) => {
          output.fail(error);
        });
      },
    () => buses,
  );
  await command.exitOverride().parseAsync([...args], { from: 'user' });
  return { code: output.exitCode, json: jsonLines(out) };
}

describe('koffer record', () => {
  it('writes down what a line was told and what it said, and koffer replay shows it', async () => {
    const file = join(tempFolder(), 'at.jsonl');
    const { code, json } = await record(['/dev/ttyUSB2', '-o', file, '--send', '41540d', '--for', '0.05']);
    expect({ code, json }).toMatchObject({ code: 0, json: [{ type: 'recording', file }] });
    const shown = await koffer(['replay', file, '--json']);
    expect(shown.code).toBe(0);
    expect(shown.json).toMatchObject([
      { type: 'recording', port: { path: '/dev/ttyUSB2' }, masking: 'personal' },
      { type: 'line', op: 'write', sent: '41540d', result: 'ok' },
      { type: 'line', op: 'input', received: '0d0a4f4b0d0a' },
      { type: 'line', op: 'ended', reason: 'closed' },
    ]);
    const sheet = await koffer(['replay', file]);
    expect(sheet.out).toMatch(/> write {2}3 bytes {2}ok in \d+\.\d{3} ms {2}41540d/);
  });

  it('reads every endpoint of a USB interface, and keeps no serial number', async () => {
    const file = join(tempFolder(), 'usb.jsonl');
    await record(['1-4:1.0', '-o', file, '--send', '0102', '--for', '0.05', '--mask', 'all']);
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('"op":"transferIn"');
    expect(written).toContain('"received":"*2"');
    expect(written).not.toContain('E1');
  });

  it('never writes over another recording', async () => {
    const file = tempFile('there.jsonl', 'evidence');
    const { code, json } = await record(['/dev/ttyUSB2', '-o', file]);
    expect({ code, json }).toMatchObject({
      code: 1,
      json: [{ type: 'error', error: { code: 'not-allowed' } }],
    });
    expect(readFileSync(file, 'utf8')).toBe('evidence');
  });

  it('says that nothing is attached, and makes no file', async () => {
    const file = join(tempFolder(), 'none.jsonl');
    const { code, json } = await record(['/dev/ttyUSB9', '-o', file]);
    expect({ code, json }).toMatchObject({ code: 3, json: [{ error: { code: 'not-found' } }] });
    expect(existsSync(file)).toBe(false);
  });

  it.each([[['--mask', 'some']], [['--send', '4g']], [['--for', 'ever']], [['--baud', '-1']]])(
    'refuses %j',
    async (wrong) => {
      const { code } = await record(['/dev/ttyUSB2', '-o', 'never.jsonl', ...wrong]);
      expect(code).toBe(2);
    },
  );
});

describe('koffer replay', () => {
  it('names the line of what is wrong with a file', async () => {
    const file = tempFile('bad.jsonl', '{"traffic":1}\n');
    const { code, json } = await koffer(['replay', file, '--json']);
    expect({ code, json }).toMatchObject({ code: 1, json: [{ type: 'error', error: { kind: 'input' } }] });
  });
});

describe('koffer udev and koffer drivers', () => {
  it('print a file of rules that udev reads', async () => {
    const { code, out } = await koffer(['udev', '--group', 'koffer']);
    expect(code).toBe(0);
    expect(out).toMatch(/^# .*\n/);
    expect(out).toContain('LABEL="buergerkoffer_end"');
    expect(out).toContain('05ba'); // U.are.U 4500
  });

  it('list what the drivers understand', async () => {
    const { code, json } = await koffer(['drivers', '--json']);
    expect(code).toBe(0);
    for (const line of json) expect(line).toMatchObject({ type: 'supported' });
    expect(json.map((line) => line['driver'])).toContain('uru4500');
  });
});
