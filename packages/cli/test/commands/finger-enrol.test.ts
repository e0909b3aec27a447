import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readChipTemplate } from '@buergerkoffer/fingerprint/record';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

vi.setConfig({ testTimeout: 60_000 });

const SINGLE = ['finger', 'enrol', '--simulated', '--device', 'single'] as const;

beforeEach(() => {
  vi.stubEnv('XDG_DATA_HOME', tempFolder());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('koffer finger enrol', () => {
  it('enrols two simulated fingers, writes templates and log, and tells what decided', async () => {
    const folder = join(tempFolder(), 'prints');
    const { code, json, err } = await koffer([...SINGLE, '--seed', '7', '-o', folder, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [answer] = json;
    expect(answer).toMatchObject({
      type: 'enrolment',
      result: 'Success',
      prints: [
        {
          finger: 'right-index',
          quality: { decidedBy: { algorithm: 'embedded-estimate' } },
          thresholdApplies: false,
        },
        { finger: 'left-index' },
      ],
      files: ['right-index.bit', 'left-index.bit', 'log.json'].map((name) => join(folder, name)),
    });
    expect(JSON.stringify(answer)).not.toContain('BinaryData');
    expect(readChipTemplate(readFileSync(join(folder, 'left-index.bit'))).position).toBe(7);
    expect(readFileSync(join(folder, 'log.json'), 'utf8').match(/"BinaryData"/g)).toHaveLength(2);
    expect(statSync(join(folder, 'log.json')).mode & 0o077).toBe(0);
  });

  it('takes both fingers at once unless told otherwise', async () => {
    const { code, json } = await koffer(['finger', 'enrol', '--simulated', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([{ log: { FingerAcquisition: [{ FingerCapture: [{ fc: 46 }] }] } }]);
  });

  it('leaves missing fingers out, and tells the person what to do in German', async () => {
    const { code, out, err } = await koffer([...SINGLE, '--missing', 'right-index=amputated', 'right-thumb']);
    expect(code).toBe(0);
    expect(err).toContain(
      'Bitte auflegen: rechter Mittelfinger (Versuch 1, weil die Finger davor fehlen oder nicht genügen)',
    );
    expect(out).toContain('Aufgenommen: rechter Mittelfinger, linker Zeigefinger.');
  });

  it('captures nothing under six years', async () => {
    const { code, json } = await koffer([...SINGLE, '--age', '5', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([
      { prints: [], log: { FingerprintCaptureAllowed: false, FingerAcquisition: [] } },
    ]);
  });

  it('asks at every decision, and takes the answer', async () => {
    const { code, json, err } = await koffer([...SINGLE, '--interactive', '--json'], 'x\nt\nn\n\n\n');
    // x is no answer; t overrules nothing; n takes the index finger not, then thumb and left index finger are taken.
    expect(err.match(/Eingabetaste: weiter, w: wiederholen/g)).toHaveLength(5);
    expect(code).toBe(0);
    expect(json).toMatchObject([{ prints: [{ finger: 'right-thumb' }, { finger: 'left-index' }] }]);
  });

  it('is cancelled where nobody answers any more: exit code 1', async () => {
    const { code, json } = await koffer([...SINGLE, '--interactive', '--json'], '\n');
    expect(code).toBe(1);
    expect(json).toMatchObject([{ result: 'Canceled', prints: [] }]);
  });

  it.each([
    [['--missing', 'nose'], 2],
    [['--missing', 'left-ring', 'left-ring=bandaged'], 2],
    [['--port', '1-2'], 2],
    [['--age', 'old'], 2],
    [['--model', 'nowhere.yaml'], 1],
  ])('refuses %j', async (more, expected) => {
    const { code } = await koffer([...SINGLE, ...more, '--json']);
    expect(code).toBe(expected);
  });
});
