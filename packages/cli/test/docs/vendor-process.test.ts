import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { filter, firstValueFrom, lastValueFrom, takeWhile, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { childBus } from '@buergerkoffer/core/node';
import { runContract } from '@buergerkoffer/core/testing';
import { FINGERPRINT_SCANNER } from '@buergerkoffer/fingerprint';
import { fingerprintScannerContract } from '@buergerkoffer/fingerprint/testing';
import { captureFinger, faults, suitcase } from '../../../../docs/guide/code/vendor-process/app.js';
import { usbBeside } from '../../../../docs/guide/code/vendor-process/usb-beside.js';

const GUIDE = new URL('../../../../docs/guide/', import.meta.url);
const built = existsSync(new URL('../../../core/dist/node/index.js', import.meta.url));

describe('the guide to vendor processes', () => {
  it('quotes only code of the program that runs here', () => {
    const page = readFileSync(new URL('vendor-process.md', GUIDE), 'utf8');
    const folder = new URL('code/vendor-process/', GUIDE);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const blocks = [...page.matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map(([, code = '']) => code.trim());
    expect(blocks).toHaveLength(8);
    for (const block of blocks) expect(sources.some((source) => source.includes(block))).toBe(true);
  });
});

// The process runs from dist: `npm run build` first, as `npm test` does.
describe.skipIf(!built)('the scanner of the guide, in a process of its own', () => {
  it('captures a finger like one in this process', async () => {
    const seen: string[] = [];
    await captureFinger(suitcase(), (event) => {
      seen.push(event.type === 'captured' ? `${event.image.width} × ${event.image.height}` : event.type);
    });
    expect(seen).toEqual(['waiting', '256 × 360']);
  });

  it.each([
    ['crashes', 'process.exited: the process of acme failed: it was ended by SIGABRT'],
    ['hangs', 'process.silent: the process of acme failed: it said nothing for 3000 ms'],
  ])(
    'is lost when the library %s, says so, and is there again',
    async (fault, said) => {
      const manager = suitcase({ ACME_FAULT: fault });
      const told: string[] = [];
      const listen = faults(manager, (line) => told.push(line));
      const lists: number[] = [];
      const watching = manager.of(FINGERPRINT_SCANNER).subscribe((list) => lists.push(list.length));
      await expect(captureFinger(manager, () => undefined)).rejects.toMatchObject({ code: 'lost' });
      await firstValueFrom(manager.of(FINGERPRINT_SCANNER).pipe(filter(({ length }) => length > 0)));
      expect(told.some((line) => line.startsWith(said))).toBe(true);
      watching.unsubscribe();
      listen();
    },
    30_000,
  );

  it('keeps the promises of every fingerprint scanner', { timeout: 60_000 }, async () => {
    const results = await runContract(fingerprintScannerContract, () => {
      const manager = suitcase();
      return {
        open: async (signal) => {
          const listed = manager.of(FINGERPRINT_SCANNER).pipe(filter(({ length }) => length > 0));
          const [scanner] = await firstValueFrom(listed);
          if (scanner === undefined) throw new Error('no scanner');
          return (await manager.open(scanner, { owner: 'contract', reason: 'test' }, signal)).device;
        },
      };
    });
    expect(results.filter(({ outcome }) => outcome === 'broken')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'kept').length).toBeGreaterThan(5);
  });

  it('stands beside a USB bus in a process of its own, which lists what this computer has', async () => {
    const module = new URL('code/vendor-process/usb-bus.mjs', GUIDE);
    // Without the flags of the test runner: the process runs from dist.
    const usb = childBus('usb', { module, execArgv: [] });
    const codes: string[] = [];
    const said = usb.events.pipe(
      tap((event) => {
        if (event.type === 'diagnostics') codes.push(...event.diagnostics.map(({ code }) => code));
      }),
      takeWhile(({ type }) => type !== 'listed'),
    );
    await lastValueFrom(said, { defaultValue: undefined });
    expect(codes.filter((code) => code.startsWith('process.'))).toEqual([]);
    expect(usbBeside).toBeTypeOf('function');
  });
});
