import { withDeadline } from '@buergerkoffer/core';
import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  PATIENCE_MS,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import type { DocumentScanner, ScanItem, ScannedPage, ScanSettings } from '../document-scanner.js';
import { streamOf } from './stream-of.js';

/** A patience that runs out while a test waits, in milliseconds. */
const SHORT_MS = 200;
/** Real scanners round the size of a page; this much of it may be missing. */
const SIZE_TOLERANCE = 0.03;

/**
 * What every document scanner promises, beyond what every device does. A real scanner needs at least two sheets in its
 * feeder, or one on its glass.
 */
export const documentScannerContract: readonly ContractCase<DocumentScanner>[] = [
  ...deviceContract<DocumentScanner>('scan', (scanner) => streamOf(scanner.scan(plainSettings(scanner)))),
  {
    name: 'a scan gives complete pages, numbered from 1, and ends',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        const settings = plainSettings(scanner);
        const pages = pagesOf(await itemsOf(scanner, settings));
        expectThat(pages.length > 0, 'no page came');
        pages.forEach((page, i) => {
          expectThat(page.number === i + 1, `page ${i + 1} says it is page ${page.number}`);
          checkContent(page, scanner.capabilities.maxWidthMm);
        });
      }),
  },
  {
    name: 'settings outside the capabilities are refused before the device is asked',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        for (const wrong of impossibleSettings(scanner))
          await expectFailure(streamOf(scanner.scan(wrong)), 'invalid-request');
        expectThat((await itemsOf(scanner, plainSettings(scanner))).length > 0, 'the next scan gave nothing');
      }),
  },
  {
    name: 'an area gives a picture of that area',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        const area = { xMm: 0, yMm: 0, widthMm: 60, heightMm: 40 };
        const [page] = pagesOf(await itemsOf(scanner, { ...plainSettings(scanner), area }));
        expectThat(page !== undefined, 'no page came');
        checkContent(page, area.widthMm);
      }),
  },
  {
    name: 'leaving the loop cancels, and the next scan begins at page 1',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        for await (const item of scanner.scan(plainSettings(scanner))) {
          if (item.type === 'page') break;
        }
        const [page] = pagesOf(await itemsOf(scanner, plainSettings(scanner)));
        expectThat(page?.number === 1, 'the next scan does not begin at page 1');
      }),
  },
  {
    name: 'leaving while a page is awaited cancels at once',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        const scan = scanner.scan(plainSettings(scanner))[Symbol.asyncIterator]();
        const pending = scan.next();
        await withDeadline('return()', SHORT_MS, () => Promise.resolve(scan.return?.()));
        const result = await withDeadline('the pending pull', SHORT_MS, () => pending);
        expectThat(result.done === true, 'an item came after return()');
        expectThat((await itemsOf(scanner, plainSettings(scanner))).length > 0, 'the next scan gave nothing');
      }),
  },
  {
    name: 'an aborted scan rejects with the reason of its signal',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        const abort = new AbortController();
        const reason = new Error('the clerk pressed cancel');
        const pending = scanner.scan(plainSettings(scanner), abort.signal)[Symbol.asyncIterator]().next();
        abort.abort(reason);
        const error: unknown = await pending.then(
          () => undefined,
          (failure: unknown) => failure,
        );
        expectThat(error === reason, 'the scan did not reject with signal.reason');
        expectThat((await itemsOf(scanner, plainSettings(scanner))).length > 0, 'the next scan gave nothing');
      }),
  },
  {
    name: 'the status can be asked for, also while a scan runs',
    run: (subject) =>
      withDevice(subject, async (scanner) => {
        const before = await scanner.status();
        expectThat(before.state === 'idle', `an idle scanner says ${before.state}`);
        const hasFeeder = scanner.capabilities.sources.includes('adf');
        expectThat(
          (before.adf !== undefined) === hasFeeder,
          'status and capabilities disagree about the feeder',
        );
        for await (const item of scanner.scan(plainSettings(scanner))) {
          if (item.type !== 'page') continue;
          const during = await scanner.status();
          expectThat(during.state === 'processing', `a scanning scanner says ${during.state}`);
          break;
        }
      }),
  },
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

/** The least that this scanner can do, so that the suite is quick: lowest resolution, grey where there is grey. */
function plainSettings({ capabilities }: DocumentScanner): ScanSettings {
  const { sources, resolutionsPpi, colorModes } = capabilities;
  const grey = colorModes.find((mode) => mode === 'Grayscale8');
  const [colorMode] = grey === undefined ? colorModes : [grey];
  const [resolutionPpi] = resolutionsPpi;
  expectThat(sources.length > 0, 'the scanner names no source');
  expectThat(
    resolutionPpi !== undefined && colorMode !== undefined,
    'the scanner names no resolution or colour mode',
  );
  return {
    source: sources.includes('adf') ? 'adf' : 'platen',
    resolutionPpi,
    colorMode,
    patienceMs: PATIENCE_MS,
  };
}

function impossibleSettings(scanner: DocumentScanner): readonly ScanSettings[] {
  const good = plainSettings(scanner);
  const { maxWidthMm, maxHeightMm, sources, duplex, colorModes } = scanner.capabilities;
  const [missing] = (['platen', 'adf'] as const).filter((source) => !sources.includes(source));
  const [noMode] = (['RGB48', 'Grayscale16', 'RGB24'] as const).filter((mode) => !colorModes.includes(mode));
  return [
    { ...good, resolutionPpi: 1 },
    { ...good, patienceMs: 0 },
    { ...good, area: { xMm: 0, yMm: 0, widthMm: maxWidthMm + 1, heightMm: 10 } },
    { ...good, area: { xMm: -1, yMm: 0, widthMm: 10, heightMm: 10 } },
    { ...good, area: { xMm: 0, yMm: maxHeightMm, widthMm: 10, heightMm: 10 } },
    { ...good, area: { xMm: 0, yMm: 0, widthMm: Number.NaN, heightMm: 10 } },
    ...(missing === undefined ? [] : [{ ...good, source: missing }]),
    ...(noMode === undefined ? [] : [{ ...good, colorMode: noMode }]),
    ...(duplex ? [] : [{ ...good, duplex: true }]),
    ...(duplex && sources.includes('platen') ? [{ ...good, source: 'platen', duplex: true } as const] : []),
  ];
}

function checkContent({ content, number, resolutionPpi }: ScannedPage, widthMm: number): void {
  if (content.form === 'file') {
    expectThat(content.bytes.length > 0, `page ${number} is an empty file`);
    return;
  }
  const { width, height, data, channels = 1 } = content.image;
  expectThat(data.length === width * height * channels, `page ${number} is not complete`);
  const expected = (widthMm / 25.4) * resolutionPpi;
  expectThat(
    Math.abs(width - expected) <= expected * SIZE_TOLERANCE + 1,
    `page ${number} is ${width} pixels wide, ${Math.round(expected)} were asked for`,
  );
}

function itemsOf(scanner: DocumentScanner, settings: ScanSettings): Promise<readonly ScanItem[]> {
  return collect(streamOf(scanner.scan(settings)));
}

/** A scan whose whole run ends after `PATIENCE_MS`, so that a device that never goes on fails the case. */
function limited(scanner: DocumentScanner, settings: ScanSettings): AsyncIterable<ScanItem> {
  return scanner.scan(settings, AbortSignal.timeout(PATIENCE_MS));
}

function pagesOf(items: readonly ScanItem[]): readonly ScannedPage[] {
  return items.flatMap((item) => (item.type === 'page' ? [item.page] : []));
}
