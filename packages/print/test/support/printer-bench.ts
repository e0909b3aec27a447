import { busSource, DeviceManager } from '@buergerkoffer/core';
import { httpBus, type HttpLogin } from '@buergerkoffer/core/node';
import { firstValueFrom, lastValueFrom, toArray, type Observable } from 'rxjs';
import {
  ippDriver,
  ippPort,
  memoryJournal,
  PRINTER,
  type IppDriverOptions,
  type PrintDocument,
  type PrintEvent,
  type Printer,
  type PrintOptions,
} from '@buergerkoffer/print';
import { serveIppPrinter, type ServeOptions } from '@buergerkoffer/print/node';
import {
  SimulatedIppPrinter,
  testPages,
  type SimulatedIppPrinterOptions,
} from '@buergerkoffer/print/simulator';

/** Two pages of PDF. */
export const DOCUMENT: PrintDocument = { bytes: testPages(2), mediaType: 'application/pdf' };

/** A job identity of its own. */
export const fresh = (): PrintOptions => ({ jobUuid: crypto.randomUUID() });

/** All events of a job. */
export const eventsOf = (events: Observable<PrintEvent>): Promise<readonly PrintEvent[]> =>
  lastValueFrom(events.pipe(toArray()));

/** The error of a job. */
export const failureOf = (events: Observable<PrintEvent>): Promise<unknown> =>
  eventsOf(events).then(
    (all) => {
      throw new Error(`no error, but ${JSON.stringify(all)}`);
    },
    (error: unknown) => error,
  );

/** The kinds of events, one after another. */
export const typesOf = (events: readonly PrintEvent[]): readonly string[] => events.map(({ type }) => type);

/** The printer at `uri`, opened through the manager. */
export async function openPrinter(
  uri: string,
  { login, ...options }: IppDriverOptions & { readonly login?: HttpLogin } = {},
  signal?: AbortSignal,
): Promise<Printer> {
  const bus = httpBus({ ports: [ippPort(uri)], probeEveryMs: 0, login: () => login });
  const driver = ippDriver({ pollMs: 20, toleranceMs: 2_000, journal: memoryJournal(), ...options });
  const manager = new DeviceManager([busSource(bus, [driver])]);
  const [candidate] = await firstValueFrom(manager.of(PRINTER));
  if (candidate === undefined) throw new Error('no printer');
  return (await manager.open(candidate, { owner: 'test', reason: 'test' }, signal)).device;
}

/** A simulated printer on a socket, and what is open of it. */
export class PrinterBench implements AsyncDisposable {
  readonly printer: SimulatedIppPrinter;
  readonly uri: string;
  readonly #unplug: () => Promise<void>;
  readonly #opened: Printer[] = [];

  private constructor(printer: SimulatedIppPrinter, uri: string, unplug: () => Promise<void>) {
    this.printer = printer;
    this.uri = uri;
    this.#unplug = unplug;
  }

  static async with(
    options: SimulatedIppPrinterOptions = {},
    serve: ServeOptions = {},
  ): Promise<PrinterBench> {
    const printer = new SimulatedIppPrinter({ paceMs: 5, ...options });
    const { uri, unplug } = await serveIppPrinter(printer, serve);
    return new PrinterBench(printer, uri, unplug);
  }

  async open(options: IppDriverOptions = {}): Promise<Printer> {
    const printer = await openPrinter(this.uri, options);
    this.#opened.push(printer);
    return printer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#opened.map((printer) => printer.close()));
    await this.#unplug();
    this.printer.restart();
  }
}
