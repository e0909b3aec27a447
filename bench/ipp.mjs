// IPP: a recorded answer of 12,138 bytes decoded and encoded, and a round trip and a whole job over the loopback.
import { existsSync, readFileSync } from 'node:fs';
import { httpBus } from '@buergerkoffer/core/node';
import { addressOf, IppClient, ippDriver, ippPort } from '@buergerkoffer/print';
import { readIppMessage, writeIppMessage } from '@buergerkoffer/print/ipp';
import { serveIppPrinter } from '@buergerkoffer/print/node';
import { SimulatedIppPrinter, testPages } from '@buergerkoffer/print/simulator';
import { lastValueFrom } from 'rxjs';

const RECORDED = new URL('../../shared/data/print/ipp/get-printer-attributes.res.bin', import.meta.url);

async function codec({ measure, say }) {
  if (!existsSync(RECORDED)) {
    console.log('ipp: skipped, the recorded answer is not there');
    return;
  }
  const bytes = new Uint8Array(readFileSync(RECORDED));
  const both = await measure(() => writeIppMessage(readIppMessage(bytes)), { runs: 500 });
  say(`ipp: an answer of ${bytes.length} bytes, decoded and encoded`, both, 500);
}

async function loopback({ measure, say }) {
  const printer = new SimulatedIppPrinter({ paceMs: 0 });
  const served = await serveIppPrinter(printer);
  const port = ippPort(served.uri);
  const http = await httpBus().open(port, {});
  const client = new IppClient(http, addressOf(port));
  const asked = await measure(() => client.ask({ operation: 'Get-Printer-Attributes' }));
  say('ipp: Get-Printer-Attributes over the loopback, both ends in this process', asked);
  const { signal } = new AbortController();
  const device = await ippDriver({ pollMs: 10 }).open(http, { port, signal });
  const document = { bytes: testPages(2), mediaType: 'application/pdf' };
  const printed = await measure(() =>
    lastValueFrom(device.print(document, { jobUuid: crypto.randomUUID() })),
  );
  say('ipp: two pages looked up, sent, printed and followed to the end', printed);
  await device.close();
  await served.unplug();
  printer.restart();
}

export async function run(tools) {
  await codec(tools);
  await loopback(tools);
}
