import { Command } from 'commander';
import { lastValueFrom, takeUntil, timer } from 'rxjs';
import { busSource, DeviceManager, type Candidate } from '@buergerkoffer/core';
import { addressOf, PRINTER, type Printer } from '@buergerkoffer/print';
import type { Buses } from '../../buses.js';
import type { Run } from '../../command.js';
import { driversOf } from '../../drivers.js';
import { UsageError } from '../../exit-code.js';
import { numberOf } from '../../numbers.js';
import type { Output } from '../../output.js';

const SERVICES = ['_ipps._tcp', '_ipp._tcp'];

const HELP = `
Printers on USB, and those that announce themselves on the local network (DNS-SD). A printer that does not announce itself
is reached by its address all the same.

Examples:
  $ koffer printer list
  $ koffer printer list --wait 10 --json`;

/** `koffer printer list`: the printers that are attached or announce themselves. */
export function listCommand(run: Run, buses: (services?: readonly string[]) => Buses): Command {
  return new Command('list')
    .description('List the printers on USB and those that announce themselves on the network')
    .option('--wait <seconds>', 'how long to listen', numberOf, 3)
    .addHelpText('after', HELP)
    .action(
      run(async (output, { wait }: { readonly wait: number }) => {
        if (!(wait > 0 && wait <= 600))
          throw new UsageError('--wait is more than 0 and at most 600', 'see koffer printer list --help');
        const { usb, http } = buses(SERVICES);
        const manager = new DeviceManager([
          busSource(usb, driversOf('usb')),
          busSource(http, driversOf('http')),
        ]);
        const heard = manager.of(PRINTER).pipe(takeUntil(timer(wait * 1_000)));
        const printers = await lastValueFrom(heard, { defaultValue: [] as readonly Candidate<Printer>[] });
        for (const printer of printers) tellPrinter(output, printer);
        if (printers.length === 0) {
          output.note(
            'no printer announces itself or is on USB; `koffer printer status ipp://HOST/ipp/print` asks one',
          );
        }
      }),
    );
}

function tellPrinter(output: Output, { info, ports, availability }: Candidate<Printer>): void {
  for (const port of ports) {
    const where = port.bus === 'http' ? { uri: addressOf(port).printerUri } : {};
    const name = where.uri ?? port.path;
    const record = { type: 'printer', port: port.id, path: port.path, ...where, model: info.model };
    output.answer({ ...record, availability: availability.state }, [
      `${name}  ${info.model} [${availability.state}]`,
    ]);
  }
}
