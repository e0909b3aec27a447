import { Command } from 'commander';
import type { Buses } from '../../buses.js';
import type { Run } from '../../command.js';
import { withGermanRemedy } from '../../german-remedy.js';
import { interrupted } from '../../interrupted.js';
import { openPrinter } from '../../printer/one-printer.js';
import { withTrust, type TrustOptions } from '../../printer/printer-options.js';

const HELP = `
At the end of a case: jobs of this SDK that have not ended are cancelled, so that none is printed when the printer comes back
at the next address. A queue of CUPS also deletes those that have ended, with their documents; what another printer keeps of
them is told as left. Jobs of others are not touched.

Example:
  $ koffer printer clear ipp://192.168.1.2/ipp/print`;

/** `koffer printer clear`: removes what this SDK left in a printer. */
export function clearCommand(run: Run, buses: () => Buses): Command {
  return withTrust(
    new Command('clear')
      .description('Cancel the jobs of this SDK in a printer, and delete what it keeps of them')
      .argument('<printer>', 'ipp:// or ipps:// address, or a port of `koffer printer list`'),
  )
    .addHelpText('after', HELP)
    .action(
      run((output, which: string, trust: TrustOptions) =>
        withGermanRemedy(async () => {
          const stop = interrupted(output.stop);
          const lease = await openPrinter(buses, which, trust, stop);
          try {
            const cleared = await lease.device.clearJobs(stop);
            const { canceled, deleted, left } = cleared;
            output.answer({ type: 'cleared', printer: which, ...cleared }, [
              `${canceled} cancelled, ${deleted} deleted, ${left} that have ended are left to the printer`,
            ]);
          } finally {
            await lease.release();
          }
        }),
      ),
    );
}
