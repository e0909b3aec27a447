import { withDeadline } from '@buergerkoffer/core';
import {
  deviceContract,
  expectFailure,
  expectThat,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import type { DocumentScanner, ScannedPage, ScanSettings } from '../document-scanner.js';
import { faultCases } from './fault-cases.js';
import { itemsOf, pagesOf, plainSettings, SHORT_MS } from './scans.js';
import { streamOf } from './stream-of.js';

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
  ...faultCases,
];

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
