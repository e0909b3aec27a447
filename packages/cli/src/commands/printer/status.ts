import { Command } from 'commander';
import type { Printer, PrinterStatus, Supply } from '@buergerkoffer/print';
import type { Buses } from '../../buses.js';
import type { Run } from '../../command.js';
import { withGermanRemedy } from '../../german-remedy.js';
import { interrupted } from '../../interrupted.js';
import type { Output } from '../../output.js';
import { openPrinter } from '../../printer/one-printer.js';
import { tellPassedOver } from '../../printer/passed-over.js';
import { withTrust, type TrustOptions } from '../../printer/printer-options.js';

const HELP = `
The printer is asked for its state, what stops it, what lies in its trays, its supplies and what it can do. A printer that is
stopped or takes no jobs is told, and the command ends with code 3.

Examples:
  $ koffer printer status ipp://192.168.1.2/ipp/print
  $ koffer printer status ipps://printer.local/ipp/print --pin 5f2a… --json`;

const A4 = 'iso_a4_210x297mm';

/** `koffer printer status`: how a printer is, and what it can do. */
export function statusCommand(run: Run, buses: () => Buses): Command {
  return withTrust(
    new Command('status')
      .description('The state of a printer, and what it can do')
      .argument('<printer>', 'ipp:// or ipps:// address, or a port of `koffer printer list`'),
  )
    .addHelpText('after', HELP)
    .action(
      run((output, which: string, trust: TrustOptions) =>
        withGermanRemedy(async () => {
          const lease = await openPrinter(buses, which, trust, interrupted(output.stop));
          tellPassedOver(output, lease);
          try {
            tellStatus(output, which, lease.device, await lease.device.status());
          } finally {
            await lease.release();
          }
        }),
      ),
    );
}

function tellStatus(
  output: Output,
  which: string,
  { info, capabilities }: Printer,
  status: PrinterStatus,
): void {
  const { state, acceptingJobs, reasons, mediaReady, supplies } = status;
  const told = reasons.map(({ stem, severity }) => `${stem} (${severity})`);
  const list = (values: readonly string[]): string => (values.length === 0 ? 'not told' : values.join(', '));
  output.answer({ type: 'printer-status', printer: which, ...info, ...status, capabilities }, [
    `${info.model}${info.firmware === undefined ? '' : ` (firmware ${info.firmware})`}`,
    `state:       ${state}${acceptingJobs ? '' : ', takes no jobs'}${told.length === 0 ? '' : `: ${told.join(', ')}`}`,
    `paper in:    ${list(mediaReady)}`,
    `supplies:    ${list(supplies.map(supplyWords))}`,
    `formats:     ${list(capabilities.documentFormats)}`,
    `sides:       ${list(capabilities.sides)}`,
    `colour:      ${capabilities.color ? 'yes' : 'no'}`,
  ]);
  if (mediaReady.length > 0 && !mediaReady.includes(A4)) output.note('no tray is said to hold A4');
  if (state !== 'stopped' && acceptingJobs) return;
  output.note('  → look at the display of the printer, or release its queue in the print server');
  output.judgeFailed();
}

function supplyWords({ type, color, levelPercent }: Supply): string {
  const level = levelPercent === 'unknown' ? 'unknown' : `${levelPercent} %`;
  return `${color === undefined ? '' : `${color} `}${type} ${level}`;
}
