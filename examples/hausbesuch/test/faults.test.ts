import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { FAULTS, runDemo, type FaultName, type Progress } from '../src/index.js';
import { emptyFolder } from './support/folders.js';
import { smallPictures } from './support/pictures.js';

/** What the clerk reads when the fault comes. */
const SAYS: Readonly<Record<FaultName, RegExp>> = {
  'finger-retry': /Finger.* noch einmal/,
  'finger-lost': /^Fingerabdruckscanner: .*abgerissen/,
  'finger-silent': /^Fingerabdruckscanner: .*nicht rechtzeitig/,
  'camera-stall': /^Kamera: .*unverständlich/,
  'camera-lost': /^Kamera: .*abgerissen/,
  'scanner-stall': /^Dokumentenscanner: .*unverständlich/,
  'signature-retry': /noch einmal unterschreiben/,
  'signature-lost': /^Unterschriftenpad: .*abgerissen/,
  'printer-paper-out': /Papier ausgegangen/,
  'printer-jam': /staut sich Papier/,
  'printer-lost': /^Drucker: .*abgerissen/,
  'modem-lost': /^Mobilfunkmodem: .*abgerissen/,
  'network-slow': /lässt sich Zeit/,
  'network-refuse': /nimmt zurzeit nichts an/,
  'network-garbage': /unverständlich geantwortet/,
  'answer-twice': /Vorgeführte Störung: das Fachverfahren antwortet doppelt/,
  'drop-after-accept': /nicht erreichbar/,
  reject: /Rückweisung 0010: \S+ /,
};

describe('a fault of the demo', () => {
  const faults = Object.keys(FAULTS).flatMap((name) => (name in SAYS ? [name as FaultName] : []));

  it('is known by an attention line, every one', ({ expect }) => {
    expect(Object.keys(FAULTS).sort()).toEqual(Object.keys(SAYS).sort());
  });

  it.concurrent.for(faults)(
    '%s is told and survived',
    { timeout: 90_000 },
    async (fault, { expect, onTestFinished }) => {
      const folder = await emptyFolder(onTestFinished);
      const out = join(folder, 'out');
      const attentions: string[] = [];
      const result = await runDemo(
        { fault, out, state: join(folder, 'state'), ...(await smallPictures(folder)) },
        (progress: Progress) => {
          if (progress.type === 'attention') attentions.push(progress.text);
        },
      );

      expect(result.outcome).toBe(fault === 'reject' ? 'rejected' : 'delivered');
      expect(attentions).toContainEqual(expect.stringMatching(SAYS[fault]));
      await access(join(out, 'index.html'));
    },
  );
});
