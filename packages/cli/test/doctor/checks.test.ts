import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockFindings, skewFindings } from '../../src/doctor/clock.js';
import { computerFindings } from '../../src/doctor/computer.js';
import { folderFindings, spaceFindings } from '../../src/doctor/folders.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const LAPTOP = { platform: 'linux', nodeVersion: '20.19.0', devices: '/nowhere', run: '/nowhere' };

describe('the doctor, looking at the computer', () => {
  it.each([
    ['20.18.3', true],
    ['18.20.0', true],
    ['20.19.0', false],
    ['22.0.0', false],
  ])('judges Node %s', async (nodeVersion, isTooOld) => {
    const codes = (await computerFindings({ ...LAPTOP, nodeVersion })).map(({ code }) => code);
    expect(codes.includes('system.node-too-old')).toBe(isTooOld);
  });

  it('says on another system only that it was not made for it', async () => {
    const findings = await computerFindings({ ...LAPTOP, platform: 'win32' });
    expect(findings).toMatchObject([{ code: 'system.untested', severity: 'warning' }]);
  });

  it('misses services that do not run, and is content with those that do', async () => {
    const run = tempFolder();
    const missing = await computerFindings({ ...LAPTOP, run });
    expect(missing.map(({ code }) => code)).toEqual(['system.udev-missing', 'system.pcscd-missing']);
    for (const service of ['udev', 'pcscd']) mkdirSync(join(run, service));
    writeFileSync(join(run, 'udev', 'control'), '');
    writeFileSync(join(run, 'pcscd', 'pcscd.comm'), '');
    expect(await computerFindings({ ...LAPTOP, run })).toEqual([]);
  });

  it('names the device nodes that this user may not open, and only those', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root may open everything');
    const devices = tempFolder();
    writeFileSync(join(devices, 'ttyACM0'), '', { mode: 0o000 });
    writeFileSync(join(devices, 'ttyUSB0'), '', { mode: 0o600 });
    writeFileSync(join(devices, 'tty0'), '', { mode: 0o000 });
    const denied = (await computerFindings({ ...LAPTOP, devices })).filter(
      ({ code }) => code === 'system.access-denied',
    );
    expect(denied).toMatchObject([{ message: `this user may not open ${devices}/ttyACM0` }]);
  });
});

describe('the doctor, looking at folders', () => {
  const folder = { id: 'state', what: 'the folder', variable: 'XDG_STATE_HOME' } as const;

  it('accepts a folder that can still be made', async () => {
    const path = join(tempFolder(), 'not', 'there', 'yet');
    const findings = await folderFindings({ ...folder, path });
    expect(findings.filter(({ code }) => code !== 'system.state-full')).toEqual([]);
  });

  it('refuses one below a file', async () => {
    const path = join(tempFile('file', ''), 'below');
    expect(await folderFindings({ ...folder, path })).toMatchObject([
      { code: 'system.state-read-only', severity: 'error' },
    ]);
  });

  it.each([
    [500, undefined],
    [499, 'warning'],
    [50, 'warning'],
    [49, 'error'],
    [0, 'error'],
  ])('judges %i MiB of free space', (freeMib, severity) => {
    const [finding] = spaceFindings({ ...folder, path: '/x' }, freeMib);
    expect(finding?.severity).toBe(severity);
  });
});

describe('the doctor, looking at the clock', () => {
  it.each([
    ['2019-06-01T12:00:00Z', ['system.clock-wrong']],
    ['1970-01-01T00:00:00Z', ['system.clock-wrong']],
    ['2051-06-01T12:00:00Z', ['system.clock-wrong']],
    ['2026-11-20T12:00:00Z', []],
  ])('judges %s', async (now, codes) => {
    expect((await clockFindings(new Date(now), '/nowhere')).map(({ code }) => code)).toEqual(codes);
  });

  it('says when it was not synchronised since the start', async () => {
    const timesync = tempFolder();
    const now = new Date('2026-11-20T12:00:00Z');
    expect(await clockFindings(now, timesync)).toMatchObject([{ code: 'system.clock-unsynchronised' }]);
    writeFileSync(join(timesync, 'synchronized'), '');
    expect(await clockFindings(now, timesync)).toEqual([]);
  });

  it('compares with the date of an answer', () => {
    const date = 'Fri, 20 Nov 2026 12:00:00 GMT';
    expect(skewFindings(date, new Date('2026-11-20T12:02:00Z'))).toEqual([]);
    expect(skewFindings(date, new Date('2026-11-20T12:02:01Z'))).toMatchObject([
      { code: 'system.clock-skew', message: expect.stringContaining('121 s ahead of') },
    ]);
    expect(skewFindings(date, new Date('2026-11-20T11:50:00Z'))).toMatchObject([
      { message: expect.stringContaining('600 s behind') },
    ]);
    expect(skewFindings(null, new Date())).toEqual([]);
    expect(skewFindings('soon', new Date())).toEqual([]);
  });
});
