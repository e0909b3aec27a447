import type { HttpTransport } from '@buergerkoffer/core';
import { IppClient, type IppAddress } from '../client/ipp-client.js';
import { CAPABILITY_ATTRIBUTES, traitsOf } from '../client/printer-answer.js';
import { groupOf, stringAttribute } from '../ipp/index.js';
import { memoryJournal } from '../jobs/job-journal.js';
import type { IppPrinterOptions } from './ipp-printer-options.js';
import { IppPrinter } from './ipp-printer.js';
import { preparationFor } from './preparation.js';

/** Jobs of this process, where no journal is given: they are remembered when a printer is opened again. */
const ourJobs = memoryJournal();

/** The printer behind `http`: it is asked what it can do. Takes over `http`, and closes it with the printer. */
export async function openIppPrinter(
  http: HttpTransport,
  address: IppAddress,
  options: IppPrinterOptions,
  signal: AbortSignal,
): Promise<IppPrinter> {
  const { journal = ourJobs, renderer, pollMs = 1_000, toleranceMs = 15_000, watchMs = 15_000 } = options;
  const client = new IppClient(http, address);
  const answer = await client.ask(
    {
      operation: 'Get-Printer-Attributes',
      operationAttributes: [stringAttribute('keyword', 'requested-attributes', ...CAPABILITY_ATTRIBUTES)],
    },
    { signal },
  );
  const traits = traitsOf(groupOf(answer, 'printer'), address.printerUri);
  const preparation = preparationFor(traits, renderer);
  return new IppPrinter({ http, client, traits, preparation, journal, pollMs, toleranceMs, watchMs });
}
