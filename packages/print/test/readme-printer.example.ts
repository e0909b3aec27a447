import { busSource, DeviceManager } from '@buergerkoffer/core';
import { httpBus } from '@buergerkoffer/core/node';
import { germanAttention, ippDriver, ippPort, PRINTER, type PrintEvent } from '@buergerkoffer/print';
import { folderJournal } from '@buergerkoffer/print/node';
import { firstValueFrom, lastValueFrom, tap } from 'rxjs';

/** Prints on the printer at `uri`, once, however often it is called with the same `jobUuid`; `folder` remembers jobs. */
export async function printOnce(
  uri: string,
  pdf: Uint8Array,
  jobUuid: string,
  folder: string,
): Promise<PrintEvent> {
  const journal = folderJournal(folder); // no job twice, also after a crash
  const bus = httpBus({ ports: [ippPort(uri)] }); // ipps://printer.local/ipp/print
  const manager = new DeviceManager([busSource(bus, [ippDriver({ journal })])]);
  const [candidate] = await firstValueFrom(manager.of(PRINTER));
  if (candidate === undefined) throw new Error('no printer');
  const lease = await manager.open(candidate, { owner: 'Bürgeramt', reason: 'Antrag drucken' });
  const document = { bytes: pdf, mediaType: 'application/pdf' };
  const events = lease.device.print(document, { jobUuid, sides: 'one-sided' }).pipe(
    tap((event) => {
      if (event.type === 'attention') console.log(germanAttention(event.reason).message);
    }),
  );
  return lastValueFrom(events).finally(() => lease.release());
}
