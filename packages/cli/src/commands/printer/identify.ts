import { Command } from 'commander';
import { httpBus } from '@buergerkoffer/core/node';
import { addressOf, IppClient, ippPort } from '@buergerkoffer/print';
import type { Run } from '../../command.js';
import { withGermanRemedy } from '../../german-remedy.js';
import { tlsOf, withTrust, type TrustOptions } from '../../printer/printer-options.js';

const HELP = `
Example:
  $ koffer printer identify ipp://192.168.1.2/ipp/print`;

/** `koffer printer identify`: makes a printer show which one it is. */
export function identifyCommand(run: Run): Command {
  return withTrust(
    new Command('identify')
      .description('Make a printer flash, beep or show something, to tell it from others')
      .argument('<uri>', 'ipp:// or ipps:// address'),
  )
    .addHelpText('after', HELP)
    .action(
      run((output, uri: string, trust: TrustOptions) =>
        withGermanRemedy(async () => {
          const port = ippPort(uri);
          const tls = await tlsOf(trust);
          const http = await httpBus().open(port, tls === undefined ? {} : { tls });
          try {
            await new IppClient(http, addressOf(port)).ask({ operation: 'Identify-Printer' });
            output.answer({ type: 'identified', printer: uri }, ['the printer shows itself']);
          } finally {
            await http.close();
          }
        }),
      ),
    );
}
