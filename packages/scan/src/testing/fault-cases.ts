import { withDeadline } from '@buergerkoffer/core';
import {
  expectFailure,
  expectThat,
  PATIENCE_MS,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import type { DocumentScanner, ScanItem, ScanSettings } from '../document-scanner.js';
import { itemsOf, pagesOf, plainSettings, SHORT_MS } from './scans.js';
import { streamOf } from './stream-of.js';

/** What a document scanner promises when something goes wrong; needs a subject whose faults can be planned. */
export const faultCases: readonly ContractCase<DocumentScanner>[] = [
  {
    name: 'a jam in the middle of a page is attention, no torn page comes, and the scan goes on once it is cleared',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        if (!scanner.capabilities.sources.includes('adf')) return;
        const settings: ScanSettings = { ...plainSettings(scanner), source: 'adf' };
        const whole = pagesOf(await itemsOf(scanner, settings));
        subject.fault?.('scan', { type: 'jam' });
        const items: ScanItem[] = [];
        for await (const item of limited(scanner, settings)) {
          items.push(item);
          if (item.type === 'attention') {
            expectThat(item.reason === 'jam', `a jam is reported as ${item.reason}`);
            expectThat((await scanner.status()).state === 'stopped', 'a jammed scanner does not say stopped');
            subject.clear?.();
          }
        }
        expectThat(
          items.filter(({ type }) => type === 'attention').length === 1,
          'the jam was not reported once',
        );
        const numbers = pagesOf(items).map(({ number }) => number);
        expectThat(
          numbers.join() === whole.map(({ number }) => number).join(),
          `after the jam pages ${numbers.join()} came`,
        );
      }),
  },
  {
    name: 'an empty feeder is attention before the first page, and the scan goes on once paper lies in it',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        if (!scanner.capabilities.sources.includes('adf')) return;
        subject.fault?.('scan', { type: 'paper-out' });
        const items: ScanItem[] = [];
        for await (const item of limited(scanner, { ...plainSettings(scanner), source: 'adf' })) {
          items.push(item);
          if (item.type === 'attention') subject.clear?.();
        }
        const [first] = items;
        expectThat(
          first?.type === 'attention' && first.reason === 'empty',
          'the empty feeder was not reported first',
        );
        expectThat(pagesOf(items).length > 0, 'no page came after paper was put in');
      }),
  },
  {
    name: 'a scan that waits for a hand in vain is a timeout, and the next scan works',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        if (!scanner.capabilities.sources.includes('adf')) return;
        const settings: ScanSettings = { ...plainSettings(scanner), source: 'adf' };
        subject.fault?.('scan', { type: 'paper-out' });
        await expectFailure(streamOf(scanner.scan({ ...settings, patienceMs: SHORT_MS })), 'timeout');
        expectThat(pagesOf(await itemsOf(scanner, settings)).length > 0, 'the next scan gave nothing');
      }),
  },
  {
    name: 'a silent scanner is a timeout after the patience asked for',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        subject.fault?.('scan', { type: 'time-out' });
        const settings: ScanSettings = { ...plainSettings(scanner), patienceMs: SHORT_MS };
        await withDeadline('the timeout', SHORT_MS * 10, () =>
          expectFailure(streamOf(scanner.scan(settings)), 'timeout'),
        );
      }),
  },
  {
    name: 'a page that breaks off is a protocol error, and the next scan works',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        subject.fault?.('scan', { type: 'stall' });
        await expectFailure(streamOf(scanner.scan(plainSettings(scanner))), 'protocol');
        expectThat(
          pagesOf(await itemsOf(scanner, plainSettings(scanner))).length > 0,
          'the next scan gave nothing',
        );
      }),
  },
  {
    name: 'a scanner that vanishes between pages is lost, after the pages that were complete',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        subject.fault?.('scan', { type: 'vanish' });
        const scan = scanner.scan(plainSettings(scanner))[Symbol.asyncIterator]();
        const first = await scan.next();
        expectThat(first.done !== true && first.value.type === 'page', 'the complete page did not come');
        await expectFailure(streamOf({ [Symbol.asyncIterator]: () => scan }), 'lost');
        const end = await scanner.ended;
        expectThat(end.reason === 'lost', `ended says ${end.reason} after the scanner vanished`);
      }),
  },
];

/** A scan whose whole run ends after `PATIENCE_MS`, so that a device that never goes on fails the case. */
function limited(scanner: DocumentScanner, settings: ScanSettings): AsyncIterable<ScanItem> {
  return scanner.scan(settings, AbortSignal.timeout(PATIENCE_MS));
}
